package io.gmq.broker.cli;

import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/** How fast the past is repeated: so many times as fast as it was; {@link #NONE} for without waiting. */
record Pace(double factor) {
    static final Pace NONE = new Pace(0);

    private static final Pattern TIMES = Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{1,3})?)[x×]");

    static Pace parse(final String text) {
        if (text.equals("none")) {
            return NONE;
        }
        if (text.equals("original")) {
            return new Pace(1);
        }
        final Matcher matcher = TIMES.matcher(text);
        if (!matcher.matches() || Double.parseDouble(matcher.group(1)) == 0) {
            throw new TypeConversionException("'" + text + "' is no pace; there is none, original, and so many times as fast, like 10x or 0.5x");
        }
        return new Pace(Double.parseDouble(matcher.group(1)));
    }

    /** How much later than the first something is to happen that was so much later. */
    long delayNs(final long laterMs) {
        return this.equals(NONE) ? 0 : (long) (TimeUnit.MILLISECONDS.toNanos(laterMs) / factor);
    }
}
