package io.gmq.transport.ingress;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * So many requests a second, over all connections of a user; what was not used within the last second may come at once. Any thread's.
 *
 * <p>Keeps one number: the time at which all that was let in so far would have come at an even pace (the generic cell rate algorithm,
 * ITU-T I.371).
 */
final class Rate {
    private static final long BURST_NS = TimeUnit.SECONDS.toNanos(1);

    private final long perSecond;
    private final long stepNs;
    private final AtomicLong dueNs = new AtomicLong();

    /** @param perSecond 1 to a thousand million. */
    Rate(final long perSecond) {
        this.perSecond = perSecond;
        stepNs = Math.max(1, TimeUnit.SECONDS.toNanos(1) / perSecond);
    }

    long perSecond() {
        return perSecond;
    }

    /** Lets one more request in, and returns 0; or says for how many milliseconds there is no room. */
    long tryTake(final long nowMs) {
        final long nowNs = TimeUnit.MILLISECONDS.toNanos(nowMs);
        long due = dueNs.get();
        while (true) {
            final long next = Math.max(due, nowNs) + stepNs;
            final long tooEarlyNs = next - nowNs - BURST_NS;
            if (tooEarlyNs > 0) {
                return 1 + TimeUnit.NANOSECONDS.toMillis(tooEarlyNs);
            }
            final long seen = dueNs.compareAndExchange(due, next);
            if (seen == due) {
                return 0;
            }
            due = seen;
        }
    }
}
