package io.gmq.transport.codec;

import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Base64 with the standard alphabet, padded and canonical (RFC 4648, section 4): the bits that padding leaves over must be
 * zero, so that every sequence of bytes has one spelling. Reads from and writes to the middle of arrays without a copy, which
 * the JDK's codec does not offer.
 */
final class Base64Codec {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final int INVALID = 0xFF000000;
    /** The value of a character, shifted to its place in a group of four; the sign bit is set where it is no character. */
    private static final int[] FIRST = values(18);
    private static final int[] SECOND = values(12);
    private static final int[] THIRD = values(6);
    private static final int[] FOURTH = values(0);
    /** Two characters for twelve bits, the first in the lower byte. */
    private static final short[] PAIRS = pairs();

    private Base64Codec() {
    }

    private static int[] values(final int shift) {
        final int[] values = new int[256];
        Arrays.fill(values, INVALID);
        for (int i = 0; i < ALPHABET.length(); i++) {
            values[ALPHABET.charAt(i)] = i << shift;
        }
        return values;
    }

    private static short[] pairs() {
        final short[] pairs = new short[4096];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = (short) (ALPHABET.charAt(i >> 6) | ALPHABET.charAt(i & 63) << 8);
        }
        return pairs;
    }

    /** The characters that so many bytes become. */
    static int encodedLength(final int length) {
        return (length + 2) / 3 * 4;
    }

    /**
     * Decodes characters up to a closing quote.
     *
     * @return the bytes written, or if the text is not canonical base64, {@code -1 - offset} of what is wrong, from
     *     {@code from} on.
     */
    static int decode(final byte[] in, final int from, final int to, final byte[] out, final int outFrom) {
        int at = from;
        int outAt = outFrom;
        final int wholes = to - 3;
        while (at < wholes) {
            final int group = FIRST[in[at] & 0xFF] | SECOND[in[at + 1] & 0xFF] | THIRD[in[at + 2] & 0xFF] | FOURTH[in[at + 3] & 0xFF];
            if (group < 0) {
                break;
            }
            out[outAt] = (byte) (group >> 16);
            out[outAt + 1] = (byte) (group >> 8);
            out[outAt + 2] = (byte) group;
            outAt += 3;
            at += 4;
        }
        if (at < to && in[at] == '"') {
            return outAt - outFrom;
        }
        return decodeLast(in, at, to, from, out, outAt, outFrom);
    }

    /** A group that ends in padding, or is wrong. */
    private static int decodeLast(
        final byte[] in, final int at, final int to, final int from, final byte[] out, final int outAt, final int outFrom) {
        for (int i = 0; i < 4; i++) {
            final boolean mayBePadding = i == 3 || i == 2 && at + 3 < to && in[at + 3] == '=';
            final boolean isGood = at + i < to && (FIRST[in[at + i] & 0xFF] >= 0 || mayBePadding && in[at + i] == '=');
            if (!isGood) {
                return -1 - (at + i - from);
            }
        }
        if (in[at + 3] != '=') {
            // all four are characters: only possible if the group did not end the text
            return -1 - (at + 3 - from);
        }
        if (at + 4 >= to || in[at + 4] != '"') {
            return -1 - (at + 4 - from);
        }
        final int bits = FIRST[in[at] & 0xFF] | SECOND[in[at + 1] & 0xFF];
        out[outAt] = (byte) (bits >> 16);
        if (in[at + 2] == '=') {
            return (bits & 0xFFFF) != 0 ? -1 - (at + 1 - from) : outAt + 1 - outFrom;
        }
        final int more = bits | THIRD[in[at + 2] & 0xFF];
        out[outAt + 1] = (byte) (more >> 8);
        return (more & 0xFF) != 0 ? -1 - (at + 2 - from) : outAt + 2 - outFrom;
    }

    /** Writes {@link #encodedLength} characters (and may write up to eight bytes more behind them). */
    static void encode(final DirectBuffer in, final int from, final int length, final byte[] out, final int outFrom) {
        int at = from;
        int outAt = outFrom;
        final int last = from + length - Long.BYTES;
        while (at <= last) {
            final long bits = in.getLong(at, ByteOrder.BIG_ENDIAN);
            Swar.putLong(out, outAt, PAIRS[(int) (bits >>> 52)] & 0xFFFFL
                | (PAIRS[(int) (bits >>> 40) & 0xFFF] & 0xFFFFL) << 16
                | (PAIRS[(int) (bits >>> 28) & 0xFFF] & 0xFFFFL) << 32
                | (PAIRS[(int) (bits >>> 16) & 0xFFF] & 0xFFFFL) << 48);
            at += 6;
            outAt += 8;
        }
        final int end = from + length;
        while (at < end) {
            final int left = Math.min(3, end - at);
            final int bits = (in.getByte(at) & 0xFF) << 16
                | (left > 1 ? (in.getByte(at + 1) & 0xFF) << 8 : 0)
                | (left > 2 ? in.getByte(at + 2) & 0xFF : 0);
            final int first = PAIRS[bits >> 12];
            final int second = PAIRS[bits & 0xFFF];
            out[outAt] = (byte) first;
            out[outAt + 1] = (byte) (first >> 8);
            out[outAt + 2] = left > 1 ? (byte) second : (byte) '=';
            out[outAt + 3] = left > 2 ? (byte) (second >> 8) : (byte) '=';
            at += left;
            outAt += 4;
        }
    }
}
