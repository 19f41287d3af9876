package io.gmq.engine.ring;

import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.Durability;
import io.gmq.engine.api.EffectSink;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.RefusalCode;
import io.gmq.engine.api.ReplyTo;
import org.agrona.DirectBuffer;

/** Reads effects in the form of {@link EffectKind} and tells them to a sink: what {@link EffectWriter} wrote, call by call. */
public final class EffectReader {
    private final ReplyTo to = new ReplyTo();
    private final long[] missing = new long[Limits.BATCH_MAX];

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
        final int extra = (int) (first >> 24) & 0xFF;
        final int body = at + EffectKind.REPLY_LENGTH;
        switch ((byte) first) {
            case EffectKind.MESSAGE -> {
                sink.message(buffer.getLong(at + 8), number, (int) (first >> 8) & 0xFF, buffer.getLong(at + 16), buffer.getLong(at + 24));
                return at + EffectKind.MESSAGE_LENGTH;
            }
            case EffectKind.END_MESSAGES -> {
                sink.endMessages();
                return at + EffectKind.END_LENGTH;
            }
            case EffectKind.PUBLISHED -> {
                sink.published(to(buffer, at, first), buffer.getLong(body), number);
                return body + Long.BYTES;
            }
            case EffectKind.BEGIN_MESSAGES -> {
                sink.beginMessages(to(buffer, at, first));
                return body;
            }
            case EffectKind.SETTLED -> {
                final int count = (int) buffer.getLong(body);
                for (int i = 0; i < count; i++) {
                    missing[i] = buffer.getLong(body + Long.BYTES * (i + 1));
                }
                sink.settled(to(buffer, at, first), CommandType.of((byte) extra), number, missing, count);
                return body + Long.BYTES * (count + 1);
            }
            case EffectKind.COUNTS -> {
                sink.length(to(buffer, at, first), buffer.getInt(body), buffer.getInt(body + 4), buffer.getInt(body + 8),
                    buffer.getInt(body + 12));
                return body + 16;
            }
            case EffectKind.BEGIN_QUEUES -> {
                sink.beginQueues(to(buffer, at, first));
                return body;
            }
            case EffectKind.QUEUE -> {
                sink.queue(buffer, at + EffectKind.QUEUE_LENGTH, number, buffer.getInt(at + 8), buffer.getInt(at + 12),
                    buffer.getInt(at + 16), buffer.getInt(at + 20));
                return at + EffectKind.QUEUE_LENGTH + number + 7 & -8;
            }
            case EffectKind.END_QUEUES -> {
                sink.endQueues((first >> 8 & 1) != 0);
                return at + EffectKind.END_LENGTH;
            }
            case EffectKind.REFUSED -> {
                sink.refused(to(buffer, at, first), RefusalCode.of((byte) extra), buffer, body + 16, number, buffer.getLong(body),
                    buffer.getLong(body + 8));
                return body + 16 + number + 7 & -8;
            }
            case EffectKind.PASSED -> {
                sink.passed(to(buffer, at, first));
                return body;
            }
            default -> throw new IllegalStateException("no effect has the code " + (byte) first);
        }
    }

    private ReplyTo to(final DirectBuffer buffer, final int at, final long first) {
        return to.set(buffer.getLong(at + 8), buffer.getLong(at + 16), (int) (first >> 16) & 0xFF, Durability.of((byte) (first >> 8)))
            .promised((int) buffer.getLong(at + 24));
    }
}
