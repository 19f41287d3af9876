package io.gmq.journal.chronicle;

import io.gmq.engine.api.Durability;
import io.gmq.engine.api.StorageState;
import io.gmq.engine.ring.Checkpoint;
import io.gmq.engine.ring.Journal;
import io.gmq.engine.ring.Waker;
import io.gmq.journal.JournalException;
import io.gmq.journal.JournalSettings;
import io.gmq.journal.JournalTail;
import io.gmq.journal.RecordBatch;
import io.gmq.journal.RecordTime;
import io.gmq.journal.RecoveryHandler;
import io.gmq.journal.RecoveryProgress;
import io.gmq.journal.RecoveryReport;
import io.gmq.journal.disk.Disk;
import io.gmq.journal.snapshot.Checkpoints;
import io.gmq.journal.snapshot.Follower;
import io.gmq.journal.snapshot.Retention;
import io.gmq.journal.snapshot.Snapshots;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;

/**
 * The journal in Chronicle Queue files on a local disk.
 *
 * <p>{@link #append}, {@link #commit} and {@link #hasRoom} belong to one thread, {@link #sync} to another, {@link #keeper} to a third;
 * {@link #close} is called when all have stopped. Records are copied; the journal owns its buffers. Whatever it throws leaves it
 * unusable.
 */
public final class ChronicleJournal implements Journal {
    private final Disk disk;
    private final SegmentSize size;
    private final DataFolder data;
    private final Path journalFolder;
    private final RecoveryReport recovery;
    private final RecordBatch batch;
    private final UnsyncedFiles unsynced;
    private final Checkpoints checkpoints;
    private final Keeper keeper;
    /** {@code null} while there was never room for one. */
    private SegmentWriter segment;
    private long nextSequence;
    private long lastMs;
    private long markSequence;
    private long markMs;

    private ChronicleJournal(
        final JournalSettings settings, final DataFolder data, final Snapshots snapshots, final Recovery.Found found,
        final Supplier<Follower> follower, final Waker keeperWaker, final Waker host) {
        this.disk = settings.disk();
        this.size = SegmentSize.of(settings);
        this.data = data;
        this.journalFolder = data.journalFolder();
        recovery = found.report();
        this.batch = new RecordBatch(settings.recordBytesMax());
        nextSequence = recovery.lastSequence() + 1;
        unsynced = new UnsyncedFiles(disk, journalFolder, recovery.lastSequence());
        lastMs = found.past().lastMs();
        final Room room = new Room(disk, journalFolder, size);
        final Retention retention = new Retention(settings.keep(), size.fileBytes() + QueueFile.TABLE_BYTES);
        final CoveredSegments covered = new CoveredSegments(disk, journalFolder, unsynced, room, follower);
        checkpoints = new Checkpoints(snapshots, retention, settings.digestEvery(), covered, found.past(), keeperWaker, host);
        keeper = new Keeper(room, () -> new NextSegment(disk, journalFolder, size), unsynced,
            checkpoints, keeperWaker, host);
    }

    /** For those that run the {@link #keeper} themselves and ask the journal before each step. */
    public static ChronicleJournal open(final JournalSettings settings, final RecoveryHandler handler, final RecoveryProgress progress) {
        return open(settings, handler, progress, () -> Follower.NONE, Waker.NONE, Waker.NONE);
    }

    /**
     * Takes the data folder for this process, hands over all records that are there, and begins a new segment for those to come.
     *
     * @param follower says what somebody still needs who follows the journal through {@link #tail}; any thread's.
     * @param keeper wakes the thread that runs the {@link #keeper}.
     * @param host   is woken when {@link #hasRoom}, {@link #storage} or {@link #isCheckpointDue} may have another answer.
     * @throws JournalException if the folder cannot be had, or the journal in it is damaged anywhere but at its torn end.
     */
    public static ChronicleJournal open(
        final JournalSettings settings,
        final RecoveryHandler handler,
        final RecoveryProgress progress,
        final Supplier<Follower> follower,
        final Waker keeper,
        final Waker host) {
        final DataFolder data = DataFolder.open(settings.disk(), settings.folder());
        boolean opened = false;
        try {
            final Snapshots snapshots = new Snapshots(settings.disk(), data.snapshotFolder());
            final Recovery.Found found = Recovery.run(settings.disk(), data.journalFolder(), snapshots, handler, progress);
            final ChronicleJournal journal = new ChronicleJournal(settings, data, snapshots, found, follower, keeper, host);
            journal.begin();
            opened = true;
            return journal;
        } finally {
            if (!opened) {
                data.close();
            }
        }
    }

    /** What was found when it was opened. */
    public RecoveryReport recovery() {
        return recovery;
    }

    /** For somebody who follows it in this process. */
    public JournalTail tail() {
        return new ChronicleTail(disk, journalFolder.getParent(), unsynced::synced);
    }

    @Override
    public Durability levelMax() {
        return Durability.SYNCED;
    }

    @Override
    public Agent keeper() {
        return keeper;
    }

    @Override
    public boolean hasRoom() {
        if (keeper.hasNext()) {
            return true;
        }
        final long bytes = (long) batch.length() + size.batchBytes();
        return segment != null && (keeper.isStorageFull() ? segment.hasRoomFor(2, bytes) : segment.isWithinLimit(bytes));
    }

    @Override
    public Durability levelAtCommit() {
        return Durability.WRITTEN;
    }

    @Override
    public StorageState storage() {
        return keeper.isStorageFull() ? StorageState.FULL : StorageState.READY;
    }

    @Override
    public void giveUp() {
        // waits for nothing but the disk
    }

    /** A batch that has become too large for one excerpt is written at once; the rest of it begins another. */
    @Override
    public void append(final DirectBuffer buffer, final int offset, final int length) {
        if (!batch.hasRoomFor(length)) {
            writeBatch();
        }
        batch.add(buffer, offset, length);
        lastMs = RecordTime.of(buffer, offset, length, lastMs);
    }

    @Override
    public void markCheckpoint() {
        markSequence = nextSequence + batch.count() - 1;
        markMs = lastMs;
        checkpoints.mark();
    }

    @Override
    public boolean isCheckpointDue() {
        return checkpoints.isDue();
    }

    @Override
    public Checkpoint beginCheckpoint() {
        return checkpoints.begin();
    }

    @Override
    public void onHeld(final long messages, final long bytes) {
        checkpoints.onHeld(messages, bytes);
    }

    @Override
    public void commit() {
        if (batch.count() > 0) {
            writeBatch();
        }
    }

    @Override
    public boolean sync() throws IOException {
        unsynced.force();
        return true;
    }

    /**
     * Syncs, and leaves a batch without records behind the last one that says so; a batch that was not committed is dropped.
     *
     * @throws JournalException if it cannot sync, or could not before.
     */
    @Override
    public void close() {
        try (data) {
            checkpoints.close();
            keeper.close();
            sync();
            if (segment != null) {
                end();
            }
        } catch (final IOException e) {
            throw JournalException.of("cannot sync the journal in " + journalFolder + " at its end", e);
        }
    }

    private void end() throws IOException {
        if (!segment.isEmpty()) {
            batch.clear();
            batch.frame(nextSequence, unsynced.synced());
            segment.write(batch, lastMs);
            segment.file().force();
        }
        unsynced.end(segment.file());
        segment.close();
    }

    private void begin() {
        try {
            Segment.delete(disk, journalFolder.resolve(NextSegment.FOLDER));
            Segment.delete(disk, journalFolder.resolve(OldSegment.FOLDER));
            keeper.open();
            if (keeper.hasNext()) {
                roll();
            }
        } catch (final IOException e) {
            throw JournalException.of("cannot create a segment in " + journalFolder, e);
        }
    }

    private void writeBatch() {
        batch.frame(nextSequence, unsynced.synced());
        if (keeper.hasNext() && (segment == null || !segment.isFor(batch))) {
            roll();
        }
        if (segment == null || !segment.hasRoomFor(1, batch.length())) {
            throw new IllegalStateException("a batch was written without asking whether there is room for it");
        }
        segment.write(batch, lastMs);
        nextSequence += batch.count();
        unsynced.onCommitted(nextSequence - 1);
        checkpoints.onCommitted(batch.count(), lastMs, markSequence, markMs);
        batch.clear();
    }

    /** Begins the segment that the keeper has prepared. What is left to do for the old one is the keeper's, and the next sync's. */
    private void roll() {
        final SegmentWriter old = segment;
        segment = keeper.next();
        try {
            segment.begin(Segment.in(disk, journalFolder, nextSequence));
        } catch (final IOException e) {
            throw JournalException.of("cannot begin a segment with sequence " + nextSequence + " in " + journalFolder, e);
        }
        unsynced.begin(segment.file());
        keeper.onBegun(old);
    }
}
