package io.gmq.bench.report;

/**
 * An axis of a plot.
 *
 * @param title what it shows, with the unit.
 * @param isLog equal distances are equal ratios.
 */
public record Axis(String title, boolean isLog) {
    /** Equal distances are equal differences. */
    public static Axis linear(final String title) {
        return new Axis(title, false);
    }

    /** Equal distances are equal ratios; values must be above 0. */
    public static Axis log(final String title) {
        return new Axis(title, true);
    }
}
