package io.gmq.transport.tcp;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts clients that were sent away because a bound on connections was reached, and says so: at once, and then at most every ten
 * seconds, so that a flood of connections is no flood of lines. Belongs to the thread that accepts.
 */
final class RefusedConnections {
    private static final Logger LOG = LoggerFactory.getLogger(RefusedConnections.class);

    private final ConnectionCount count;
    private final Seldom seldom = new Seldom();
    private long refused;
    private long told;

    RefusedConnections(final ConnectionCount count) {
        this.count = count;
    }

    /** One more. */
    void add(final ConnectionCount.Verdict why, final long nowMs) {
        refused++;
        if (!seldom.isTime(nowMs)) {
            return;
        }
        final boolean isOfAddress = why == ConnectionCount.Verdict.TOO_MANY_OF_ADDRESS;
        LOG.warn("refused {} connection{}: there may be {} {} ({})", refused - told, refused - told == 1 ? "" : "s",
            isOfAddress ? count.maxPerAddress() : count.max(), isOfAddress ? "from one address" : "in all",
            isOfAddress ? "network.max_connections_per_address" : "network.max_connections");
        told = refused;
    }

    /** Since the start. */
    long refused() {
        return refused;
    }
}
