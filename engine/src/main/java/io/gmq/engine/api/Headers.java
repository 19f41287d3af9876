package io.gmq.engine.api;

/**
 * A message's headers as bytes: pairs, one after the other, in the order in which they were given.
 *
 * <pre>
 *   u16 nameLength | name | u16 valueLength | value | …
 * </pre>
 *
 * <p>Names and values are UTF-8. The engine stores the bytes and does not read them.
 */
public final class Headers {
    /** The longest a message's headers can be in this form. */
    public static final int ENCODED_LENGTH_MAX = Limits.HEADERS_LENGTH_MAX + Limits.HEADERS_MAX * 2 * Short.BYTES;
    /** The most that becoming a dead letter can add: three names and their values, of which the longest is the name of a queue. */
    public static final int DEAD_LETTER_LENGTH_MAX = 512;

    private Headers() {
    }
}
