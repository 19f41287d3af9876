package io.gmq.engine.kit;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.Count;
import io.gmq.engine.api.Durability;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.QueueCounts;
import io.gmq.engine.api.QueueSettings;
import io.gmq.engine.api.RefusalCode;
import io.gmq.engine.api.ReplyTo;
import io.gmq.engine.api.Setting;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * Effects as lines that people can read and tests can compare:
 *
 * <pre>
 *   c1#7: published 5+2
 *   c1: messages 5=a 6/a2/p9=b
 *   c3: push 1 of q 7=c +162B
 *   c1: described capacity=100 … | length=2 ready=1 leased=1
 * </pre>
 *
 * <p>What is usual is left out: no request id, memory, no presentation, first attempt, default priority, no headers, counts
 * that are zero.
 */
public final class EffectText {
    private static final Count[] COUNTS = Count.values();
    private static final Setting[] SETTINGS = Setting.values();
    /** Of what is longer only the beginning is shown, and a hash of it all. */
    private static final int SHOWN_MAX = 200;

    private final StringBuilder out = new StringBuilder();
    private final boolean isFull;

    /** @param isFull whether messages say when they were published, and lists of queues all counts. */
    public EffectText(final boolean isFull) {
        this.isFull = isFull;
    }

    public void clear() {
        out.setLength(0);
    }

    public boolean isEqual(final EffectText other) {
        return out.compareTo(other.out) == 0;
    }

    /** Whether there is nothing. */
    public boolean isEmpty() {
        return out.length() == 0;
    }

    @Override
    public String toString() {
        return out.toString();
    }

    private StringBuilder line(final ReplyTo to) {
        if (out.length() > 0) {
            out.append('\n');
        }
        out.append('c').append(to.connection());
        if (to.correlation() != CommandHeader.NO_CORRELATION) {
            out.append('#').append(to.correlation());
        }
        if (to.presentation() != 0) {
            out.append("/v").append(to.presentation());
        }
        if (to.level() != Durability.MEMORY) {
            out.append('/').append(to.level().level());
        }
        if (to.promised() != 0) {
            out.append("/promised").append(to.promised());
        }
        return out.append(": ");
    }

    public void published(final ReplyTo to, final long first, final int count) {
        line(to).append("published ").append(count == 0 ? 0 : first).append('+').append(count);
    }

    public void duplicate(final ReplyTo to, final long first, final int count) {
        line(to).append("duplicate");
        if (count != 0) {
            out.append(' ').append(first).append('+').append(count);
        }
    }

    public void beginMessages(final ReplyTo to) {
        line(to).append("messages");
    }

    /** @param bytes holds the payload, and the headers behind it. */
    public void message(
        final long id,
        final int attempt,
        final int priority,
        final long publishedMs,
        final DirectBuffer bytes,
        final int offset,
        final int payloadLength,
        final int headersLength) {
        details(id, attempt, priority, publishedMs);
        body(bytes, offset, payloadLength, headersLength);
    }

    /** @param state of a message that is shown. */
    public void peeked(
        final long id,
        final int attempt,
        final int priority,
        final long publishedMs,
        final DirectBuffer bytes,
        final int offset,
        final int payloadLength,
        final int headersLength,
        final MessageState state,
        final String reason) {
        details(id, attempt, priority, publishedMs);
        out.append('/').append(state.word());
        if (!reason.isEmpty()) {
            out.append('(').append(reason).append(')');
        }
        body(bytes, offset, payloadLength, headersLength);
    }

    private void details(final long id, final int attempt, final int priority, final long publishedMs) {
        out.append(' ').append(id);
        if (attempt != 1) {
            out.append("/a").append(attempt);
        }
        if (priority != Limits.PRIORITY_DEFAULT) {
            out.append("/p").append(priority);
        }
        if (isFull) {
            out.append("/t").append(publishedMs);
        }
    }

    private void body(final DirectBuffer bytes, final int offset, final int payloadLength, final int headersLength) {
        out.append('=');
        octets(bytes, offset, payloadLength);
        if (headersLength > 0) {
            out.append("/h=");
            octets(bytes, offset + payloadLength, headersLength);
        }
    }

    private void octets(final DirectBuffer bytes, final int offset, final int length) {
        final int shown = Math.min(length, SHOWN_MAX);
        for (int i = 0; i < shown; i++) {
            out.append((char) (bytes.getByte(offset + i) & 0xFF));
        }
        if (length > SHOWN_MAX) {
            long hash = 0;
            for (int i = SHOWN_MAX; i < length; i++) {
                hash = hash * 31 + bytes.getByte(offset + i);
            }
            out.append('…').append(length).append('#').append(Long.toHexString(hash));
        }
    }

    public void beginDelivery(final ReplyTo to, final long consumer, final String queue) {
        line(to).append("push ").append(consumer).append(" of ").append(queue);
    }

    public void endDelivery(final long bytes) {
        if (isFull) {
            out.append(" +").append(bytes).append('B');
        }
    }

    public void consuming(final ReplyTo to, final long consumer) {
        line(to).append("consuming ").append(consumer);
    }

    public void consumerEnded(final ReplyTo to, final long consumer) {
        line(to).append("ended ").append(consumer);
    }

    public void settled(final ReplyTo to, final CommandType type, final int count, final long[] missing, final int missingCount) {
        line(to).append(type.operation()).append("ed ").append(count);
        if (missingCount > 0) {
            out.append(" missing");
            for (int i = 0; i < missingCount; i++) {
                out.append(' ').append(missing[i]);
            }
        }
    }

    public void counted(final ReplyTo to, final CommandType type, final int count) {
        line(to).append(type.operation()).append(type == CommandType.PURGE ? "d " : "ed ").append(count);
    }

    public void done(final ReplyTo to) {
        line(to).append("done");
    }

    public void length(final ReplyTo to, final int ready, final int delayed, final int leased, final int parked) {
        line(to).append("length ");
        states(ready, delayed, leased, parked);
    }

    private void states(final long ready, final long delayed, final long leased, final long parked) {
        out.append('r').append(ready).append(" d").append(delayed).append(" l").append(leased).append(" p").append(parked);
    }

    public void configured(final ReplyTo to, final QueueSettings settings) {
        line(to).append("configured");
        settings(settings);
    }

    public void described(final ReplyTo to, final QueueSettings settings, final QueueCounts counts) {
        line(to).append("described");
        settings(settings);
        out.append(" |");
        counts(counts);
    }

    private void settings(final QueueSettings settings) {
        for (final Setting setting : SETTINGS) {
            out.append(' ').append(setting.word()).append('=').append(settings.get(setting));
        }
        if (settings.deadLetterLength() > 0) {
            out.append(" dead_letter=").append(string(settings.deadLetter(), 0, settings.deadLetterLength()));
        }
    }

    private void counts(final QueueCounts counts) {
        for (final Count count : COUNTS) {
            final long value = counts.get(count);
            if (value != (count == Count.OLDEST_READY_MS ? Count.NONE : 0)) {
                out.append(' ').append(count.word()).append('=').append(value);
            }
        }
    }

    public void beginQueues(final ReplyTo to) {
        line(to).append("queues");
    }

    public void queue(final String name, final QueueCounts counts) {
        out.append(" [").append(name).append(' ');
        states(counts.get(Count.READY), counts.get(Count.DELAYED), counts.get(Count.LEASED), counts.get(Count.PARKED));
        if (isFull) {
            counts(counts);
        }
        out.append(']');
    }

    public void endQueues(final boolean more) {
        out.append(more ? " more" : "");
    }

    public void beginAtomic(final ReplyTo to) {
        line(to).append("atomic");
    }

    public void endAtomic() {
        out.append("\nall");
    }

    /** @param step -1 where it is not one of an atomic request. */
    public void refused(
        final ReplyTo to, final RefusalCode code, final String queue, final long limit, final long actual, final int step) {
        line(to).append("refused ").append(code.word());
        if (!queue.isEmpty()) {
            out.append(' ').append(queue);
        }
        if (limit >= 0 || actual >= 0) {
            out.append(' ').append(actual).append('/').append(limit);
        }
        if (step >= 0) {
            out.append(" step ").append(step);
        }
    }

    public void passed(final ReplyTo to) {
        line(to).append("passed");
    }

    /** UTF-8 as a string. */
    static String string(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
