package io.gmq.journal.chronicle;

import io.gmq.journal.JournalException;
import io.gmq.journal.disk.Disk;
import io.gmq.journal.disk.DiskFile;
import io.gmq.journal.snapshot.SnapshotCheck;
import io.gmq.journal.snapshot.SnapshotInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Copies what is whole of a damaged data folder into a new one that a broker can start with: a base (the beginning or a whole
 * snapshot), the unbroken row of records after it, and the whole snapshots among them. Of all bases the one is taken that leads
 * furthest, and of several the oldest. The original is only read. Used once, by one thread.
 */
public final class JournalRepair {
    private static final int COPY_LENGTH = 1 << 20;

    private final Disk disk;
    private final Path data;
    private final Path target;
    private final BiConsumer<Long, Long> progress;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(COPY_LENGTH);
    private final List<SegmentPiece> pieces = new ArrayList<>();
    private final List<SnapshotInfo> snapshots = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private long copiedBytes;
    private long bytesTotal;

    /** @param progress hears how many bytes of how many have been copied. */
    JournalRepair(final Disk disk, final Path data, final Path target, final BiConsumer<Long, Long> progress) {
        this.disk = disk;
        this.data = data;
        this.target = target;
        this.progress = progress;
    }

    /**
     * Something that was not copied.
     *
     * @param file   that holds it.
     * @param offset in bytes, where it begins.
     * @param bytes  of it.
     * @param first  sequence of the records that it holds, or should; 0 where it holds none.
     * @param last   likewise.
     * @param why    for people.
     */
    public record LeftOut(Path file, long offset, long bytes, long first, long last, String why) {
    }

    /**
     * What was copied.
     *
     * @param base      sequence of the state from which the records lead on; 0 for the beginning.
     * @param last      sequence of the last record.
     * @param segments  copied.
     * @param snapshots copied.
     * @param bytes     copied.
     */
    public record Result(long base, long last, int segments, int snapshots, long bytes, List<LeftOut> leftOut) {
    }

    Result run() {
        checkTarget();
        final boolean isInUse = FolderUse.isHeld(data);
        final List<Segment> segments = Segment.all(disk, data.resolve("journal"));
        for (final Segment segment : segments) {
            pieces.addAll(SegmentPiece.of(disk, segment, isInUse && segment.equals(segments.get(segments.size() - 1))));
        }
        readSnapshots();
        final long base = furthestBase();
        final long last = reach(base);
        final List<SegmentPiece> chosen = pieces.stream().filter(piece -> piece.holds(base + 1, last)).toList();
        final List<SnapshotInfo> kept = snapshots.stream().filter(info -> info.sequence() >= base && info.sequence() <= last).toList();
        bytesTotal = chosen.stream().mapToLong(piece -> piece.to() - piece.from()).sum() + kept.stream().mapToLong(SnapshotInfo::bytes).sum();
        nameWhatIsLeftOut(base, chosen, kept);
        try {
            copy(chosen, kept);
        } catch (final IOException e) {
            throw JournalException.of("cannot copy to " + target + " (what is there by now is not complete, remove it)", e);
        }
        return new Result(base, last, (int) chosen.stream().map(SegmentPiece::file).distinct().count(), kept.size(), copiedBytes,
            List.copyOf(leftOut));
    }

    private void checkTarget() {
        if (target.toAbsolutePath().normalize().startsWith(data.toAbsolutePath().normalize())) {
            throw new JournalException(target + " lies in the data folder itself: choose one beside it");
        }
        try {
            if (Files.exists(target) && (!Files.isDirectory(target) || !disk.list(target).isEmpty())) {
                throw new JournalException(target + " exists and is not an empty folder: choose a new one");
            }
        } catch (final IOException e) {
            throw JournalException.of("cannot list " + target, e);
        }
    }

    private void readSnapshots() {
        final JournalFiles files = JournalFiles.of(data);
        try {
            for (final Path file : files.snapshots().list()) {
                final SnapshotCheck check = files.snapshots().check(file, bytes -> { });
                check.info().ifPresent(snapshots::add);
                check.fault().ifPresent(fault ->
                    leftOut.add(new LeftOut(file, fault.offset(), file.toFile().length(), 0, 0, "the snapshot is damaged: " + fault.what())));
            }
        } catch (final IOException e) {
            throw JournalException.of("cannot list the snapshots in " + data, e);
        }
    }

    private long furthestBase() {
        final List<Long> bases = new ArrayList<>();
        if (pieces.isEmpty() || pieces.get(0).firstSequence() == JournalFiles.FIRST_SEQUENCE) {
            bases.add(0L);
        }
        snapshots.forEach(info -> bases.add(info.sequence()));
        if (bases.isEmpty()) {
            throw new JournalException("nothing in " + data + " can be started from: the segments begin with sequence "
                + pieces.get(0).firstSequence() + ", and there is no whole snapshot; look at the records with 'gmq journal dump'");
        }
        long best = bases.get(0);
        for (final long base : bases) {
            best = reach(base) > reach(best) ? base : best;
        }
        return best;
    }

    /** The last record of the unbroken row after a sequence. */
    private long reach(final long base) {
        long last = base;
        for (final SegmentPiece piece : pieces) {
            if (!piece.isEmpty() && piece.firstSequence() <= last + 1 && piece.lastSequence() > last) {
                last = piece.lastSequence();
            }
        }
        return last;
    }

    private void nameWhatIsLeftOut(final long base, final List<SegmentPiece> chosen, final List<SnapshotInfo> kept) {
        for (int i = 0; i < pieces.size(); i++) {
            final SegmentPiece piece = pieces.get(i);
            if (!chosen.contains(piece) && !piece.isEmpty()) {
                leftOut.add(new LeftOut(piece.file(), piece.from(), piece.to() - piece.from(), piece.firstSequence(), piece.lastSequence(),
                    piece.lastSequence() <= base ? "it lies before the snapshot to begin from" : "records before it are missing"));
            }
            final long next = i + 1 < pieces.size() ? pieces.get(i + 1).firstSequence() : 0;
            final boolean isGap = next > piece.lastSequence() + 1;
            if (piece.gapEnd() > piece.to() || isGap) {
                leftOut.add(new LeftOut(piece.file(), piece.to(), piece.gapEnd() - piece.to(), isGap ? piece.lastSequence() + 1 : 0,
                    isGap ? next - 1 : 0, !piece.fault().isEmpty() ? piece.fault() : isGap ? "records are missing behind it"
                    : "a torn end, of which nobody was told"));
            }
        }
        for (final SnapshotInfo info : snapshots) {
            if (!kept.contains(info)) {
                leftOut.add(new LeftOut(info.file(), 0, info.bytes(), 0, 0, "records after it are missing"));
            }
        }
    }

    private void copy(final List<SegmentPiece> chosen, final List<SnapshotInfo> kept) throws IOException {
        disk.createFolder(target);
        final Path journal = target.resolve("journal");
        disk.createFolder(journal);
        for (final SegmentPiece piece : chosen) {
            final Segment segment = Segment.in(disk, journal, piece.firstSequence());
            disk.createFolder(segment.folder());
            copy(piece.file(), piece.from(), piece.to(), segment.folder().resolve(piece.file().getFileName()));
            disk.forceFolder(segment.folder());
        }
        disk.forceFolder(journal);
        if (!kept.isEmpty()) {
            final Path folder = target.resolve("snapshots");
            disk.createFolder(folder);
            for (final SnapshotInfo info : kept) {
                copy(info.file(), 0, info.bytes(), folder.resolve(info.file().getFileName()));
            }
            disk.forceFolder(folder);
        }
        disk.forceFolder(target);
    }

    private void copy(final Path from, final long begin, final long end, final Path to) throws IOException {
        try (DiskFile source = disk.read(from); DiskFile sink = disk.create(to)) {
            long position = begin;
            while (position < end) {
                buffer.clear().limit((int) Math.min(COPY_LENGTH, end - position));
                final int length = source.read(buffer, position);
                if (length <= 0) {
                    throw new IOException(from + " became shorter while it was copied");
                }
                sink.write(buffer.flip(), position - begin);
                position += length;
                copiedBytes += length;
                progress.accept(copiedBytes, bytesTotal);
            }
            sink.force();
        }
    }
}
