package io.gmq.bench.load;

import java.time.Duration;

/**
 * How fast and how long.
 *
 * @param perSecond messages that are due in a second, from all producers together (open loop); 0 is as fast as the window lets them
 *                  (closed loop).
 * @param warmup    time before anything counts.
 * @param duration  time that counts.
 * @param messages  in place of a duration: messages that count; 0 is none.
 */
public record Pace(double perSecond, Duration warmup, Duration duration, long messages) {
    /** As fast as it goes. */
    public static Pace closed(final Duration warmup, final Duration duration) {
        return new Pace(0, warmup, duration, 0);
    }

    /** On a schedule. */
    public static Pace open(final double perSecond, final Duration warmup, final Duration duration) {
        return new Pace(perSecond, warmup, duration, 0);
    }

    boolean isOpenLoop() {
        return perSecond > 0;
    }
}
