package io.gmq.engine.ring;

import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.Count;
import io.gmq.engine.api.EffectSink;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.QueueCounts;
import io.gmq.engine.api.QueueSettings;
import io.gmq.engine.api.RefusalCode;
import io.gmq.engine.api.ReplyTo;
import io.gmq.engine.api.Setting;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Writes the effects of one command after the other into a buffer, in the form of {@link EffectKind}. */
public final class EffectWriter implements EffectSink {
    private static final Count[] COUNTS = Count.values();
    private static final Setting[] SETTINGS = Setting.values();

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

    private void reply(final byte kind, final ReplyTo to, final int extra, final int number) {
        buffer.putLong(at, kind | (long) to.level().code() << 8 | (long) to.presentation() << 16 | (long) (extra & 0xFF) << 24
            | (long) number << 32);
        buffer.putLong(at + 8, to.connection());
        buffer.putLong(at + 16, to.correlation());
        buffer.putLong(at + 24, to.promised());
        at += EffectKind.REPLY_LENGTH;
    }

    private void put(final long value) {
        buffer.putLong(at, value);
        at += Long.BYTES;
    }

    private void put(final DirectBuffer name, final int offset, final int length) {
        buffer.putBytes(at, name, offset, length);
        at = EffectKind.align(at + length);
    }

    @Override
    public void published(final ReplyTo to, final long firstMessage, final int count) {
        reply(EffectKind.PUBLISHED, to, 0, count);
        put(firstMessage);
    }

    @Override
    public void duplicate(final ReplyTo to, final long firstMessage, final int count) {
        reply(EffectKind.DUPLICATE, to, 0, count);
        put(firstMessage);
    }

    @Override
    public void beginMessages(final ReplyTo to) {
        reply(EffectKind.BEGIN_MESSAGES, to, 0, 0);
    }

    @Override
    public void message(final long message, final int attempt, final int priority, final long payload) {
        buffer.putLong(at, EffectKind.MESSAGE | (long) priority << 8 | (long) attempt << 32);
        buffer.putLong(at + 8, message);
        buffer.putLong(at + 16, payload);
        at += EffectKind.MESSAGE_LENGTH;
    }

    @Override
    public void peeked(
        final long message, final int attempt, final int priority, final long payload, final MessageState state, final long reason) {
        buffer.putLong(at, EffectKind.PEEKED | (long) priority << 8 | (long) state.code() << 16 | (long) attempt << 32);
        buffer.putLong(at + 8, message);
        buffer.putLong(at + 16, payload);
        buffer.putLong(at + 24, reason);
        at += EffectKind.PEEKED_LENGTH;
    }

    @Override
    public void endMessages() {
        put(EffectKind.END_MESSAGES);
    }

    @Override
    public void beginDelivery(final ReplyTo to, final long consumer, final DirectBuffer queue, final int offset, final int length) {
        reply(EffectKind.BEGIN_DELIVERY, to, 0, length);
        put(consumer);
        put(queue, offset, length);
    }

    @Override
    public void endDelivery(final long bytes) {
        put(EffectKind.END_DELIVERY);
        put(bytes);
    }

    @Override
    public void consuming(final ReplyTo to, final long consumer) {
        reply(EffectKind.CONSUMING, to, 0, 0);
        put(consumer);
    }

    @Override
    public void consumerEnded(final ReplyTo to, final long consumer) {
        reply(EffectKind.CONSUMER_ENDED, to, 0, 0);
        put(consumer);
    }

    @Override
    public void settled(final ReplyTo to, final CommandType type, final int count, final long[] missing, final int missingCount) {
        reply(EffectKind.SETTLED, to, type.code(), count);
        put(missingCount);
        for (int i = 0; i < missingCount; i++) {
            put(missing[i]);
        }
    }

    @Override
    public void counted(final ReplyTo to, final CommandType type, final int count) {
        reply(EffectKind.COUNTED, to, type.code(), count);
    }

    @Override
    public void done(final ReplyTo to) {
        reply(EffectKind.DONE, to, 0, 0);
    }

    @Override
    public void length(final ReplyTo to, final int ready, final int delayed, final int leased, final int parked) {
        reply(EffectKind.LENGTH, to, 0, 0);
        buffer.putInt(at, ready);
        buffer.putInt(at + 4, delayed);
        buffer.putInt(at + 8, leased);
        buffer.putInt(at + 12, parked);
        at += 16;
    }

    @Override
    public void configured(final ReplyTo to, final QueueSettings settings) {
        reply(EffectKind.CONFIGURED, to, 0, settings.deadLetterLength());
        put(settings);
    }

    @Override
    public void described(final ReplyTo to, final QueueSettings settings, final QueueCounts counts) {
        reply(EffectKind.DESCRIBED, to, 0, settings.deadLetterLength());
        put(counts);
        put(settings);
    }

    private void put(final QueueSettings settings) {
        for (final Setting setting : SETTINGS) {
            put(settings.get(setting));
        }
        put(settings.deadLetter(), 0, settings.deadLetterLength());
    }

    private void put(final QueueCounts counts) {
        for (final Count count : COUNTS) {
            put(counts.get(count));
        }
    }

    @Override
    public void beginQueues(final ReplyTo to) {
        reply(EffectKind.BEGIN_QUEUES, to, 0, 0);
    }

    @Override
    public void queue(final DirectBuffer name, final int offset, final int length, final QueueCounts counts) {
        put(EffectKind.QUEUE | (long) length << 32);
        put(counts);
        put(name, offset, length);
    }

    @Override
    public void endQueues(final boolean more) {
        put(EffectKind.END_QUEUES | (more ? 1L << 8 : 0));
    }

    @Override
    public void beginAtomic(final ReplyTo to) {
        reply(EffectKind.BEGIN_ATOMIC, to, 0, 0);
    }

    @Override
    public void endAtomic() {
        put(EffectKind.END_ATOMIC);
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
        reply(EffectKind.REFUSED, to, code.code(), length);
        put(limit);
        put(actual);
        put(step);
        put(name, offset, length);
    }

    @Override
    public void passed(final ReplyTo to) {
        reply(EffectKind.PASSED, to, 0, 0);
    }
}
