package io.gmq.broker.auth;

/** Text of clients and files, as it may stand in a line of a log or a terminal: short, and without characters that play tricks there. */
final class Shown {
    private static final int LENGTH_MAX = 64;

    private Shown() {
    }

    static String text(final String text) {
        final StringBuilder shown = new StringBuilder();
        text.codePoints().limit(LENGTH_MAX).forEach(c -> append(shown, c));
        return text.codePointCount(0, text.length()) > LENGTH_MAX ? shown.append('…').toString() : shown.toString();
    }

    private static void append(final StringBuilder shown, final int codePoint) {
        final int type = Character.getType(codePoint);
        final boolean isPlain = type != Character.CONTROL && type != Character.FORMAT && type != Character.SURROGATE
            && type != Character.LINE_SEPARATOR && type != Character.PARAGRAPH_SEPARATOR && type != Character.UNASSIGNED && codePoint != '\'';
        if (isPlain) {
            shown.appendCodePoint(codePoint);
        } else {
            shown.append(String.format("\\u%04x", codePoint));
        }
    }
}
