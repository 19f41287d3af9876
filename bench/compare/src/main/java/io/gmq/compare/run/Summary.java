package io.gmq.compare.run;

import java.util.List;

/**
 * Figures of several rounds.
 *
 * @param median the middle one, or the mean of the two in the middle.
 */
public record Summary(double median, double min, double max, int count) {
    /** Of at least one value. */
    public static Summary of(final List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no values");
        }
        final double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        final int middle = sorted.length / 2;
        final double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Summary(median, sorted[0], sorted[sorted.length - 1], sorted.length);
    }
}
