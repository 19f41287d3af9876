package io.gmq.bench.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** A histogram of nanoseconds, for one thread. Equal values in a row, as batches make them, are recorded at once. */
final class Latency {
    private static final long HIGHEST_NS = TimeUnit.MINUTES.toNanos(10);
    private static final int DIGITS = 3;

    private final Histogram histogram = new Histogram(HIGHEST_NS, DIGITS);
    private long lastNs;
    private long count;

    void record(final long ns, final int times) {
        if (ns == lastNs) {
            count += times;
            return;
        }
        write();
        lastNs = ns;
        count = times;
    }

    private void write() {
        if (count > 0) {
            histogram.recordValueWithCount(Math.max(0, Math.min(lastNs, HIGHEST_NS)), count);
        }
        count = 0;
    }

    /** All that has been recorded. */
    Histogram histogram() {
        write();
        return histogram;
    }
}
