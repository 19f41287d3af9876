package io.gmq.compare.run;

import java.time.Duration;

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
    private static final Duration SHORT = Duration.ofMillis(400);

    /** For warming up alone: clients and brokers need as long as they are measured later, the generator a moment. */
    Plan warmUpOfJava() {
        return new Plan(1, warmUp, measured, SHORT, messageLength, window);
    }

    /** For warming up alone. */
    Plan warmUpOfGenerator() {
        return new Plan(1, SHORT, SHORT, SHORT, messageLength, window);
    }
}
