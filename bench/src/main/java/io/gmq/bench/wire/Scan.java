package io.gmq.bench.wire;

import io.gmq.bench.load.LoadException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Looks at eight bytes at a time in one long ("SIMD within a register"). The test for a zero byte is from Anderson, "Bit Twiddling
 * Hacks"; it is exact for the lowest one found, which is the only one used here.
 */
public final class Scan {
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long LFS = ONES * '\n';
    private static final int SHOWN_BYTES = 500;

    private Scan() {
    }

    /** Eight ASCII characters as the word that they are in a buffer. */
    public static long word(final String eight) {
        return new UnsafeBuffer(ascii(eight)).getLong(0, ByteOrder.LITTLE_ENDIAN);
    }

    /** Eight bytes of a buffer. */
    public static long word(final DirectBuffer in, final int at) {
        return in.getLong(at, ByteOrder.LITTLE_ENDIAN);
    }

    /** Bytes of ASCII text. */
    public static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The first LF, or {@code to} if there is none. */
    public static int indexOfLf(final DirectBuffer in, final int from, final int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            final long x = word(in, at) ^ LFS;
            final long found = x - ONES & ~x & HIGHS;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >> 3);
            }
        }
        while (at < to && in.getByte(at) != '\n') {
            at++;
        }
        return at;
    }

    /** A number of digits that ends before {@code to} or at the first other byte. */
    public static long number(final DirectBuffer in, final int from, final int to) {
        long value = 0;
        for (int at = from; at < to; at++) {
            final int digit = in.getByte(at) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** What is there instead of what was expected; a reply that says no says it best itself. */
    public static LoadException unexpected(final String what, final DirectBuffer in, final int from, final int to) {
        final int end = Math.min(indexOfLf(in, from, to), from + SHOWN_BYTES);
        return new LoadException(what + ": " + in.getStringWithoutLengthAscii(from, end - from).strip());
    }
}
