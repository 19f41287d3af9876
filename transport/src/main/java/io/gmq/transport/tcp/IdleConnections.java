package io.gmq.transport.tcp;

/**
 * Tells connections on which nothing has come or gone for a while. Time is counted in quarters of what is allowed, so that a sign of
 * life costs one write and no look at a clock; a connection is idle when four whole quarters have passed since the last.
 *
 * <p>Belongs to one selector's thread.
 */
final class IdleConnections {
    private static final int QUARTERS = 4;

    private final long quarterMs;
    private long nextMs = Long.MIN_VALUE;
    private int quarter;

    /** @param timeoutMs 0 for never. */
    IdleConnections(final long timeoutMs) {
        quarterMs = timeoutMs == 0 ? 0 : Math.max(1, timeoutMs / QUARTERS);
    }

    /** Whether any can be idle. */
    boolean isOn() {
        return quarterMs > 0;
    }

    /** Something has come from the client or gone to it. */
    void onAlive(final Connection connection) {
        connection.aliveInQuarter = quarter;
    }

    /** Goes on to the next quarter if its time has come; then all are to be looked at. */
    boolean advance(final long nowMs) {
        if (nowMs < nextMs) {
            return false;
        }
        nextMs = nowMs + quarterMs;
        quarter++;
        return true;
    }

    /** Whether it gave no sign of life, and owes none: while the broker has not answered it, it is the broker's turn. */
    boolean isIdle(final Connection connection) {
        return quarter - connection.aliveInQuarter > QUARTERS && connection.isAllAnswered() && !connection.isOwed();
    }
}
