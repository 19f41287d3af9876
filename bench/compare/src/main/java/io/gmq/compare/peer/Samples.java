package io.gmq.compare.peer;

import java.util.Arrays;

/** Durations of single operations, one after the other, in nanoseconds. */
public final class Samples {
    private long[] values = new long[1 << 12];
    private int count;
    private boolean sorted;

    public void add(final long ns) {
        if (count == values.length) {
            values = Arrays.copyOf(values, count * 2);
        }
        values[count++] = ns;
        sorted = false;
    }

    public int count() {
        return count;
    }

    /** All of them together. */
    public long sumNs() {
        return Arrays.stream(values, 0, count).sum();
    }

    /** The duration that so many per cent of them do not exceed. */
    public long percentileNs(final double percentile) {
        if (count == 0) {
            throw new IllegalStateException("no samples");
        }
        if (!sorted) {
            Arrays.sort(values, 0, count);
            sorted = true;
        }
        return values[(int) Math.max(0, Math.ceil(percentile / 100 * count) - 1)];
    }
}
