package io.gmq.journal.snapshot;

import io.gmq.engine.ring.Waker;
import io.gmq.journal.JournalException;
import io.gmq.journal.disk.DiskFile;
import io.gmq.journal.disk.FileStorage;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folder of snapshots.
 *
 * <pre>
 *   DATA/snapshots/00000000000000260417.snapshot      named for the last sequence that it covers
 *   DATA/snapshots/new.snapshot.tmp                   being written, or left over
 *   DATA/snapshots/….snapshot.damaged                 set aside, as evidence
 * </pre>
 *
 * <p>It remembers nothing but the memory that snapshots are written through. Reading is any thread's, also of a folder that is not
 * this process's own; of {@link #begin} see there; the rest belongs to the thread that may change the folder.
 */
public final class Snapshots {
    static final String TEMPORARY = "new.snapshot.tmp";

    private static final String TEMPORARY_SUFFIX = ".tmp";
    private static final String DAMAGED_SUFFIX = ".damaged";
    private static final Pattern NAME = Pattern.compile("([0-9]{20})\\.snapshot");
    /** No sequence is larger, and this has as many digits as a name has, with zeros before. */
    private static final String SEQUENCE_MAX = String.format(Locale.ROOT, "%020d", Long.MAX_VALUE);

    private final FileStorage files;
    private final Path folder;
    private final ChunkPool pool = new ChunkPool();

    public Snapshots(final FileStorage files, final Path folder) {
        this.files = files;
        this.folder = folder;
    }

    /** For the broker, before all else: makes the folder where there is none, and deletes what an earlier run left unfinished. */
    public void prepare() throws IOException {
        files.createFolder(folder);
        boolean deleted = false;
        for (final Path path : files.list(folder)) {
            if (path.getFileName().toString().endsWith(TEMPORARY_SUFFIX)) {
                files.delete(path);
                deleted = true;
            }
        }
        if (deleted) {
            files.forceFolder(folder);
        }
    }

    /** Every snapshot by its name, oldest first; whether they are whole is another question. */
    public List<Path> list() throws IOException {
        try {
            return files.list(folder).stream().filter(path -> sequence(path) >= 0).toList();
        } catch (final NoSuchFileException noneYet) {
            return List.of();
        }
    }

    /** The sequence that the file is named for; -1 where that is no name of a snapshot. */
    public static long sequence(final Path file) {
        final Matcher matcher = NAME.matcher(file.getFileName().toString());
        return matcher.matches() && matcher.group(1).compareTo(SEQUENCE_MAX) <= 0 ? Long.parseLong(matcher.group(1)) : -1;
    }

    /**
     * Finds the one from which recovery begins, reading each from the newest on until one is whole.
     *
     * @param progress hears how many bytes of the present file have been read.
     * @throws JournalException if one is of another release: to pass it over could lose what it covers.
     */
    public NewestSnapshot newest(final LongConsumer progress) throws IOException {
        final List<SnapshotFault> damaged = new ArrayList<>();
        final List<Path> files = list();
        for (int i = files.size() - 1; i >= 0; i--) {
            final SnapshotCheck check = check(files.get(i), progress);
            if (check.isWhole()) {
                return new NewestSnapshot(check.info(), List.copyOf(damaged));
            }
            final SnapshotFault fault = check.fault().orElseThrow();
            if (fault.isOtherVersion()) {
                throw new JournalException("cannot use snapshot " + fault);
            }
            damaged.add(fault);
        }
        return new NewestSnapshot(Optional.empty(), List.copyOf(damaged));
    }

    /** Reads all of a snapshot, every checksum; {@code progress} hears how many bytes have been read. */
    public SnapshotCheck check(final Path file, final LongConsumer progress) {
        return named(SnapshotReader.check(files, file, progress));
    }

    /** Reads only its beginning and its end: enough to know what it covers, not whether all between them is good. */
    public SnapshotCheck glance(final Path file) {
        return named(SnapshotReader.glance(files, file));
    }

    /**
     * Hands over the entries of a snapshot that was found whole.
     *
     * @param progress hears how many bytes have been read.
     * @throws JournalException if it is not whole any more; entries may have been handed over by then.
     */
    public void read(final SnapshotInfo info, final EntryConsumer consumer, final LongConsumer progress) {
        final SnapshotCheck check = SnapshotReader.read(files, info.file(), consumer, progress);
        check.fault().ifPresent(fault -> {
            throw new JournalException("cannot read snapshot " + fault);
        });
        if (!check.info().equals(Optional.of(info))) {
            throw new JournalException("snapshot " + info.file() + " has changed while it was read");
        }
    }

    /**
     * Begins a new one. There is at most one at a time, until {@link SnapshotWriter#isOver}.
     *
     * @param createdMs now.
     * @param journal   to be synced up to what it covers before it becomes a snapshot.
     * @param keeper    wakes the thread that calls {@link SnapshotWriter#work}.
     */
    public SnapshotWriter begin(final long createdMs, final JournalSync journal, final Waker keeper) {
        return new SnapshotWriter(new SnapshotOutput(files, folder, createdMs), pool, journal, keeper);
    }

    /**
     * Makes a snapshot that was found, and its name, survive power loss: the process that made it may not have come to that, and a
     * copied folder was perhaps never synced. Needed before segments are deleted that it covers.
     */
    public void secure(final Path file) throws IOException {
        try (DiskFile open = files.open(file)) {
            open.force();
        }
        files.forceFolder(folder);
    }

    /** Takes a damaged one out of the list, and keeps it. */
    public void setAside(final Path file) throws IOException {
        files.rename(file, file.resolveSibling(file.getFileName() + DAMAGED_SUFFIX));
        files.forceFolder(folder);
    }

    /** Deletes one; when this returns, it does not come back after power loss. */
    public void delete(final Path file) throws IOException {
        files.delete(file);
        files.forceFolder(folder);
    }

    /** Where the snapshot is or would be that covers all up to this sequence. */
    public Path file(final long sequence) {
        return folder.resolve(name(sequence));
    }

    static String name(final long sequence) {
        return String.format(Locale.ROOT, "%020d.snapshot", sequence);
    }

    /** A whole one under a name that is not its own has been renamed by somebody: what it covers cannot be told from its name. */
    private static SnapshotCheck named(final SnapshotCheck check) {
        if (check.info().isPresent()) {
            final SnapshotInfo info = check.info().get();
            final long named = sequence(info.file());
            if (named >= 0 && named != info.sequence()) {
                return SnapshotCheck.of(new SnapshotFault(info.file(), info.bytes() - SnapshotFormat.END_LENGTH,
                    "it covers sequence " + info.sequence() + ", its name says otherwise", false));
            }
        }
        return check;
    }
}
