package io.gmq.journal.chronicle;

import io.gmq.journal.JournalException;
import io.gmq.journal.RecordTime;
import io.gmq.journal.RecoveryHandler;
import io.gmq.journal.RecoveryProgress;
import io.gmq.journal.RecoveryReport;
import io.gmq.journal.TornTail;
import io.gmq.journal.disk.Disk;
import io.gmq.journal.disk.DiskFile;
import io.gmq.journal.snapshot.NewestSnapshot;
import io.gmq.journal.snapshot.Past;
import io.gmq.journal.snapshot.SegmentFacts;
import io.gmq.journal.snapshot.SnapshotFacts;
import io.gmq.journal.snapshot.SnapshotFault;
import io.gmq.journal.snapshot.SnapshotInfo;
import io.gmq.journal.snapshot.Snapshots;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;

/**
 * Reads what a journal holds: the newest whole snapshot, and the records after it, segment after segment; without a snapshot, all
 * records. Used once, by the thread that opens the journal. Segments that the snapshot covers are not read.
 *
 * <p>Where reading stops, at a sequence <i>s</i>, there are these cases:
 *
 * <ul>
 *   <li>The next segment is named for <i>s</i>: so an earlier start has found that nobody had been told of anything from <i>s</i> on,
 *       and what was there before is skipped again.
 *   <li>Something good follows, in the same segment or a later one, and says that <i>s</i> was on disk when it was written
 *       ({@link io.gmq.journal.RecordFrame}): a record was lost that people rely on. The start is refused.
 *   <li>Else all that follows was written and never synced before power was lost, and the pages got to disk out of order. It is a
 *       torn tail. Later segments are set aside.
 * </ul>
 */
final class Recovery implements RecoveryHandler {
    /** What to do about a damaged journal. */
    static final String REMEDY = "restore it from a copy, or let 'gmq journal repair' copy what is whole; nothing was changed";
    /** The sequence of a journal's first record. */
    static final long FIRST_SEQUENCE = 1;
    private static final long PROGRESS_RECORDS = 100_000;
    private static final long PROGRESS_BYTES = 16 << 20;

    private final Disk disk;
    private final Path journalFolder;
    private final Snapshots snapshots;
    private final RecoveryHandler handler;
    private final RecoveryProgress progress;
    private final List<SegmentFacts> facts = new ArrayList<>();
    private final List<Path> setAside = new ArrayList<>();
    private long nextSequence = FIRST_SEQUENCE;
    /** Up to here the snapshot covers everything. */
    private long covered = FIRST_SEQUENCE - 1;
    private long lastMs;
    private int segments;
    private long records;
    private long recordBytes;
    private long filesBytes;
    private long doneBytes;
    private long progressDue = PROGRESS_RECORDS;
    private Optional<TornTail> tornTail = Optional.empty();

    private Recovery(
        final Disk disk, final Path journalFolder, final Snapshots snapshots, final RecoveryHandler handler, final RecoveryProgress progress) {
        this.disk = disk;
        this.journalFolder = journalFolder;
        this.snapshots = snapshots;
        this.handler = handler;
        this.progress = progress;
    }

    /**
     * Hands over the snapshot and the records, and clears away what follows them and holds none.
     *
     * @throws JournalException if anything is wrong that is not a torn tail.
     */
    static Found run(
        final Disk disk, final Path journalFolder, final Snapshots snapshots, final RecoveryHandler handler, final RecoveryProgress progress) {
        try {
            return new Recovery(disk, journalFolder, snapshots, handler, progress).run();
        } catch (final IOException e) {
            throw JournalException.of("cannot read " + journalFolder + " or the snapshots beside it", e);
        }
    }

    private Found run() throws IOException {
        final List<Segment> all = new ArrayList<>(Segment.all(disk, journalFolder));
        for (final Segment segment : all) {
            filesBytes += segment.file().map(this::size).orElse(0L);
        }
        snapshots.prepare();
        final NewestSnapshot newest = snapshots.newest(checking());
        if (newest.info().isPresent()) {
            read(newest.info().get());
        }
        // A folder without records must not make the segment before it look as if the snapshot covered all of it.
        all.removeIf(segment -> segment.firstSequence() <= nextSequence && clearAway(segment));
        int first = 0;
        while (first + 1 < all.size() && all.get(first + 1).firstSequence() <= nextSequence) {
            pass(all.get(first), all.get(first + 1).firstSequence() - 1);
            first++;
        }
        readFrom(all.subList(first, all.size()), newest);
        for (final SnapshotFault fault : newest.damaged()) {
            if (Snapshots.sequence(fault.file()) >= nextSequence) {
                throw new JournalException("snapshot " + fault + ", and no segment holds what it covers: " + REMEDY);
            }
        }
        if (records > 0) {
            progress.onProgress(records, filesBytes, filesBytes);
        }
        disk.forceFolder(journalFolder); // the process before may have begun a segment and not come to that
        for (final SnapshotFault fault : newest.damaged()) {
            snapshots.setAside(fault.file());
        }
        return new Found(
            new RecoveryReport(covered, newest.damaged().stream().map(SnapshotFault::toString).toList(), segments, records, recordBytes,
                nextSequence - 1, tornTail, List.copyOf(setAside)),
            new Past(facts, snapshotFacts(), records, lastMs));
    }

    private void readFrom(final List<Segment> rest, final NewestSnapshot newest) {
        if (!rest.isEmpty() && rest.get(0).firstSequence() > nextSequence) {
            throw missing(rest.get(0), newest.damaged().isEmpty() ? "journal folder " + journalFolder
                : "snapshot " + newest.damaged().get(0) + "; journal folder " + journalFolder);
        }
        for (int i = 0; i < rest.size() && setAside.isEmpty(); i++) {
            read(rest.get(i), rest.subList(i + 1, rest.size()));
        }
    }

    /** A snapshot is read twice: first to see whether it is whole. What was read before the last one looked at is not counted. */
    private LongConsumer checking() {
        final long[] due = {PROGRESS_BYTES};
        return bytes -> {
            if (bytes >= due[0]) {
                due[0] = bytes + PROGRESS_BYTES;
                progress.onProgress(0, bytes, filesBytes + 2 * bytes);
            }
        };
    }

    /** Takes in a snapshot that is whole. */
    private void read(final SnapshotInfo info) throws IOException {
        snapshots.secure(info.file());
        filesBytes += info.bytes();
        final long[] due = {0};
        snapshots.read(info, handler::onEntry, bytes -> {
            if (bytes >= due[0]) {
                due[0] = bytes + PROGRESS_BYTES;
                progress.onProgress(0, bytes, filesBytes);
            }
        });
        handler.onSnapshot(info.sequence(), info.digest());
        doneBytes += info.bytes();
        covered = info.sequence();
        nextSequence = covered + 1;
        lastMs = info.coveredMs();
    }

    /** Deletes a segment that has no file, since its deletion was interrupted; says whether it was one. */
    private static boolean clearAway(final Segment segment) {
        if (segment.file().isPresent()) {
            return false;
        }
        segment.remove();
        return true;
    }

    /** Passes over a segment that the snapshot covers. */
    private void pass(final Segment segment, final long last) {
        final long bytes = size(segment.file().orElseThrow());
        doneBytes += bytes;
        facts.add(new SegmentFacts(segment.firstSequence(), last, bytes + QueueFile.TABLE_BYTES, lastMs));
    }

    private List<SnapshotFacts> snapshotFacts() throws IOException {
        final List<SnapshotFacts> known = new ArrayList<>();
        for (final Path file : snapshots.list()) {
            snapshots.glance(file).info().map(SnapshotFacts::of).ifPresent(known::add);
        }
        return known;
    }

    @Override
    public void onEntry(final DirectBuffer buffer, final int offset, final int length) {
        throw new IllegalStateException("segments hold no entries");
    }

    @Override
    public void onSnapshot(final long sequence, final long digest) {
        throw new IllegalStateException("segments hold no snapshots");
    }

    /** A record of a segment; those that the snapshot covers are behind us. */
    @Override
    public void onRecord(final long sequence, final DirectBuffer buffer, final int offset, final int length) {
        if (sequence > covered) {
            records++;
            recordBytes += length;
            lastMs = RecordTime.of(buffer, offset, length, lastMs);
            handler.onRecord(sequence, buffer, offset, length);
        }
    }

    private void read(final Segment segment, final List<Segment> later) {
        final Optional<Path> file = segment.file();
        if (file.isEmpty()) {
            judge(segment, later);
            segment.remove();
            return;
        }
        try (SegmentFile bytes = new SegmentFile(disk, file.get())) {
            // Below the next one only where the snapshot ends in this segment.
            final SegmentReader reader = new SegmentReader(bytes, Math.min(nextSequence, segment.firstSequence()), this);
            while (reader.next()) {
                report(reader);
            }
            nextSequence = reader.nextSequence();
            judge(reader, file.get(), later);
            // Others are about to rely on it.
            bytes.force();
            take(segment, file.get(), reader);
            doneBytes += bytes.size();
        } catch (final IOException e) {
            throw JournalException.of("cannot read journal file " + file.get(), e);
        }
    }

    /** Whether what was not read may be dropped; then later segments are set aside. */
    private void judge(final SegmentReader reader, final Path file, final List<Segment> later) throws IOException {
        final String where = "journal file " + file + " at offset " + reader.position();
        // What a snapshot covers was on disk before there was that snapshot.
        if (Math.max(reader.syncedBehind(), covered) >= nextSequence) {
            throw new JournalException(where + " is damaged (" + reader.damage() + "), records from " + nextSequence + " on that were on disk"
                + " are lost: " + REMEDY);
        }
        judge(where + (reader.tornBytes() > 0 ? " is damaged (" + reader.damage() + ")" : " ends"), later);
    }

    private void judge(final Segment empty, final List<Segment> later) {
        judge("segment " + empty.folder() + " has no file", later);
    }

    private void judge(final String what, final List<Segment> later) {
        if (later.isEmpty() || later.get(0).firstSequence() == nextSequence) {
            return;
        }
        if (later.get(0).firstSequence() < nextSequence || later.stream().anyMatch(this::vouches)) {
            throw missing(later.get(0), what);
        }
        for (final Segment segment : later) {
            setAside.add(segment.setAside());
        }
    }

    /** Whether a record in the segment says that the next one was on disk. */
    private boolean vouches(final Segment segment) {
        final Optional<Path> file = segment.file();
        if (file.isEmpty()) {
            return false;
        }
        try (SegmentFile bytes = new SegmentFile(disk, file.get())) {
            return new DamageScan(bytes, 0, -1, segment.firstSequence()).synced() >= nextSequence;
        } catch (final IOException e) {
            throw JournalException.of("cannot read journal file " + file.get(), e);
        }
    }

    private void take(final Segment segment, final Path file, final SegmentReader reader) throws IOException {
        if (reader.records() > 0) {
            segments++;
            facts.add(new SegmentFacts(segment.firstSequence(), reader.nextSequence() - 1, reader.usedBytes() + SegmentSize.OVERHEAD
                + QueueFile.TABLE_BYTES, lastMs));
            // That of an earlier segment was reported by the start that dropped it.
            tornTail = torn(file, reader);
            shorten(file, reader.usedBytes());
        } else if (reader.tornBytes() > 0) {
            tornTail = torn(segment.setAside().resolve(file.getFileName()), reader);
        } else {
            // Of a start that did not get as far as a record; a torn tail before it was not reported by any later one.
            segment.remove();
        }
    }

    private void shorten(final Path file, final long usedBytes) throws IOException {
        try (DiskFile open = disk.open(file)) {
            SegmentWriter.shorten(open, usedBytes);
        }
    }

    private static Optional<TornTail> torn(final Path file, final SegmentReader reader) {
        return reader.tornBytes() > 0 ? Optional.of(new TornTail(file, reader.position(), reader.tornBytes())) : Optional.empty();
    }

    private JournalException missing(final Segment next, final String what) {
        return new JournalException(what + ", the next segment should begin with sequence " + nextSequence + " and "
            + next.folder().getFileName() + " does not, records are missing: " + REMEDY);
    }

    private void report(final SegmentReader reader) {
        if (records >= progressDue) {
            progressDue = records + PROGRESS_RECORDS;
            progress.onProgress(records, doneBytes + reader.position(), filesBytes);
        }
    }

    private long size(final Path file) {
        try (DiskFile open = disk.read(file)) {
            return open.size();
        } catch (final IOException e) {
            throw JournalException.of("cannot read journal file " + file, e);
        }
    }

    /**
     * What there is now.
     *
     * @param report for people.
     * @param past   for checkpoints.
     */
    record Found(RecoveryReport report, Past past) {
    }
}
