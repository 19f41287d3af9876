package io.gmq.broker;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.agrona.concurrent.EpochClock;

/**
 * The broker's time: milliseconds since 1970 that go on as steadily as the machine's own uptime, whatever is done to the wall
 * clock. When somebody sets that an hour forth or back, leases, delays and times to live do not notice.
 *
 * <p>It begins with the wall clock, or with the last time the journal knows, if that is later. From then on it follows the wall
 * clock at a distance: where the two differ it goes a thousandth faster or slower until they agree, which is enough for a clock
 * that drifts, and lets a jump of an hour fade within six weeks. Any thread's.
 */
final class SteadyClock implements EpochClock {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    /** By so much it comes nearer to the wall clock in a second. */
    private static final long SLEW_NS = SECOND_NS / 1000;

    private final EpochClock wall;
    private final LongSupplier uptimeNs;
    private volatile Course course;

    /**
     * @param wall     the clock that people set.
     * @param uptimeNs one that nobody can, in nanoseconds.
     */
    SteadyClock(final EpochClock wall, final LongSupplier uptimeNs) {
        this.wall = wall;
        this.uptimeNs = uptimeNs;
        course = new Course(uptimeNs.getAsLong(), TimeUnit.MILLISECONDS.toNanos(wall.time()), 0);
    }

    /** Goes on from this time, if it is not there yet: what has been recorded must not lie in the future. */
    synchronized void notBefore(final long epochMs) {
        if (time() < epochMs) {
            course = new Course(uptimeNs.getAsLong(), TimeUnit.MILLISECONDS.toNanos(epochMs), 0);
        }
    }

    @Override
    public long time() {
        final long nowNs = uptimeNs.getAsLong();
        final Course its = course;
        return TimeUnit.NANOSECONDS.toMillis(nowNs - its.atNs < SECOND_NS ? its.epochNs(nowNs) : adjust(nowNs));
    }

    private synchronized long adjust(final long nowNs) {
        final long epochNs = course.epochNs(nowNs);
        if (nowNs - course.atNs >= SECOND_NS) {
            final long apartNs = TimeUnit.MILLISECONDS.toNanos(wall.time()) - epochNs;
            course = new Course(nowNs, epochNs, Math.max(-SLEW_NS, Math.min(SLEW_NS, apartNs)));
        }
        return epochNs;
    }

    /** From one moment and its time on, with so much more or less in the first second. */
    private record Course(long atNs, long epochNs, long slewNs) {
        long epochNs(final long nowNs) {
            final long passedNs = nowNs - atNs;
            return epochNs + passedNs + Math.min(passedNs, SECOND_NS) * slewNs / SECOND_NS;
        }
    }
}
