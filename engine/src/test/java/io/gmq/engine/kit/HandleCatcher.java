package io.gmq.engine.kit;

import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.EffectSink;
import io.gmq.engine.api.RefusalCode;
import io.gmq.engine.api.ReplyTo;
import org.agrona.DirectBuffer;

/** Hears effects, keeps the last message's id and payload handle, counts, and makes no objects of them. */
public final class HandleCatcher implements EffectSink {
    private long message;
    private long handle;
    private long effects;

    /** The id of the last message given or published. */
    public long lastMessage() {
        return message;
    }

    /** The payload of the last message given. */
    public long handle() {
        return handle;
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
    public void beginMessages(final ReplyTo to) {
        effects++;
    }

    @Override
    public void message(final long itsMessage, final int attempt, final int priority, final long publishedMs, final long payload) {
        message = itsMessage;
        handle = payload;
        effects++;
    }

    @Override
    public void endMessages() {
        effects++;
    }

    @Override
    public void settled(final ReplyTo to, final CommandType type, final int count, final long[] missing, final int missingCount) {
        effects++;
    }

    @Override
    public void length(final ReplyTo to, final int ready, final int delayed, final int leased, final int parked) {
        effects++;
    }

    @Override
    public void beginQueues(final ReplyTo to) {
        effects++;
    }

    @Override
    public void queue(
        final DirectBuffer name,
        final int offset,
        final int length,
        final int ready,
        final int delayed,
        final int leased,
        final int parked) {
        effects++;
    }

    @Override
    public void endQueues(final boolean more) {
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
        final long actual) {
        throw new AssertionError("refused: " + code.word());
    }

    @Override
    public void passed(final ReplyTo to) {
        effects++;
    }
}
