package io.gmq.engine.kit;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.Durability;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.RefusalCode;
import io.gmq.engine.api.ReplyTo;

/**
 * Effects as lines that people can read and tests can compare:
 *
 * <pre>
 *   c1#7: published 5+2
 *   c1: messages 5='a' 6='b'/a2/p9
 * </pre>
 *
 * <p>What is usual is left out: no request id, memory, no presentation, first attempt, default priority, no headers.
 */
public final class EffectText {
    private final StringBuilder out = new StringBuilder();
    private final boolean isTimed;

    /** @param isTimed whether messages say when they were published. */
    public EffectText(final boolean isTimed) {
        this.isTimed = isTimed;
    }

    public void clear() {
        out.setLength(0);
    }

    public boolean isEqual(final EffectText other) {
        return CharSequence.compare(out, other.out) == 0;
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
        return out.append(": ");
    }

    public void published(final ReplyTo to, final long first, final int count) {
        line(to).append("published ").append(first).append('+').append(count);
    }

    public void beginMessages(final ReplyTo to) {
        line(to).append("messages");
    }

    public void message(final long id, final int attempt, final int priority, final long publishedMs) {
        out.append(' ').append(id);
        if (attempt != 1) {
            out.append("/a").append(attempt);
        }
        if (priority != Limits.PRIORITY_DEFAULT) {
            out.append("/p").append(priority);
        }
        if (isTimed) {
            out.append("/t").append(publishedMs);
        }
        out.append('=');
    }

    /** A byte of a message's payload or headers. */
    public void octet(final byte value) {
        out.append((char) (value & 0xFF));
    }

    /** What parts a payload from its headers. */
    public void headers() {
        out.append("/h=");
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

    public void length(final ReplyTo to, final int ready, final int delayed, final int leased, final int parked) {
        line(to).append("length ");
        counts(ready, delayed, leased, parked);
    }

    private void counts(final int ready, final int delayed, final int leased, final int parked) {
        out.append('r').append(ready).append(" d").append(delayed).append(" l").append(leased).append(" p").append(parked);
    }

    public void beginQueues(final ReplyTo to) {
        line(to).append("queues");
    }

    public void queue(final String name, final int ready, final int delayed, final int leased, final int parked) {
        out.append(" [").append(name).append(' ');
        counts(ready, delayed, leased, parked);
        out.append(']');
    }

    public void endQueues(final boolean more) {
        out.append(more ? " more" : "");
    }

    public void refused(final ReplyTo to, final RefusalCode code, final String queue, final long limit, final long actual) {
        line(to).append("refused ").append(code.word()).append(' ').append(queue);
        if (limit >= 0 || actual >= 0) {
            out.append(' ').append(actual).append('/').append(limit);
        }
    }

    public void passed(final ReplyTo to) {
        line(to).append("passed");
    }
}
