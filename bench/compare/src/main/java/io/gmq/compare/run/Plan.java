package io.gmq.compare.run;

import java.time.Duration;
import java.util.Locale;

/**
 * How to measure.
 *
 * @param rounds        how often each subject has its turn.
 * @param warmUp        before each measurement of a rate.
 * @param measured      of a rate.
 * @param oneInFlight   of the latency of one message; half as long to warm up.
 * @param messageLength in bytes.
 * @param window        messages that are not confirmed and settled yet.
 */
public record Plan(int rounds, Duration warmUp, Duration measured, Duration oneInFlight, int messageLength, int window) {
    private static final double MS_PER_S = 1e3;
    private static final double PART_MIN = 0.9;
    private static final double PART_MAX = 1.2;
    private static final double MORE_S = 0.5;
    private static final Duration SHORT = Duration.ofMillis(400);

    /**
     * Sees that a measurement took as long as it was to take.
     *
     * @throws IllegalStateException if not: somebody has stopped what was measured, or the machine.
     */
    static void checkTime(final double seconds, final Duration planned) {
        final double plannedS = planned.toMillis() / MS_PER_S;
        if (seconds < plannedS * PART_MIN || seconds > Math.max(plannedS * PART_MAX, plannedS + MORE_S)) {
            throw new IllegalStateException(String.format(Locale.ROOT, "measured for %.2f s in place of %.2f s; something has held it up",
                seconds, plannedS));
        }
    }

    /** For warming up alone: clients and brokers need as long as they are measured later, the generator a moment. */
    Plan warmUpOfJava() {
        return new Plan(1, warmUp, measured, SHORT, messageLength, window);
    }

    /** For warming up alone. */
    Plan warmUpOfGenerator() {
        return new Plan(1, SHORT, SHORT, SHORT, messageLength, window);
    }
}
