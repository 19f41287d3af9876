package io.gmq.transport.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight bytes at a time in one long ("SIMD within a register"). The tests for a zero byte and for a byte below a bound are
 * from Anderson, "Bit Twiddling Hacks"; they are exact for the lowest byte found, which is the only one used here.
 */
final class Swar {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long LFS = ONES * '\n';
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long SPACES = ONES * ' ';

    private Swar() {
    }

    static long getLong(final byte[] bytes, final int at) {
        return (long) LONG.get(bytes, at);
    }

    static void putLong(final byte[] bytes, final int at, final long value) {
        LONG.set(bytes, at, value);
    }

    /** The first LF, or {@code to} if there is none. */
    static int indexOfLf(final byte[] bytes, final int from, final int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            final long x = getLong(bytes, at) ^ LFS;
            final long found = x - ONES & ~x & HIGHS;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >> 3);
            }
        }
        while (at < to && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    static boolean isAscii(final byte[] bytes, final int from, final int to) {
        int at = from;
        long all = 0;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            all |= getLong(bytes, at);
        }
        for (; at < to; at++) {
            all |= bytes[at];
        }
        return (all & HIGHS) == 0;
    }

    /** The first quote, backslash or control character (below space), or {@code to} if there is none. */
    static int indexOfSpecial(final byte[] bytes, final int from, final int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            final long word = getLong(bytes, at);
            final long quote = word ^ QUOTES;
            final long backslash = word ^ BACKSLASHES;
            final long found = (quote - ONES & ~quote | backslash - ONES & ~backslash | word - SPACES & ~word) & HIGHS;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >> 3);
            }
        }
        while (at < to && bytes[at] != '"' && bytes[at] != '\\' && (bytes[at] & 0xFF) >= ' ') {
            at++;
        }
        return at;
    }
}
