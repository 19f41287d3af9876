package io.gmq.broker.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/** Durations as people write them: {@code 100ms}, {@code 5s}, {@code 2m}, {@code 1h}, {@code 1d}. */
final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d{1,10})(ms|s|m|h|d)");

    private Durations() {
    }

    static Duration parse(final String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        final Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException("'" + text + "' is no duration; write it like 5s, 100ms, 2m or 1h");
        }
        final long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    /** The shortest exact form, which {@link #parse} reads back. */
    static String show(final Duration duration) {
        final long ms = duration.toMillis();
        if (ms % 1000 != 0) {
            return ms + "ms";
        }
        final long s = ms / 1000;
        return s == 0 || s % 60 != 0 ? s + "s" : s % 3600 != 0 ? s / 60 + "m" : s / 3600 + "h";
    }

    /** Roughly, as somebody would say it: {@code 850ms}, {@code 12s}, {@code 3m}, {@code 5h}, {@code 2d}. */
    static String about(final long ms) {
        if (ms < 1000) {
            return ms + "ms";
        }
        final long s = ms / 1000;
        return s < 120 ? s + "s" : s < 7200 ? s / 60 + "m" : s < 172_800 ? s / 3600 + "h" : s / 86_400 + "d";
    }
}
