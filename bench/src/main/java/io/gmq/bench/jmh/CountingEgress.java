package io.gmq.bench.jmh;

import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.EffectSink;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.QueueCounts;
import io.gmq.engine.api.QueueSettings;
import io.gmq.engine.api.RefusalCode;
import io.gmq.engine.api.ReplyTo;
import io.gmq.engine.ring.Egress;
import io.gmq.engine.ring.Slot;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;

/**
 * An end of the ring that counts what comes out and keeps nothing. Belongs to the thread of the last stage, but for {@link #settled}.
 */
final class CountingEgress implements Egress, EffectSink {
    private final AtomicLong settledInAll = new AtomicLong();
    private long published;
    private long given;
    private long settled;

    /** Messages settled, as of the last batch. Any thread's. */
    long settled() {
        return settledInAll.getAcquire();
    }

    /** When nothing is on its way: whether each message was published, given and settled once. */
    boolean isBalanced() {
        return published == given && given == settled;
    }

    @Override
    public boolean canProceed() {
        return true;
    }

    @Override
    public EffectSink onCommand(final Slot slot, final long sequence) {
        return this;
    }

    @Override
    public void onBatchEnd() {
        settledInAll.setRelease(settled);
    }

    @Override
    public boolean onDuty() {
        return false;
    }

    @Override
    public void published(final ReplyTo to, final long firstMessage, final int count) {
        published += count;
    }

    @Override
    public void beginMessages(final ReplyTo to) {
        // counted one by one
    }

    @Override
    public void message(final long message, final int attempt, final int priority, final long payload) {
        given++;
    }

    @Override
    public void endMessages() {
        // counted one by one
    }

    @Override
    public void beginDelivery(final ReplyTo to, final long consumer, final DirectBuffer queue, final int offset, final int length) {
        // counted one by one
    }

    @Override
    public void endDelivery(final long bytes) {
        // counted one by one
    }

    @Override
    public void settled(final ReplyTo to, final CommandType type, final int count, final long[] missing, final int missingCount) {
        settled += count;
    }

    @Override
    public void refused(
        final ReplyTo to, final RefusalCode code, final DirectBuffer name, final int offset, final int length, final long limit,
        final long actual, final int step) {
        throw new IllegalStateException("refused: " + code + ", " + actual + " of " + limit);
    }

    @Override
    public void passed(final ReplyTo to) {
        // START
    }

    @Override
    public void consuming(final ReplyTo to, final long consumer) {
        // pushes follow
    }

    private static IllegalStateException unexpected() {
        return new IllegalStateException("nobody has asked for this");
    }

    @Override
    public void duplicate(final ReplyTo to, final long firstMessage, final int count) {
        throw unexpected();
    }

    @Override
    public void peeked(
        final long message, final int attempt, final int priority, final long payload, final MessageState state, final long reason) {
        throw unexpected();
    }

    @Override
    public void consumerEnded(final ReplyTo to, final long consumer) {
        throw unexpected();
    }

    @Override
    public void counted(final ReplyTo to, final CommandType type, final int count) {
        throw unexpected();
    }

    @Override
    public void done(final ReplyTo to) {
        throw unexpected();
    }

    @Override
    public void length(final ReplyTo to, final int ready, final int delayed, final int leased, final int parked) {
        throw unexpected();
    }

    @Override
    public void configured(final ReplyTo to, final QueueSettings settings) {
        throw unexpected();
    }

    @Override
    public void described(final ReplyTo to, final QueueSettings settings, final QueueCounts counts) {
        throw unexpected();
    }

    @Override
    public void beginQueues(final ReplyTo to) {
        throw unexpected();
    }

    @Override
    public void queue(final DirectBuffer name, final int offset, final int length, final QueueCounts counts) {
        throw unexpected();
    }

    @Override
    public void endQueues(final boolean more) {
        throw unexpected();
    }

    @Override
    public void beginAtomic(final ReplyTo to) {
        throw unexpected();
    }

    @Override
    public void endAtomic() {
        throw unexpected();
    }
}
