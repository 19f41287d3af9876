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
    private static final int PART = 2;

    /** The same for warming up: once, and shorter. */
    Plan warmUpOnly() {
        return new Plan(1, warmUp, measured.dividedBy(PART), oneInFlight.dividedBy(PART), messageLength, window);
    }
}
