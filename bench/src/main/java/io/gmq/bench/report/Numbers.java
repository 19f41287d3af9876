package io.gmq.bench.report;

import java.util.Locale;

/** Numbers as people read them. */
public final class Numbers {
    private static final long KI = 1024;
    private static final long MI = KI * KI;

    private Numbers() {
    }

    /** Whole, with commas. */
    public static String whole(final double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%,.0f", value) : "-";
    }

    /** With so many decimals. */
    public static String decimals(final double value, final int decimals) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%,." + decimals + "f", value) : "-";
    }

    /** Three digits that say something: {@code 4.21}, {@code 42.1}, {@code 421}, {@code 4,210}. */
    public static String threeDigits(final double value) {
        final double size = Math.abs(value);
        return decimals(value, size < 10 ? 2 : size < 100 ? 1 : 0);
    }

    /** Nanoseconds in the unit that suits: {@code 421 µs}, {@code 4.21 ms}, {@code 1.20 s}. */
    public static String time(final double ns) {
        if (!Double.isFinite(ns)) {
            return "-";
        }
        return ns < 1e6 ? threeDigits(ns / 1e3) + " µs" : ns < 1e9 ? threeDigits(ns / 1e6) + " ms" : threeDigits(ns / 1e9) + " s";
    }

    /** Bytes: {@code 200 B}, {@code 16 KiB}, {@code 1.5 MiB}. */
    public static String bytes(final long bytes) {
        if (bytes < KI || bytes % KI != 0 && bytes < 10 * KI) {
            return whole(bytes) + " B";
        }
        return bytes < MI ? trimmed(bytes / (double) KI) + " KiB" : trimmed(bytes / (double) MI) + " MiB";
    }

    private static String trimmed(final double value) {
        return decimals(value, 1).replaceFirst("\\.0$", "");
    }

    /** A part as {@code 42 %}. */
    public static String percent(final double part) {
        return Double.isFinite(part) ? decimals(part * 100, part < 0.1 ? 1 : 0) + " %" : "-";
    }

    /** {@code 1 queue}, {@code 2 queues}. */
    public static String count(final long count, final String one) {
        return whole(count) + " " + (count == 1 ? one : one + "s");
    }
}
