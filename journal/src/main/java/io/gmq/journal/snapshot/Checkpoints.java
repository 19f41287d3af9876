package io.gmq.journal.snapshot;

import io.gmq.engine.api.Limits;
import io.gmq.engine.ring.Checkpoint;
import io.gmq.engine.ring.Waker;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When the state is told, where it goes, and what is no longer needed then. There are two kinds of checkpoints: one that is stored
 * as a snapshot, when segments take too much room; and one of which only the digest is wanted, every so many records. There is one
 * at a time: the next can be due when this one has been told, or stored, and its record is written.
 *
 * <pre>
 *   keeper or journal stage      host               logic stage          journal stage        keeper
 *   due ───────────────────────► CHECKPOINT ──────► begin, entries ────► mark, committed ───► write, finish, delete
 * </pre>
 *
 * <p>Each method says whose it is.
 */
public final class Checkpoints {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
    /** What a message takes in a snapshot beside its payload and headers. */
    private static final int ENTRY_OVERHEAD = 36;
    /** To be told or stored, and to be among the records. */
    private static final int PHASES = 2;
    private static final long FIRST_SEQUENCE = 1;
    /** After a snapshot that could not be stored, the next one is not tried before. */
    private static final long RETRY_NS = TimeUnit.SECONDS.toNanos(5);
    /** What is written is brought to disk so often where somebody follows the journal. */
    private static final long FOLLOWED_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Snapshots snapshots;
    private final Retention retention;
    private final long digestEvery;
    private final CoveredRecords records;
    private final Waker self;
    private final Waker host;

    /* The keeper's: closed segments and whole snapshots, oldest first, and what of them is to be deleted. */
    private final List<SegmentFacts> segments;
    private final List<SnapshotFacts> stored;
    private final Queue<SnapshotFacts> snapshotsToDelete = new ArrayDeque<>();
    private final Queue<SegmentFacts> segmentsToDelete = new ArrayDeque<>();
    private long retryNs;
    private boolean isRetrying;
    private long followedNs = System.nanoTime();
    /** The follower's base when it was last planned what to delete. */
    private long plannedFor;

    /* The journal stage's. */
    private long recordsSince;
    private SnapshotWriter toCover;
    private boolean isMarked;

    private final Checkpoint digestOnly = new DigestPoint();
    /** What the present checkpoint still waits for. */
    private final AtomicInteger pending = new AtomicInteger();
    private volatile long heldMessages;
    private volatile long heldBytes;
    private volatile long lastMs;
    private volatile boolean isDue;
    private volatile boolean isSnapshotDue;
    private volatile SnapshotWriter writing;

    /**
     * @param digestEvery records between two checkpoints, where not more messages are held: the whole state is hashed.
     * @param self        wakes the keeper's thread.
     * @param host        is told when a checkpoint is due.
     */
    public Checkpoints(
        final Snapshots snapshots, final Retention retention, final long digestEvery, final CoveredRecords records, final Past past,
        final Waker self, final Waker host) {
        this.snapshots = snapshots;
        this.retention = retention;
        this.digestEvery = digestEvery;
        this.records = records;
        this.self = self;
        this.host = host;
        segments = new ArrayList<>(past.segments());
        stored = new ArrayList<>(past.snapshots());
        lastMs = past.lastMs();
        recordsSince = past.records();
        plan();
    }

    /** Any thread's: whether the host should give a checkpoint command. */
    public boolean isDue() {
        return isDue && !isRunning();
    }

    /** The logic stage's. */
    public void onHeld(final long messages, final long bytes) {
        heldMessages = messages;
        heldBytes = bytes;
    }

    /** The logic stage's: where to tell the state. */
    public Checkpoint begin() {
        pending.set(PHASES);
        isDue = false;
        if (!isSnapshotDue) {
            return digestOnly;
        }
        isSnapshotDue = false;
        final SnapshotWriter writer = snapshots.begin(lastMs, records, self);
        writing = writer;
        return writer;
    }

    /** The journal stage's: the record appended last is the checkpoint that has begun. */
    public void mark() {
        toCover = writing;
        isMarked = true;
    }

    private boolean isRunning() {
        return pending.get() > 0;
    }

    /** The present checkpoint waits for one thing less. */
    private void passed() {
        if (pending.decrementAndGet() == 0) {
            self.wake();
            host.wake();
        }
    }

    /**
     * The journal stage's: records have been committed.
     *
     * @param itsLastMs    time of the last of them.
     * @param markSequence of the one that was {@link #mark marked}, if any was.
     * @param markMs       its time.
     */
    public void onCommitted(final int records, final long itsLastMs, final long markSequence, final long markMs) {
        lastMs = itsLastMs;
        recordsSince += records;
        if (isMarked) {
            isMarked = false;
            recordsSince = 0;
            if (toCover != null) {
                toCover.cover(markSequence, markMs);
                toCover = null;
            }
            passed();
        } else if (recordsSince >= Math.max(digestEvery, heldMessages) && !isDue && !isRunning()) {
            isDue = true;
            host.wake();
        }
    }

    /** The keeper's: a segment is closed. */
    public void onEnded(final SegmentFacts segment) {
        segments.add(segment);
    }

    /** The keeper's: does the next small thing. */
    public int work() throws IOException {
        final SnapshotWriter writer = writing;
        if (writer != null) {
            final int work = writer.work();
            if (writer.isOver()) {
                finish(writer);
            }
            if (work > 0) {
                host.wake(); // there may be room for telling more
            }
            return work;
        }
        return delete() + look();
    }

    private void finish(final SnapshotWriter writer) {
        if (writer.stored().isPresent()) {
            stored.add(SnapshotFacts.of(writer.stored().get()));
            LOG.debug("snapshot of sequence {} stored, {} bytes", writer.stored().get().sequence(), writer.stored().get().bytes());
            plan();
        } else {
            LOG.warn("{}; tried again later", writer.abandonedBecause().orElse("a snapshot was given up"));
            isRetrying = true;
            retryNs = System.nanoTime() + RETRY_NS;
        }
        writing = null;
        passed();
    }

    /** Whether a snapshot is due. */
    private int look() throws IOException {
        syncForFollower();
        if (base(follower()) != plannedFor) {
            plan();
        }
        if (isSnapshotDue || isRetrying && System.nanoTime() - retryNs < 0) {
            return 0;
        }
        isRetrying = false;
        if (!retention.isSnapshotDue(withOpen(), stored, expectedBytes(), heldBytes) && !(records.isFull() && isWorthwhile())) {
            return 0;
        }
        isSnapshotDue = true;
        isDue = true;
        host.wake();
        return 1;
    }

    /** The keeper's: about what a snapshot would take now. */
    public long expectedBytes() {
        return Math.max(0, heldBytes - heldMessages * (Limits.MESSAGE_OVERHEAD - ENTRY_OVERHEAD));
    }

    /** The keeper's: whether a snapshot taken now would free more than it takes: segments, and the snapshot before it. */
    public boolean isWorthwhile() {
        final long freed = retention.wouldFree(withOpen(), stored);
        final long before = stored.isEmpty() ? 0 : stored.get(stored.size() - 1).bytes();
        return freed > 0 && freed + before > expectedBytes();
    }

    private void plan() {
        final Follower follower = follower();
        plannedFor = base(follower);
        final Deletions deletions = retention.plan(withOpen(), stored, lastMs, follower);
        snapshotsToDelete.addAll(deletions.snapshots());
        segmentsToDelete.addAll(deletions.segments());
        stored.removeAll(deletions.snapshots());
        segments.removeAll(deletions.segments());
    }

    /** A follower sees only what is synced, and maybe nobody else asks for that. */
    private void syncForFollower() throws IOException {
        final long nowNs = System.nanoTime();
        if (records.follower() != Follower.NONE && nowNs - followedNs >= FOLLOWED_NS) {
            followedNs = nowNs;
            records.upTo(Long.MAX_VALUE);
        }
    }

    /** When the disk is full the broker comes first. */
    private Follower follower() {
        return records.isFull() ? Follower.NONE : records.follower();
    }

    /** The newest snapshot that a follower is past: what may be deleted depends on nothing else about it. */
    private long base(final Follower follower) {
        return stored.stream().mapToLong(SnapshotFacts::sequence).filter(sequence -> sequence <= follower.position()).max().orElse(0);
    }

    /** The segments with the one that is being written, of which only its place counts. */
    private List<SegmentFacts> withOpen() {
        final long first = !segments.isEmpty() ? segments.get(segments.size() - 1).last() + 1
            : stored.isEmpty() ? FIRST_SEQUENCE : stored.get(stored.size() - 1).sequence() + 1;
        final List<SegmentFacts> all = new ArrayList<>(segments);
        all.add(new SegmentFacts(first, first - 1, 0, lastMs));
        return all;
    }

    /** Whoever opens the journal, before any thread runs: does what a process before had no more time for, which may free room. */
    public void deleteAll() throws IOException {
        while (delete() > 0) {
            // one after the other
        }
    }

    private int delete() throws IOException {
        if (!snapshotsToDelete.isEmpty()) {
            snapshots.delete(snapshots.file(snapshotsToDelete.element().sequence()));
            snapshotsToDelete.remove();
            return 1;
        }
        if (!segmentsToDelete.isEmpty()) {
            if (records.delete(segmentsToDelete.element())) {
                segmentsToDelete.remove();
            }
            return 1;
        }
        return 0;
    }

    /** Whoever closes the journal, when no thread runs any more. */
    public void close() throws IOException {
        final SnapshotWriter writer = writing;
        if (writer != null) {
            writer.abandon("the broker stops");
            while (!writer.isOver()) {
                writer.work();
            }
        }
    }

    /** Only the digest is wanted. */
    private final class DigestPoint implements Checkpoint {
        @Override
        public void entry(
            final DirectBuffer head, final int headLength, final DirectBuffer tail, final int tailOffset, final int tailLength) {
            // stored nowhere
        }

        @Override
        public boolean wantsEntries() {
            return false;
        }

        @Override
        public boolean hasRoom() {
            return true;
        }

        @Override
        public boolean isAbandoned() {
            return false;
        }

        @Override
        public void complete(final long digest) {
            passed();
        }
    }
}
