package io.gmq.journal.mysql;

import io.gmq.engine.api.Durability;
import io.gmq.engine.api.StorageState;
import io.gmq.engine.ring.Checkpoint;
import io.gmq.engine.ring.Journal;
import io.gmq.engine.ring.Waker;
import io.gmq.journal.JournalException;
import io.gmq.journal.JournalTail;
import io.gmq.journal.RecordTime;
import io.gmq.journal.RecoveryHandler;
import io.gmq.journal.RecoveryProgress;
import io.gmq.journal.RecoveryReport;
import io.gmq.journal.snapshot.Checkpoints;
import io.gmq.journal.snapshot.Follower;
import io.gmq.journal.snapshot.Past;
import io.gmq.journal.snapshot.Retention;
import io.gmq.journal.snapshot.SegmentFacts;
import io.gmq.journal.snapshot.Snapshots;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal in tables of a MySQL or MariaDB server; nothing is kept on the local disk.
 *
 * <pre>
 *   append ─► PendingRecords ─► sync: RecordWriter ─► gmq_journal, gmq_journal_mark
 *                               keeper: Holder ─────► gmq_journal_lease, gmq_snapshot, gmq_snapshot_part
 * </pre>
 *
 * <p>To commit is to hand over: records are stored by {@link #sync}, all that have come meanwhile in one transaction. Once they are,
 * they have all the durability that the server gives. While it is away records wait, and {@link #storage} says so.
 *
 * <p>{@link #append}, {@link #commit} and {@link #hasRoom} belong to one thread, {@link #sync} to another, {@link #keeper} to a third;
 * {@link #close} is called when all have stopped. Whatever it throws leaves it unusable: above all that another broker has taken over.
 */
public final class MySqlJournal implements Journal {
    private static final Logger LOG = LoggerFactory.getLogger(MySqlJournal.class);

    private final Database database;
    private final RecoveryReport recovery;
    private final long segmentBytes;
    private final Outage outage;
    private final AwayWatch watch;
    private final PendingRecords pending = new PendingRecords();
    private final RecordWriter writer;
    private final Checkpoints checkpoints;
    private final MySqlKeeper keeper;

    /** The storing thread's: records were dropped, so none may follow. */
    private boolean isCutOff;

    /* The committing thread's. */
    private long nextSequence;
    private int uncommitted;
    private long lastMs;
    private long markSequence;
    private long markMs;
    private long segmentFirst;
    private long segmentLength;

    private MySqlJournal(
        final MySqlSettings settings, final Recovered recovered, final Outage outage, final Supplier<Follower> follower,
        final Waker keeperWaker, final Waker host) {
        database = settings.database();
        final Past past = recovered.past();
        recovery = recovered.report();
        segmentBytes = settings.segmentBytes();
        this.outage = outage;
        watch = new AwayWatch(database.toString(), System::nanoTime);
        writer = recovered.writer();
        nextSequence = writer.stored() + 1;
        segmentFirst = nextSequence;
        lastMs = past.lastMs();
        checkpoints = new Checkpoints(recovered.snapshots(), new Retention(settings.keep(), segmentBytes), settings.digestEvery(),
            new StoredRecords(recovered.holder(), writer, follower), past, keeperWaker, host);
        keeper = new MySqlKeeper(recovered.holder(), checkpoints);
    }

    /** What is there when a journal has been read. */
    record Recovered(RecoveryReport report, Past past, Snapshots snapshots, RecordWriter writer, Holder holder) {
    }

    /**
     * Reaches the database, makes it ours, and hands over all that it holds. Waits for as long as another broker has it.
     *
     * @param follower says what somebody still needs who follows the journal through {@link #tail}; any thread's.
     * @param keeper wakes the thread that runs the {@link #keeper}.
     * @param host   is woken when {@link #storage} or {@link #isCheckpointDue} may have another answer.
     * @throws JournalException if the database cannot be had, or what it holds is damaged.
     */
    public static MySqlJournal open(
        final MySqlSettings settings, final RecoveryHandler handler, final RecoveryProgress progress, final Supplier<Follower> follower,
        final Waker keeper, final Waker host) {
        final Outage outage = new Outage(host::wake);
        final Recovered recovered = MySqlRecovery.run(settings, outage, handler, progress);
        return new MySqlJournal(settings, recovered, outage, follower, keeper, host);
    }

    /** What was found when it was opened. */
    public RecoveryReport recovery() {
        return recovery;
    }

    /** For somebody who follows it in this process. */
    public JournalTail tail() {
        return new MySqlTail(database, writer::stored);
    }

    @Override
    public Durability levelMax() {
        return Durability.SYNCED;
    }

    @Override
    public Durability levelAtCommit() {
        return Durability.MEMORY;
    }

    @Override
    public boolean hasRoom() {
        return pending.hasRoom();
    }

    @Override
    public void append(final DirectBuffer buffer, final int offset, final int length) {
        pending.add(buffer, offset, length);
        uncommitted++;
        segmentLength += length + RecordChunk.ROW_BYTES;
        lastMs = RecordTime.of(buffer, offset, length, lastMs);
    }

    @Override
    public void markCheckpoint() {
        markSequence = nextSequence + uncommitted - 1;
        markMs = lastMs;
        checkpoints.mark();
    }

    @Override
    public void commit() {
        nextSequence += uncommitted;
        if (segmentLength >= segmentBytes && keeper.end(new SegmentFacts(segmentFirst, nextSequence - 1, segmentLength, lastMs))) {
            segmentFirst = nextSequence;
            segmentLength = 0;
        }
        checkpoints.onCommitted(uncommitted, lastMs, markSequence, markMs);
        uncommitted = 0;
    }

    @Override
    public boolean sync() {
        if (isCutOff) {
            return false;
        }
        final RecordChunk chunk = pending.take();
        final boolean isStored = writer.store(chunk);
        if (!isStored) {
            isCutOff = true;
            LOG.warn("stopped while the database was away: {} changes were not stored, and not confirmed", chunk.count() + pending.count());
        }
        pending.giveBack(chunk);
        return isStored;
    }

    @Override
    public void giveUp() {
        writer.giveUp();
    }

    @Override
    public StorageState storage() {
        return watch.look(outage.isAway() || writer.isStalled(pending.fill()), outage.reason());
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
    public Agent keeper() {
        return keeper;
    }

    /** Stores what was committed if the database answers, and gives the lease up, so that the next broker need not wait for its end. */
    @Override
    public void close() {
        giveUp();
        sync();
        writer.close();
        keeper.close();
    }
}
