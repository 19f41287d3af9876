package io.gmq.engine.ring;

import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.Count;
import io.gmq.engine.api.Durability;
import io.gmq.engine.api.EffectSink;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.QueueCounts;
import io.gmq.engine.api.QueueSettings;
import io.gmq.engine.api.RefusalCode;
import io.gmq.engine.api.ReplyTo;
import io.gmq.engine.api.Setting;
import org.agrona.DirectBuffer;

/** Reads effects in the form of {@link EffectKind} and tells them to a sink: what {@link EffectWriter} wrote, call by call. */
public final class EffectReader {
    private static final Count[] COUNTS = Count.values();
    private static final Setting[] SETTINGS = Setting.values();
    private static final int SETTINGS_LENGTH = SETTINGS.length * Long.BYTES;
    private static final int COUNTS_LENGTH = COUNTS.length * Long.BYTES;

    private final ReplyTo to = new ReplyTo();
    private final long[] missing = new long[Limits.BATCH_MAX];
    private final QueueSettings settings = new QueueSettings();
    private final QueueCounts counts = new QueueCounts();

    /** @throws IllegalStateException if the bytes are no effects: a fault of this process. */
    public void read(final DirectBuffer buffer, final int offset, final int length, final EffectSink sink) {
        int at = offset;
        while (at < offset + length) {
            at = readOne(buffer, at, sink);
        }
    }

    private int readOne(final DirectBuffer buffer, final int at, final EffectSink sink) {
        final long first = buffer.getLong(at);
        final int number = (int) (first >> 32);
        switch ((byte) first) {
            case EffectKind.MESSAGE -> {
                sink.message(buffer.getLong(at + 8), number, (int) (first >> 8) & 0xFF, buffer.getLong(at + 16));
                return at + EffectKind.MESSAGE_LENGTH;
            }
            case EffectKind.PEEKED -> {
                sink.peeked(buffer.getLong(at + 8), number, (int) (first >> 8) & 0xFF, buffer.getLong(at + 16),
                    MessageState.of((byte) (first >> 16)), buffer.getLong(at + 24));
                return at + EffectKind.PEEKED_LENGTH;
            }
            case EffectKind.END_MESSAGES -> {
                sink.endMessages();
                return at + EffectKind.END_LENGTH;
            }
            case EffectKind.END_DELIVERY -> {
                sink.endDelivery(buffer.getLong(at + 8));
                return at + EffectKind.END_LENGTH + Long.BYTES;
            }
            case EffectKind.QUEUE -> {
                final int name = readCounts(buffer, at + EffectKind.QUEUE_PREFIX_LENGTH);
                sink.queue(buffer, name, number, counts);
                return EffectKind.align(name + number);
            }
            case EffectKind.END_QUEUES -> {
                sink.endQueues((first >> 8 & 1) != 0);
                return at + EffectKind.END_LENGTH;
            }
            case EffectKind.END_ATOMIC -> {
                sink.endAtomic();
                return at + EffectKind.END_LENGTH;
            }
            default -> {
                to.set(buffer.getLong(at + 8), buffer.getLong(at + 16), (int) (first >> 16) & 0xFF, Durability.of((byte) (first >> 8)))
                    .promised((int) buffer.getLong(at + 24));
                return readReply(buffer, at + EffectKind.REPLY_LENGTH, (byte) first, (byte) (first >> 24), number, sink);
            }
        }
    }

    private int readReply(
        final DirectBuffer buffer, final int body, final byte kind, final byte extra, final int number, final EffectSink sink) {
        switch (kind) {
            case EffectKind.PUBLISHED -> {
                sink.published(to, buffer.getLong(body), number);
                return body + Long.BYTES;
            }
            case EffectKind.DUPLICATE -> {
                sink.duplicate(to, buffer.getLong(body), number);
                return body + Long.BYTES;
            }
            case EffectKind.BEGIN_MESSAGES -> sink.beginMessages(to);
            case EffectKind.BEGIN_DELIVERY -> {
                sink.beginDelivery(to, buffer.getLong(body), buffer, body + Long.BYTES, number);
                return EffectKind.align(body + Long.BYTES + number);
            }
            case EffectKind.CONSUMING -> {
                sink.consuming(to, buffer.getLong(body));
                return body + Long.BYTES;
            }
            case EffectKind.CONSUMER_ENDED -> {
                sink.consumerEnded(to, buffer.getLong(body));
                return body + Long.BYTES;
            }
            case EffectKind.SETTLED -> {
                final int count = (int) buffer.getLong(body);
                for (int i = 0; i < count; i++) {
                    missing[i] = buffer.getLong(body + Long.BYTES * (i + 1));
                }
                sink.settled(to, CommandType.of(extra), number, missing, count);
                return body + Long.BYTES * (count + 1);
            }
            case EffectKind.COUNTED -> sink.counted(to, CommandType.of(extra), number);
            case EffectKind.DONE -> sink.done(to);
            case EffectKind.LENGTH -> {
                sink.length(to, buffer.getInt(body), buffer.getInt(body + 4), buffer.getInt(body + 8), buffer.getInt(body + 12));
                return body + 16;
            }
            case EffectKind.CONFIGURED -> {
                final int end = readSettings(buffer, body, number);
                sink.configured(to, settings);
                return end;
            }
            case EffectKind.DESCRIBED -> {
                final int end = readSettings(buffer, readCounts(buffer, body), number);
                sink.described(to, settings, counts);
                return end;
            }
            case EffectKind.BEGIN_QUEUES -> sink.beginQueues(to);
            case EffectKind.BEGIN_ATOMIC -> sink.beginAtomic(to);
            case EffectKind.REFUSED -> {
                final int name = body + 3 * Long.BYTES;
                sink.refused(to, RefusalCode.of(extra), buffer, name, number, buffer.getLong(body), buffer.getLong(body + 8),
                    (int) buffer.getLong(body + 16));
                return EffectKind.align(name + number);
            }
            case EffectKind.PASSED -> sink.passed(to);
            default -> throw new IllegalStateException("no effect has the code " + kind);
        }
        return body;
    }

    private int readCounts(final DirectBuffer buffer, final int at) {
        for (final Count count : COUNTS) {
            counts.set(count, buffer.getLong(at + count.ordinal() * Long.BYTES));
        }
        return at + COUNTS_LENGTH;
    }

    private int readSettings(final DirectBuffer buffer, final int at, final int deadLetterLength) {
        for (final Setting setting : SETTINGS) {
            settings.set(setting, buffer.getLong(at + setting.ordinal() * Long.BYTES));
        }
        settings.deadLetter(buffer, at + SETTINGS_LENGTH, deadLetterLength);
        return EffectKind.align(at + SETTINGS_LENGTH + deadLetterLength);
    }
}
