package io.gmq.client;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds where text stops being plain: ASCII that stands in a string of JSON as it is. Eight bytes are looked at in one step. Stateless.
 *
 * <p>The tests for "below" and "equal" are those of Sean Anderson's <i>Bit Twiddling Hacks</i>. What they say wrongly lies behind a byte
 * of which they are right, and only the first counts.
 */
final class PlainText {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x80 * EACH;
    private static final long SPACES = ' ' * EACH;
    private static final long QUOTES = '"' * EACH;
    private static final long BACKSLASHES = '\\' * EACH;

    private PlainText() {
    }

    /** The first place in a range with a quote, a backslash, a control character, what is not ASCII, or another character; its end if there is none. */
    static int end(final byte[] bytes, final int from, final int to, final char another) {
        final long others = another * EACH;
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            final long word = (long) WORDS.get(bytes, at);
            final long hits = (word - SPACES | (word ^ QUOTES) - EACH | (word ^ BACKSLASHES) - EACH | (word ^ others) - EACH | word) & HIGH_BITS;
            if (hits != 0) {
                return at + Long.numberOfTrailingZeros(hits) / Byte.SIZE;
            }
        }
        while (at < to && bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\' && bytes[at] != another) {
            at++;
        }
        return at;
    }
}
