package io.gmq.broker.config;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The units that a number may be written in, and the number for people again. */
enum Units {
    /** A count: plain numbers only. */
    NONE("an integer", "", List.of()),
    /** Bytes: {@code 64MiB}, {@code 10MB} or plain; upper and lower case alike. */
    BYTES("a size", ", like 64MiB or plain bytes", List.of(
        new Unit("tib", 1L << 40), new Unit("gib", 1L << 30), new Unit("mib", 1L << 20), new Unit("kib", 1L << 10),
        new Unit("tb", 1_000_000_000_000L), new Unit("gb", 1_000_000_000L), new Unit("mb", 1_000_000L), new Unit("kb", 1_000L),
        new Unit("b", 1))),
    /** Milliseconds: {@code 5s}, {@code 100ms} or plain. */
    MS("a duration", ", like 5s, 100ms or plain milliseconds", List.of(
        new Unit("d", 86_400_000L), new Unit("h", 3_600_000L), new Unit("m", 60_000L), new Unit("s", 1_000L), new Unit("ms", 1)));

    /** What is not a number of these units. */
    static final long NONE_SUCH = -1;

    private static final int DIGITS_MAX = 18;
    private static final Pattern FORM = Pattern.compile("([0-9]{1," + DIGITS_MAX + "}) ?([A-Za-z]*)");

    final String noun;
    final String example;
    private final List<Unit> units;

    Units(final String noun, final String example, final List<Unit> units) {
        this.noun = noun;
        this.example = example;
        this.units = units;
    }

    /** The number, or {@link #NONE_SUCH}: no number is negative. */
    long parse(final String text) {
        final Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            return NONE_SUCH;
        }
        final long number = Long.parseLong(matcher.group(1));
        final String suffix = matcher.group(2);
        if (suffix.isEmpty()) {
            return number;
        }
        for (final Unit unit : units) {
            if (unit.suffix.equals(this == BYTES ? suffix.toLowerCase(Locale.ROOT) : suffix)) {
                return number > Long.MAX_VALUE / unit.factor ? NONE_SUCH : number * unit.factor;
            }
        }
        return NONE_SUCH;
    }

    /** The shortest exact form, which {@link #parse} reads back. */
    String show(final long number) {
        for (final Unit unit : units) {
            final boolean binaryOrTime = this == MS || unit.suffix.endsWith("ib");
            if (number > 0 && binaryOrTime && number % unit.factor == 0) {
                return number / unit.factor + unit.shown();
            }
        }
        return Long.toString(number);
    }

    private record Unit(String suffix, long factor) {
        String shown() {
            return suffix.endsWith("ib") ? suffix.substring(0, 1).toUpperCase(Locale.ROOT) + "iB" : suffix;
        }
    }
}
