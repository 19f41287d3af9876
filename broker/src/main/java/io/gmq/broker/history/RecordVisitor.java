package io.gmq.broker.history;

import org.agrona.DirectBuffer;

/** Is shown the records of a journal, one after the other. */
@FunctionalInterface
public interface RecordVisitor {
    /**
     * One record.
     *
     * @param timeMs when it took place, milliseconds since 1970; like the engine's time it never goes back.
     * @param buffer holds it during the call only.
     * @return whether to go on; if not, no more are shown.
     */
    boolean visit(long sequence, long timeMs, DirectBuffer buffer, int offset, int length);
}
