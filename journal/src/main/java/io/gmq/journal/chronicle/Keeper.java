package io.gmq.journal.chronicle;

import io.gmq.engine.ring.Waker;
import io.gmq.journal.JournalException;
import io.gmq.journal.snapshot.Checkpoints;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what would stall the thread that commits: prepares the next segment before it is needed, brings the old one to an end, and
 * lets {@link Checkpoints} do its part.
 * Its methods belong to the keeper's thread where nothing else is said.
 *
 * <p>The segment it has prepared is also the reserve for a full disk. While none can be prepared, or the disk is almost full, the
 * storage counts as full: then no more messages should be taken in, and there is still room for settling those that are here.
 */
final class Keeper implements Agent {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final long PAUSE_NS_MAX = TimeUnit.MILLISECONDS.toNanos(100);
    /** More than can be rolled before the first of them is dealt with: each roll needs a segment that the keeper has prepared. */
    private static final int ENDED_MAX = 4;

    private final Room room;
    private final Supplier<NextSegment> newSegment;
    private final UnsyncedFiles unsynced;
    private final Checkpoints checkpoints;
    private final Waker self;
    private final Waker host;
    private final AtomicReference<SegmentWriter> ready = new AtomicReference<>();
    private final OneToOneConcurrentArrayQueue<SegmentWriter> ended = new OneToOneConcurrentArrayQueue<>(ENDED_MAX);
    private NextSegment next;
    private SegmentWriter ending;

    /**
     * @param newSegment begins to make the next one.
     * @param self       wakes the thread that runs this agent.
     * @param host       is told when a question to the journal has another answer.
     */
    Keeper(
        final Room room, final Supplier<NextSegment> newSegment, final UnsyncedFiles unsynced, final Checkpoints checkpoints,
        final Waker self, final Waker host) {
        this.room = room;
        this.newSegment = newSegment;
        this.unsynced = unsynced;
        this.checkpoints = checkpoints;
        this.self = self;
        this.host = host;
    }

    @Override
    public int doWork() {
        try {
            return work();
        } catch (final IOException e) {
            throw JournalException.of("cannot look after the journal in " + room.folder(), e);
        }
    }

    private int work() throws IOException {
        final boolean wasFull = room.isFull();
        int work = prepareNext() + endOld() + checkpoints.work();
        if (work == 0) {
            room.look(ready.get() != null, checkpoints.expectedBytes());
            if (room.isFull()) {
                LockSupport.parkNanos(this, PAUSE_NS_MAX);
                work = 1;
            }
        }
        if (room.isFull() != wasFull) {
            say();
            host.wake();
        }
        return work;
    }

    private void say() {
        if (room.isFull()) {
            LOG.warn("the disk is full: in {} there is no room for another segment; publishing is refused until there is", room.folder());
        } else {
            LOG.warn("there is room again in {}; publishing goes on", room.folder());
        }
    }

    @Override
    public String roleName() {
        return "keeper";
    }

    /** Any thread's: whether there is so little room on disk that no more messages should be taken in. */
    boolean isStorageFull() {
        return room.isFull();
    }

    /** The committing thread's: whether there is a {@link #next}. */
    boolean hasNext() {
        return ready.get() != null;
    }

    /** The committing thread's: the segment that was prepared. */
    SegmentWriter next() {
        return ready.get();
    }

    /**
     * The committing thread's: the next segment has been begun under its own name and is that thread's now; another is prepared.
     *
     * @param old nothing more is written to this one; {@code null} for none.
     */
    void onBegun(final SegmentWriter old) {
        if (old != null && !ended.offer(old)) {
            throw new IllegalStateException("more than " + ENDED_MAX + " segments have ended and were not dealt with");
        }
        ready.setRelease(null);
        self.wake();
    }

    /** Whoever opens the journal, before any thread runs: makes a segment ready, if there is room. */
    void open() throws IOException {
        checkpoints.deleteAll();
        int work = 1;
        while (ready.get() == null && work > 0) {
            work = prepareNext();
        }
        room.look(true, 0);
        if (room.isFull()) {
            say();
        }
    }

    /** Whoever closes the journal, when no thread runs any more. */
    void close() throws IOException {
        while (endOld() > 0) {
            // one after the other
        }
        if (next != null) {
            next.abandon();
            next = null;
        }
        final SegmentWriter writer = ready.getAndSet(null);
        if (writer != null) {
            writer.abandon();
        }
    }

    private int prepareNext() throws IOException {
        if (ready.get() != null || next == null && !room.isEnough(checkpoints.isWorthwhile() ? checkpoints.expectedBytes() : 0)) {
            return 0;
        }
        try {
            if (next == null) {
                next = newSegment.get();
            }
            if (next.step()) {
                ready.set(next.writer());
                next = null;
                room.onPrepared();
                host.wake();
            }
            return 1;
        } catch (final IOException e) {
            giveUpNext(e);
            return 0;
        }
    }

    private void giveUpNext(final IOException e) throws IOException {
        if (!room.isLackOf(e)) {
            throw JournalException.of("cannot prepare the next segment in " + room.folder(), e);
        }
        next.abandon();
        next = null;
        room.onLack();
    }

    private int endOld() throws IOException {
        if (ending == null) {
            ending = ended.poll();
            if (ending == null) {
                return 0;
            }
            unsynced.end(ending.file());
        }
        if (ending.giveBack()) {
            ending.close();
            checkpoints.onEnded(ending.facts());
            ending = null;
        }
        return 1;
    }
}
