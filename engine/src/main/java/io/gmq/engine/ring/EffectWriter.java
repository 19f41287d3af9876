package io.gmq.engine.ring;

import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.EffectSink;
import io.gmq.engine.api.RefusalCode;
import io.gmq.engine.api.ReplyTo;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Writes the effects of one command after the other into a buffer, in the form of {@link EffectKind}. */
public final class EffectWriter implements EffectSink {
    private final MutableDirectBuffer buffer;
    private int from;
    private int at;

    public EffectWriter(final MutableDirectBuffer buffer) {
        this.buffer = buffer;
    }

    /** Starts over at an offset, a multiple of eight. */
    public void begin(final int offset) {
        from = offset;
        at = offset;
    }

    /** The bytes written since {@link #begin}. */
    public int length() {
        return at - from;
    }

    private int reply(final byte kind, final ReplyTo to, final int extra, final int number) {
        final int start = at;
        buffer.putLong(start, kind | (long) to.level().code() << 8 | (long) to.presentation() << 16 | (long) (extra & 0xFF) << 24
            | (long) number << 32);
        buffer.putLong(start + 8, to.connection());
        buffer.putLong(start + 16, to.correlation());
        buffer.putLong(start + 24, to.promised());
        at = start + EffectKind.REPLY_LENGTH;
        return at;
    }

    private void align() {
        at = at + 7 & -8;
    }

    @Override
    public void published(final ReplyTo to, final long firstMessage, final int count) {
        buffer.putLong(reply(EffectKind.PUBLISHED, to, 0, count), firstMessage);
        at += Long.BYTES;
    }

    @Override
    public void beginMessages(final ReplyTo to) {
        reply(EffectKind.BEGIN_MESSAGES, to, 0, 0);
    }

    @Override
    public void message(final long message, final int attempt, final int priority, final long publishedMs, final long payload) {
        buffer.putLong(at, EffectKind.MESSAGE | (long) priority << 8 | (long) attempt << 32);
        buffer.putLong(at + 8, message);
        buffer.putLong(at + 16, publishedMs);
        buffer.putLong(at + 24, payload);
        at += EffectKind.MESSAGE_LENGTH;
    }

    @Override
    public void endMessages() {
        buffer.putLong(at, EffectKind.END_MESSAGES);
        at += EffectKind.END_LENGTH;
    }

    @Override
    public void settled(final ReplyTo to, final CommandType type, final int count, final long[] missing, final int missingCount) {
        buffer.putLong(reply(EffectKind.SETTLED, to, type.code(), count), missingCount);
        at += Long.BYTES;
        for (int i = 0; i < missingCount; i++) {
            buffer.putLong(at, missing[i]);
            at += Long.BYTES;
        }
    }

    @Override
    public void length(final ReplyTo to, final int ready, final int delayed, final int leased, final int parked) {
        counts(reply(EffectKind.COUNTS, to, 0, 0), ready, delayed, leased, parked);
        at += 16;
    }

    private void counts(final int offset, final int ready, final int delayed, final int leased, final int parked) {
        buffer.putInt(offset, ready);
        buffer.putInt(offset + 4, delayed);
        buffer.putInt(offset + 8, leased);
        buffer.putInt(offset + 12, parked);
    }

    @Override
    public void beginQueues(final ReplyTo to) {
        reply(EffectKind.BEGIN_QUEUES, to, 0, 0);
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
        buffer.putLong(at, EffectKind.QUEUE | (long) length << 32);
        counts(at + 8, ready, delayed, leased, parked);
        buffer.putBytes(at + EffectKind.QUEUE_LENGTH, name, offset, length);
        at += EffectKind.QUEUE_LENGTH + length;
        align();
    }

    @Override
    public void endQueues(final boolean more) {
        buffer.putLong(at, EffectKind.END_QUEUES | (more ? 1L << 8 : 0));
        at += EffectKind.END_LENGTH;
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
        final int body = reply(EffectKind.REFUSED, to, code.code(), length);
        buffer.putLong(body, limit);
        buffer.putLong(body + 8, actual);
        buffer.putBytes(body + 16, name, offset, length);
        at += 16 + length;
        align();
    }

    @Override
    public void passed(final ReplyTo to) {
        reply(EffectKind.PASSED, to, 0, 0);
    }
}
