package io.gmq.transport.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Eight bytes at a time in one long ("SIMD within a register"). The tests for a zero byte and for a byte below a bound are
 * from Anderson, "Bit Twiddling Hacks"; they are exact for the lowest byte found, which is the only one used here.
 *
 * <p>Searches go on 32 bytes at a time while a coarser test finds nothing there, one that also finds some bytes above 127. Where
 * strings may be long, whole blocks are asked whether there is anything in them: the compiler makes that twice as fast as a loop that may
 * end anywhere.
 */
final class Swar {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int STRIDE = 4 * Long.BYTES;
    private static final int BLOCK = 1024;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long LFS = ONES * '\n';
    private static final long BACKSLASHES = ONES * '\\';
    /** The bit in which a quote differs from a space. With it turned, a quote is a space, and control characters stay below that. */
    private static final long QUOTE_BITS = ONES * ('"' ^ ' ');
    private static final long ABOVE_SPACE = ONES * (' ' + 1);

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
        while (at <= to - STRIDE && ((belowLf(bytes, at) | belowLf(bytes, at + 8) | belowLf(bytes, at + 16) | belowLf(bytes, at + 24)) & HIGHS) == 0) {
            at += STRIDE;
        }
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

    /** The same outside of an array. */
    static int indexOfLf(final DirectBuffer bytes, final int from, final int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            final long x = bytes.getLong(at, ByteOrder.LITTLE_ENDIAN) ^ LFS;
            final long found = x - ONES & ~x & HIGHS;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >> 3);
            }
        }
        while (at < to && bytes.getByte(at) != '\n') {
            at++;
        }
        return at;
    }

    private static long belowLf(final byte[] bytes, final int at) {
        return (getLong(bytes, at) ^ LFS) - ONES;
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

    /** Whether all is ASCII and none of it a quote, a backslash or a control character: what stands in JSON as it is. */
    static boolean isPlain(final byte[] bytes, final int from, final int to) {
        int at = from;
        long all = 0;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            all |= special(bytes, at) | getLong(bytes, at);
        }
        for (; at < to; at++) {
            all |= isSpecial(bytes[at]) ? HIGHS : bytes[at];
        }
        return (all & HIGHS) == 0;
    }

    /** The first quote, backslash or control character (below space), or {@code to} if there is none. */
    static int indexOfSpecial(final byte[] bytes, final int from, final int to) {
        int at = from;
        while (at <= to - STRIDE && ((special(bytes, at) | special(bytes, at + 8) | special(bytes, at + 16) | special(bytes, at + 24)) & HIGHS) == 0) {
            at += STRIDE;
        }
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            final long found = special(bytes, at) & ~getLong(bytes, at) & HIGHS;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >> 3);
            }
        }
        while (at < to && !isSpecial(bytes[at])) {
            at++;
        }
        return at;
    }

    /** The same, made for strings that may be long. */
    static int indexOfSpecialFar(final byte[] bytes, final int from, final int to) {
        int at = from;
        while (true) {
            // Closely at first: it may be short all the same.
            final int blockTo = Math.min(to, at + BLOCK);
            at = indexOfSpecial(bytes, at, blockTo);
            if (at < blockTo || at == to) {
                return at;
            }
            while (at <= to - BLOCK && !hasSpecial(bytes, at, at + BLOCK)) {
                at += BLOCK;
            }
        }
    }

    /** Of whole longs. */
    private static boolean hasSpecial(final byte[] bytes, final int from, final int to) {
        long found = 0;
        for (int at = from; at < to; at += Long.BYTES) {
            found |= special(bytes, at) & ~getLong(bytes, at);
        }
        return (found & HIGHS) != 0;
    }

    private static boolean isSpecial(final byte b) {
        return b == '"' || b == '\\' || (b & 0xFF) < ' ';
    }

    private static long special(final byte[] bytes, final int at) {
        final long word = getLong(bytes, at);
        return (word ^ QUOTE_BITS) - ABOVE_SPACE | (word ^ BACKSLASHES) - ONES;
    }
}
