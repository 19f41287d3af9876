package io.gmq.compare.goal;

import java.time.Duration;
import java.util.List;

/**
 * How targets are measured.
 *
 * @param rounds   of each pair.
 * @param warmUp   before each measurement.
 * @param measured of each measurement.
 * @param isQuick  a tenth of everything: to see that it runs.
 * @param sets     settings of the broker, as {@code SECTION.KEY=VALUE}.
 */
public record Setting(int rounds, Duration warmUp, Duration measured, boolean isQuick, List<String> sets) {
    private static final Duration FIRST = Duration.ofSeconds(4);
    private static final int QUICK_PART = 10;

    /** Of a server that has just been started. */
    Duration firstWarmUp() {
        return isQuick ? FIRST.dividedBy(2) : FIRST;
    }

    /** A size that takes long: a tenth of it where it should be quick. */
    int large(final int size) {
        return isQuick ? size / QUICK_PART : size;
    }
}
