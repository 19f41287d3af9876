package io.gmq.broker.archive;

import java.util.function.DoubleSupplier;

/**
 * How long the follower rests after it has worked, so that the broker does not notice it. Where at most half of the machine is busy it
 * does not rest; where at least nine tenths are, it works a twentieth of the time; and in between in proportion.
 *
 * <pre>
 *   rest as a multiple of the work     0 ──────┐ at 50 % busy     ╱      19 at 90 % and above
 * </pre>
 */
final class FollowerPace {
    private static final double IDLE_ENOUGH = 0.5;
    private static final double BUSY = 0.9;
    private static final double REST_MAX = 19;

    private final DoubleSupplier busyShare;

    /** @param busyShare of all processors that the process may use, since it was asked last: 0 to 1; less where that is not known. */
    FollowerPace(final DoubleSupplier busyShare) {
        this.busyShare = busyShare;
    }

    /** How long to rest from work that took so long, by what the machine does now. */
    long restNs(final long workNs) {
        final double busy = busyShare.getAsDouble();
        final double share = (busy - IDLE_ENOUGH) / (BUSY - IDLE_ENOUGH);
        return (long) (workNs * REST_MAX * Math.max(0, Math.min(1, share)));
    }
}
