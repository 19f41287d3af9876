package io.gmq.journal.chronicle;

import io.gmq.engine.api.CommandHeader;
import io.gmq.journal.JournalException;
import io.gmq.journal.JournalTail;
import io.gmq.journal.RecoveryHandler;
import io.gmq.journal.RecoveryProgress;
import io.gmq.journal.disk.Disk;
import io.gmq.journal.disk.DiskFile;
import io.gmq.journal.disk.LocalDisk;
import io.gmq.journal.snapshot.Snapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.agrona.DirectBuffer;

/**
 * A data folder for somebody who looks into it: takes no lock and changes nothing. Reading a folder in which a broker is at work does
 * no harm, but its newest records may be missing, and a segment can go away while it is read.
 *
 * <p>Knows nothing but the folder's name, so it may be asked again at any time. Any thread's.
 */
public final class JournalFiles {
    /** The sequence of the first record that there ever is. */
    public static final long FIRST_SEQUENCE = Recovery.FIRST_SEQUENCE;

    private static final String PREPARED = "next";
    private static final long NO_TIME = -1;

    private final Disk disk = LocalDisk.INSTANCE;
    private final Path data;
    private final Path journal;

    private JournalFiles(final Path data, final Path journal) {
        this.data = data;
        this.journal = journal;
    }

    /** @throws JournalException if the folder holds no journal. */
    public static JournalFiles of(final Path data) {
        if (!Files.isDirectory(data)) {
            throw new JournalException("there is no folder " + data + ": name the data folder of a broker, or a copy of one");
        }
        final Path journal = data.resolve("journal");
        if (!Files.isDirectory(journal)) {
            throw new JournalException("folder " + data + " holds no journal (there is no " + journal
                + "): name the data folder of a broker, or a copy of one");
        }
        return new JournalFiles(data, journal);
    }

    /** The data folder. */
    public Path data() {
        return data;
    }

    /** Whether a broker seems to be at work in it; for a hint, see {@link FolderUse}. */
    public boolean isInUse() {
        return FolderUse.isHeld(data);
    }

    public Snapshots snapshots() {
        return new Snapshots(disk, data.resolve("snapshots"));
    }

    /** What is in the folder of snapshots and is none: unfinished ones, and those that were set aside. */
    public List<Path> otherSnapshots() {
        final Path folder = data.resolve("snapshots");
        try {
            return Files.isDirectory(folder) ? disk.list(folder).stream().filter(file -> Snapshots.sequence(file) < 0).toList() : List.of();
        } catch (final IOException e) {
            throw JournalException.of("cannot list the snapshots in " + data, e);
        }
    }

    /** The lowest sequence that can be there: what the oldest segment is named for. */
    public long firstSequence() {
        final List<Segment> all = Segment.all(disk, journal);
        return all.isEmpty() ? FIRST_SEQUENCE : all.get(0).firstSequence();
    }

    /**
     * Reads records.
     *
     * @param from    sequence of the first that is handed over, or the first that there is after it.
     * @param handler hears them.
     * @return what reads them, the caller's to close.
     */
    public RecordCursor records(final long from, final RecoveryHandler handler) {
        final List<Segment> all = Segment.all(disk, journal);
        int first = 0;
        while (first + 1 < all.size() && all.get(first + 1).firstSequence() <= from) {
            first++;
        }
        return cursor(all.subList(first, all.size()), isInUse(), (sequence, buffer, offset, length) -> {
            if (sequence >= from) {
                handler.onRecord(sequence, buffer, offset, length);
            }
        });
    }

    /**
     * A state to begin from, and the records after it.
     *
     * @param last sequence of the last record that is handed over, which must be there.
     */
    public JournalTail tail(final long last) {
        return new ChronicleTail(disk, data, () -> last);
    }

    /** Where to begin reading for what happened from a time on: the sequence of the segment in which that time may lie. */
    public long sequenceBefore(final long timeMs) {
        long sequence = FIRST_SEQUENCE;
        for (final Segment segment : Segment.all(disk, journal)) {
            final Times times = new Times();
            try (RecordCursor cursor = cursor(List.of(segment), false, times)) {
                cursor.next();
            }
            if (times.firstMs > timeMs) {
                return sequence;
            }
            sequence = segment.firstSequence();
        }
        return sequence;
    }

    /** Reads all of it and tells what each folder of it holds, those of records first and oldest first. */
    public List<SegmentInfo> inspect(final RecoveryProgress progress) {
        final boolean isInUse = isInUse();
        final List<Segment> all = Segment.all(disk, journal);
        final List<SegmentInfo> infos = new ArrayList<>();
        final long bytesTotal = fileBytes(all);
        long records = 0;
        long bytes = 0;
        for (final Segment segment : all) {
            final long recordsBefore = records;
            final long bytesBefore = bytes;
            final SegmentInfo info = inspect(segment, isInUse && infos.size() == all.size() - 1,
                (its, done, total) -> progress.onProgress(recordsBefore + its, bytesBefore + done, bytesTotal));
            infos.add(info);
            records += info.records();
            bytes += fileBytes(List.of(segment));
        }
        infos.addAll(others());
        return infos;
    }

    /**
     * Copies what is whole to a new folder; see {@link JournalRepair}.
     *
     * @param progress hears how many bytes of how many have been copied.
     * @throws JournalException if there is nothing to begin from, or the new folder cannot be written.
     */
    public JournalRepair.Result repair(final Path target, final BiConsumer<Long, Long> progress) {
        return new JournalRepair(disk, data, target, progress).run();
    }

    private SegmentInfo inspect(final Segment segment, final boolean isOpen, final RecoveryProgress progress) {
        final Times times = new Times();
        final List<JournalFault> faults = new ArrayList<>();
        try (RecordCursor cursor = cursor(List.of(segment), isOpen, times)) {
            cursor.readAll(progress);
            while (cursor.fault().isPresent()) {
                faults.add(cursor.fault().get());
                cursor.skipFault();
                cursor.readAll(progress);
            }
            final long torn = cursor.tornTail().map(tail -> tail.offset()).orElse(NO_TIME);
            final SegmentInfo.State state = !faults.isEmpty() ? SegmentInfo.State.DAMAGED
                : isOpen ? SegmentInfo.State.OPEN
                : torn >= 0 ? SegmentInfo.State.TORN
                : times.records == 0 ? SegmentInfo.State.EMPTY : SegmentInfo.State.WHOLE;
            final long last = times.records == 0 ? segment.firstSequence() - 1 : times.lastSequence;
            return new SegmentInfo(segment.folder(), state, segment.firstSequence(), times.records, last, times.firstMs, times.lastMs,
                bytes(segment.folder()), List.copyOf(faults), torn);
        }
    }

    /** What is no segment: the prepared one, and those that were set aside. */
    private List<SegmentInfo> others() {
        final List<Path> names;
        try {
            names = disk.list(journal);
        } catch (final IOException e) {
            throw JournalException.of("cannot list the segments in " + journal, e);
        }
        final List<SegmentInfo> infos = new ArrayList<>();
        for (final Path path : names) {
            final String name = path.getFileName().toString();
            final boolean isPrepared = name.equals(PREPARED);
            if (Files.isDirectory(path) && (isPrepared || name.contains(Segment.TORN))) {
                infos.add(new SegmentInfo(path, isPrepared ? SegmentInfo.State.PREPARED : SegmentInfo.State.SET_ASIDE, 0, 0, 0, NO_TIME,
                    NO_TIME, bytes(path), List.of(), NO_TIME));
            }
        }
        return infos;
    }

    private RecordCursor cursor(final List<Segment> segments, final boolean isInUse, final RecoveryHandler handler) {
        return new RecordCursor(disk, segments, isInUse, fileBytes(segments), handler);
    }

    private long fileBytes(final List<Segment> segments) {
        return segments.stream().mapToLong(segment -> segment.file().map(this::size).orElse(0L)).sum();
    }

    private long bytes(final Path folder) {
        try {
            return disk.list(folder).stream().mapToLong(this::size).sum();
        } catch (final IOException e) {
            throw JournalException.of("cannot list segment " + folder, e);
        }
    }

    private long size(final Path file) {
        try (DiskFile open = disk.read(file)) {
            return open.size();
        } catch (final IOException e) {
            throw JournalException.of("cannot read journal file " + file, e);
        }
    }

    /** Notes from when to when records are. */
    private static final class Times implements RecoveryHandler {
        private long records;
        private long lastSequence;
        private long firstMs = NO_TIME;
        private long lastMs = NO_TIME;

        @Override
        public void onRecord(final long sequence, final DirectBuffer buffer, final int offset, final int length) {
            records++;
            lastSequence = sequence;
            if (length >= CommandHeader.LENGTH) {
                lastMs = CommandHeader.timestampMs(buffer, offset);
                firstMs = firstMs == NO_TIME ? lastMs : firstMs;
            }
        }
    }
}
