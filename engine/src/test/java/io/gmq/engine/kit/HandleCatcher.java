package io.gmq.engine.kit;

import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.EffectSink;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.QueueCounts;
import io.gmq.engine.api.QueueSettings;
import io.gmq.engine.api.RefusalCode;
import io.gmq.engine.api.ReplyTo;
import org.agrona.DirectBuffer;

/** Hears effects, keeps the last message's id and payload handle, counts, and makes no objects of them. A refusal is an error. */
public class HandleCatcher implements EffectSink {
    private long message;
    private long handle;
    private long bytes;
    private long effects;

    /** The id of the last message given or published. */
    public long lastMessage() {
        return message;
    }

    /** The payload of the last message given. */
    public long handle() {
        return handle;
    }

    /** What all pushes were reckoned at. */
    public long pushedBytes() {
        return bytes;
    }

    /** How many effects there were. */
    public long effects() {
        return effects;
    }

    @Override
    public void published(final ReplyTo to, final long firstMessage, final int count) {
        message = firstMessage;
        effects++;
    }

    @Override
    public void duplicate(final ReplyTo to, final long firstMessage, final int count) {
        effects++;
    }

    @Override
    public void beginMessages(final ReplyTo to) {
        effects++;
    }

    @Override
    public void message(final long itsMessage, final int attempt, final int priority, final long payload) {
        message = itsMessage;
        handle = payload;
        effects++;
    }

    @Override
    public void peeked(
        final long itsMessage, final int attempt, final int priority, final long payload, final MessageState state, final long reason) {
        effects++;
    }

    @Override
    public void endMessages() {
        effects++;
    }

    @Override
    public void beginDelivery(final ReplyTo to, final long consumer, final DirectBuffer queue, final int offset, final int length) {
        effects++;
    }

    @Override
    public void endDelivery(final long its) {
        bytes += its;
        effects++;
    }

    @Override
    public void consuming(final ReplyTo to, final long consumer) {
        effects++;
    }

    @Override
    public void consumerEnded(final ReplyTo to, final long consumer) {
        effects++;
    }

    @Override
    public void settled(final ReplyTo to, final CommandType type, final int count, final long[] missing, final int missingCount) {
        effects++;
    }

    @Override
    public void counted(final ReplyTo to, final CommandType type, final int count) {
        effects++;
    }

    @Override
    public void done(final ReplyTo to) {
        effects++;
    }

    @Override
    public void length(final ReplyTo to, final int ready, final int delayed, final int leased, final int parked) {
        effects++;
    }

    @Override
    public void configured(final ReplyTo to, final QueueSettings settings) {
        effects++;
    }

    @Override
    public void described(final ReplyTo to, final QueueSettings settings, final QueueCounts counts) {
        effects++;
    }

    @Override
    public void beginQueues(final ReplyTo to) {
        effects++;
    }

    @Override
    public void queue(final DirectBuffer name, final int offset, final int length, final QueueCounts counts) {
        effects++;
    }

    @Override
    public void endQueues(final boolean more) {
        effects++;
    }

    @Override
    public void beginAtomic(final ReplyTo to) {
        effects++;
    }

    @Override
    public void endAtomic() {
        effects++;
    }

    @Override
    public void refused(
        final ReplyTo to,
        final RefusalCode code,
        final DirectBuffer name,
        final int offset,
        final int length,
        final long limit,
        final long actual,
        final int step) {
        throw new AssertionError("refused: " + code.word());
    }

    @Override
    public void passed(final ReplyTo to) {
        effects++;
    }
}
