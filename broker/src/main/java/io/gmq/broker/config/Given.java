package io.gmq.broker.config;

/**
 * A value as it was given, before its key says what it means.
 *
 * @param text     the characters, without quotes; for {@link Shape#OTHER} a word for what stands there.
 * @param shape    what JSON took it for.
 * @param source   the file, variable or flag.
 * @param position {@code :line:column} in a file, else empty.
 */
record Given(String text, Shape shape, Source source, String position) {
    private static final int SHOWN_MAX = 60;

    enum Shape {
        STRING,
        NUMBER,
        BOOLEAN,
        /** From a flag or the environment, where everything is text and the key decides. */
        PLAIN,
        /** Null, an object or an array: right for no key. */
        OTHER
    }

    static Given plain(final String text, final Source source) {
        return new Given(text, Shape.PLAIN, source, "");
    }

    /** Whether it asks for the default: the empty string does, as it did in the original. */
    boolean isEmpty() {
        return text.isEmpty();
    }

    boolean isText() {
        return shape == Shape.STRING || shape == Shape.PLAIN;
    }

    boolean isNumberOrText() {
        return shape == Shape.NUMBER || isText();
    }

    String where() {
        return source + position;
    }

    /** The value for an error's line; the caller has made sure that it is no secret. */
    String shown() {
        if (shape == Shape.OTHER) {
            return text;
        }
        return quoted(text);
    }

    /** Any text for an error's line, shortened where it is long. */
    static String quoted(final String text) {
        return "'" + (text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) + "…" : text) + "'";
    }

    /** Only where it stands: the text may be a secret. */
    @Override
    public String toString() {
        return where();
    }
}
