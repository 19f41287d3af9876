package io.gmq.broker.cli;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/**
 * A point in a journal as people name it: a sequence ({@code 4711}), a time ({@code 2026-11-25T19:04:20Z}, or without zone a local one), or
 * how long ago ({@code -10m}). One of the two is {@link #NONE}.
 */
record Moment(long sequence, long timeMs) {
    static final long NONE = -1;

    private static final Pattern SEQUENCE = Pattern.compile("[0-9]{1,18}");
    private static final Pattern AGE = Pattern.compile("-[0-9]+(ms|s|m|h|d)");
    private static final Pattern ZONED = Pattern.compile(".*T.*(Z|[+-][0-9:]+)");

    boolean isTime() {
        return timeMs != NONE;
    }

    /** A sequence, or a time in one of its forms. */
    static Moment parse(final String text, final Clock clock) {
        return SEQUENCE.matcher(text).matches() ? new Moment(Long.parseLong(text), NONE) : new Moment(NONE, time(text, clock));
    }

    /** A time in one of its forms, in milliseconds since 1970. */
    static long time(final String text, final Clock clock) {
        try {
            if (AGE.matcher(text).matches()) {
                return clock.millis() - Durations.parse(text.substring(1)).toMillis();
            }
            final String iso = text.replace(' ', 'T').toUpperCase(Locale.ROOT);
            if (ZONED.matcher(iso).matches()) {
                return OffsetDateTime.parse(iso).toInstant().toEpochMilli();
            }
            final LocalDateTime local = iso.indexOf('T') < 0 ? LocalDate.parse(iso).atStartOfDay() : LocalDateTime.parse(iso);
            final Instant instant = local.atZone(clock.getZone()).toInstant();
            return instant.toEpochMilli();
        } catch (final DateTimeException e) {
            throw new TypeConversionException("'" + text
                + "' is no time; write it like 2026-11-25T19:04:20Z, 2026-11-25T19:04 (local) or -10m (ago)");
        }
    }
}
