package io.gmq.broker.torture;

import java.util.concurrent.TimeUnit;

/**
 * How long to go on: until so much is done, or so much time has passed, whichever comes first.
 *
 * @param count      things to do.
 * @param deadlineNs by {@link System#nanoTime}.
 */
record Budget(long count, long deadlineNs) {
    static Budget of(final long count, final long seconds) {
        return new Budget(count, System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
    }

    boolean hasMore(final long done) {
        return done < count && System.nanoTime() < deadlineNs;
    }
}
