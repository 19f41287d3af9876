package io.gmq.journal.snapshot;

import io.gmq.engine.ring.Checkpoint;
import io.gmq.engine.ring.Waker;
import io.gmq.journal.JournalException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

/**
 * One snapshot, from the first entry to the file under its own name, or to nothing at all.
 *
 * <pre>
 *   logic stage     entry … entry  complete          copies entries into chunks, does no I/O
 *   journal stage          cover                     says which record is the last that is covered
 *   keeper          work … work … work … work        writes a chunk at a time; then, when both have spoken:
 *                                                    journal synced up to there, end mark, force, rename, force folder
 * </pre>
 *
 * <p>The methods of {@link Checkpoint} are the logic stage's, {@link #cover} is the journal stage's, {@link #work} and what it came
 * to are the keeper's; {@link #abandon} is any thread's. Entries are copied before {@link #entry} returns, and nothing is allocated
 * for them once the pool has filled.
 *
 * <p>Whatever goes wrong with the snapshot's own file makes it abandoned: what there was is deleted, the reason is kept, and another
 * can be tried later. Only a failing {@link JournalSync} comes out of {@link #work}.
 */
public final class SnapshotWriter implements Checkpoint {
    /** More is not told, other than what cannot wait, while this much has not been written. */
    static final long OUTSTANDING_SOFT_MAX = 8L << 20;
    /** With what cannot wait: beyond this the snapshot is abandoned. */
    static final long OUTSTANDING_MAX = 64L << 20;

    /** Two GiB of chunks: more than can be told at once at the beginning, within the engine's bounds. */
    private static final int QUEUE_CAPACITY = 4096;
    private static final long NOT_COVERED = -1;

    private final ChunkPool pool;
    private final JournalSync journal;
    private final Waker keeper;
    private final SnapshotOutput output;
    private final OneToOneConcurrentArrayQueue<Chunk> handedOver = new OneToOneConcurrentArrayQueue<>(QUEUE_CAPACITY);
    private final AtomicReference<String> abandonedBecause = new AtomicReference<>();
    private final AtomicLong releasedBytes = new AtomicLong();

    private Chunk filling;
    /** What is told at once at the beginning may be as much as it is: there is no way to tell it more slowly. */
    private boolean isBegun;
    private long takenBytes;
    private long digest;
    private volatile boolean isTold;

    private long coveredMs;
    private volatile long coveredSequence = NOT_COVERED;

    private boolean isJournalSynced;
    private boolean isOver;
    private SnapshotInfo stored;

    SnapshotWriter(final SnapshotOutput output, final ChunkPool pool, final JournalSync journal, final Waker keeper) {
        this.output = output;
        this.pool = pool;
        this.journal = journal;
        this.keeper = keeper;
    }

    @Override
    public void entry(
        final DirectBuffer head, final int headLength, final DirectBuffer tail, final int tailOffset, final int tailLength) {
        final int length = headLength + tailLength;
        if (length < 0 || length > SnapshotFormat.ENTRY_LENGTH_MAX) {
            throw new IllegalArgumentException(
                "entry of " + length + " bytes, at most " + SnapshotFormat.ENTRY_LENGTH_MAX + " are allowed");
        }
        if (!isAbandoned() && reserve(length)) {
            filling.add(head, headLength, tail, tailOffset, tailLength);
        }
    }

    @Override
    public boolean wantsEntries() {
        return true;
    }

    @Override
    public boolean hasRoom() {
        isBegun = true;
        return outstandingBytes() < OUTSTANDING_SOFT_MAX;
    }

    @Override
    public boolean isAbandoned() {
        if (abandonedBecause.get() == null) {
            return false;
        }
        if (filling != null) {
            pool.untake(filling);
            filling = null;
        }
        return true;
    }

    @Override
    public void complete(final long stateDigest) {
        handOver();
        digest = stateDigest;
        isTold = true;
        keeper.wake();
    }

    /**
     * The journal stage's: says what the snapshot covers. The record need not be synced yet.
     *
     * @param sequence of the record after which the state was as it is told.
     * @param timeMs   of that record.
     */
    public void cover(final long sequence, final long timeMs) {
        coveredMs = timeMs;
        coveredSequence = sequence;
        keeper.wake();
    }

    /**
     * Any thread's: gives it up, unless it was already. One that is just being finished may still become a snapshot.
     *
     * @param reason one line, for the log.
     */
    public void abandon(final String reason) {
        abandonedBecause.compareAndSet(null, reason);
        keeper.wake();
    }

    /**
     * The keeper's: does the next small thing.
     *
     * @return 0 where there is nothing to do now.
     * @throws IOException if the journal could not be synced; nothing goes on after that.
     */
    public int work() throws IOException {
        if (isOver) {
            return 0;
        }
        if (abandonedBecause.get() != null) {
            discard();
            return 1;
        }
        final boolean isAllHandedOver = isTold;
        final Chunk chunk = handedOver.poll();
        if (chunk != null) {
            write(chunk);
            return 1;
        }
        return isAllHandedOver && coveredSequence != NOT_COVERED ? finish() : 0;
    }

    /** The keeper's: whether there is nothing more to do, for good. */
    public boolean isOver() {
        return isOver;
    }

    /** The keeper's: the snapshot, if it became one. */
    public Optional<SnapshotInfo> stored() {
        return Optional.ofNullable(stored);
    }

    /** Any thread's: why it was abandoned, one line; empty where it was not. */
    public Optional<String> abandonedBecause() {
        return Optional.ofNullable(abandonedBecause.get());
    }

    /** Makes room for an entry, unless too much waits already. */
    private boolean reserve(final int entryLength) {
        if (filling != null && filling.hasRoomFor(entryLength)) {
            return true;
        }
        handOver();
        final int length = Chunk.lengthFor(entryLength);
        if (isBegun && outstandingBytes() + length > OUTSTANDING_MAX) {
            abandon("snapshot given up: the disk does not keep up, " + outstandingBytes() + " bytes wait to be written");
            return false;
        }
        filling = pool.take(length);
        takenBytes += filling.capacity();
        return true;
    }

    private void handOver() {
        if (filling != null) {
            if (!handedOver.offer(filling)) {
                throw new IllegalStateException("more than " + QUEUE_CAPACITY + " chunks wait to be written");
            }
            filling = null;
            keeper.wake();
        }
    }

    private long outstandingBytes() {
        return takenBytes - releasedBytes.getAcquire();
    }

    private void write(final Chunk chunk) {
        try {
            if (!output.isOpen()) {
                output.open();
            }
            output.write(chunk);
        } catch (final IOException e) {
            abandon(JournalException.of("snapshot given up, it cannot be written", e).getMessage());
        } finally {
            release(chunk);
        }
    }

    private int finish() throws IOException {
        final long sequence = coveredSequence;
        if (!isJournalSynced) {
            isJournalSynced = journal.upTo(sequence);
            return isJournalSynced ? 1 : 0;
        }
        try {
            if (!output.isOpen()) {
                output.open();
            }
            stored = output.finish(sequence, digest, coveredMs);
            end();
        } catch (final IOException e) {
            abandon(JournalException.of("snapshot of sequence " + sequence + " given up, it cannot be finished", e).getMessage());
        }
        return 1;
    }

    private void discard() {
        for (Chunk chunk = handedOver.poll(); chunk != null; chunk = handedOver.poll()) {
            release(chunk);
        }
        try {
            output.discard();
        } catch (final IOException e) {
            abandonedBecause.updateAndGet(
                reason -> JournalException.of(reason + "; clearing it away failed too", e).getMessage());
        }
        end();
    }

    private void end() {
        pool.freeLarge();
        isOver = true;
    }

    private void release(final Chunk chunk) {
        final int bytes = chunk.capacity();
        pool.giveBack(chunk);
        releasedBytes.setRelease(releasedBytes.getPlain() + bytes);
    }
}
