package io.gmq.broker.config;

import io.gmq.engine.api.Limits;
import io.gmq.journal.Keep;

/** How much history stays: a word, a size or a duration. A plain number is none, since nobody could tell which of the two it is. */
final class KeepType extends ValueType<Keep> {
    private static final String NONE = "none";
    private static final String ALL = "all";

    KeepType() {
        super(Keep.class);
    }

    @Override
    Keep parse(final Given given) {
        if (!given.isText()) {
            return null;
        }
        return switch (given.text()) {
            case NONE -> Keep.NONE;
            case ALL -> Keep.ALL;
            default -> measured(given.text());
        };
    }

    @Override
    String noun() {
        return "word";
    }

    @Override
    String range() {
        return "none, all, a size like 10GiB, a duration like 7d";
    }

    @Override
    String expected() {
        return "none, all, a size like 10GiB or a duration like 7d (at most " + Units.MS.show(Limits.DURATION_MS_MAX) + ")";
    }

    @Override
    String show(final Keep value) {
        return switch (value.kind()) {
            case NONE -> NONE;
            case ALL -> ALL;
            case AGE -> Units.MS.show(value.amount());
            case BYTES -> withUnit(Units.BYTES.show(value.amount()));
        };
    }

    private static Keep measured(final String text) {
        if (!hasUnit(text)) {
            return null;
        }
        final long bytes = Units.BYTES.parse(text);
        if (bytes > 0) {
            return Keep.bytes(bytes);
        }
        final long ms = Units.MS.parse(text);
        return ms > 0 && ms <= Limits.DURATION_MS_MAX ? Keep.ageMs(ms) : null;
    }

    private static boolean hasUnit(final String text) {
        final String stripped = text.strip();
        return !stripped.isEmpty() && Character.isLetter(stripped.charAt(stripped.length() - 1));
    }

    private static String withUnit(final String shown) {
        return hasUnit(shown) ? shown : shown + "B";
    }
}
