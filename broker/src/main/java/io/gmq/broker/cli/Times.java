package io.gmq.broker.cli;

import java.time.Instant;

/** Times as the commands print them: UTC, to the millisecond, always of the same width. */
final class Times {
    private static final long MS_A_SECOND = 1000;

    private long second = Long.MIN_VALUE;
    private String prefix = "";

    /** Milliseconds since 1970 as {@code 2026-11-25T19:04:20.123Z}. */
    static String iso(final long ms) {
        return new Times().append(new StringBuilder(), ms).toString();
    }

    /** As {@link #iso}, or {@code -} for what never was. */
    static String isoOrNone(final long ms) {
        return ms < 0 ? "-" : iso(ms);
    }

    /** Appends a time; the date is worked out once a second only. */
    StringBuilder append(final StringBuilder text, final long ms) {
        final long its = Math.floorDiv(ms, MS_A_SECOND);
        if (its != second) {
            second = its;
            final String whole = Instant.ofEpochSecond(its).toString();
            prefix = whole.substring(0, whole.length() - 1);
        }
        final int millis = (int) Math.floorMod(ms, MS_A_SECOND);
        return text.append(prefix).append('.').append((char) ('0' + millis / 100)).append((char) ('0' + millis / 10 % 10))
            .append((char) ('0' + millis % 10)).append('Z');
    }
}
