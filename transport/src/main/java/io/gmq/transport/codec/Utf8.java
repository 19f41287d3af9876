package io.gmq.transport.codec;

/** Strict UTF-8 (RFC 3629): no overlong form, no surrogate, nothing above U+10FFFF, nothing cut short. */
final class Utf8 {
    private Utf8() {
    }

    static boolean isValid(final byte[] bytes, final int from, final int to) {
        int at = from;
        while (at < to) {
            if (at <= to - Long.BYTES && (Swar.getLong(bytes, at) & 0x8080808080808080L) == 0) {
                at += Long.BYTES;
                continue;
            }
            final int length = sequenceLength(bytes, at, to);
            if (length == 0) {
                return false;
            }
            at += length;
        }
        return true;
    }

    /** The bytes of the code point that starts here, 0 if none does. */
    private static int sequenceLength(final byte[] bytes, final int at, final int to) {
        final int first = bytes[at] & 0xFF;
        if (first < 0x80) {
            return 1;
        }
        if (first < 0xC2 || first > 0xF4) {
            return 0;
        }
        final int length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (at + length > to) {
            return 0;
        }
        final int second = bytes[at + 1] & 0xFF;
        final int low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        final int high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (second < low || second > high) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    /** Writes a code point and returns the place behind it. */
    static int put(final byte[] bytes, final int at, final int codePoint) {
        if (codePoint < 0x80) {
            bytes[at] = (byte) codePoint;
            return at + 1;
        }
        if (codePoint < 0x800) {
            bytes[at] = (byte) (0xC0 | codePoint >> 6);
            bytes[at + 1] = (byte) (0x80 | codePoint & 0x3F);
            return at + 2;
        }
        if (codePoint < 0x10000) {
            bytes[at] = (byte) (0xE0 | codePoint >> 12);
            bytes[at + 1] = (byte) (0x80 | codePoint >> 6 & 0x3F);
            bytes[at + 2] = (byte) (0x80 | codePoint & 0x3F);
            return at + 3;
        }
        bytes[at] = (byte) (0xF0 | codePoint >> 18);
        bytes[at + 1] = (byte) (0x80 | codePoint >> 12 & 0x3F);
        bytes[at + 2] = (byte) (0x80 | codePoint >> 6 & 0x3F);
        bytes[at + 3] = (byte) (0x80 | codePoint & 0x3F);
        return at + 4;
    }

    /** Whether valid UTF-8 holds a control character (general category Cc). */
    static boolean hasControl(final byte[] bytes, final int from, final int to) {
        for (int at = from; at < to; at++) {
            final int b = bytes[at] & 0xFF;
            if (b < 0x20 || b == 0x7F || b == 0xC2 && (bytes[at + 1] & 0xFF) < 0xA0) {
                return true;
            }
        }
        return false;
    }
}
