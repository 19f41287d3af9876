package io.gmq.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes of JSON on their way out: a growing array that requests are appended to. Knows strings, numbers and base64, nothing of
 * the protocol. Owned by whoever holds it; the connection keeps two and swaps them.
 */
final class JsonBuffer {
    private static final byte[] HEX = ascii("0123456789abcdef");
    private static final byte[] BASE64 = ascii("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    private static final byte[] LONG_MIN = ascii("-9223372036854775808");
    private static final int LENGTH_MAX = Integer.MAX_VALUE - 64;

    private byte[] bytes;
    private int length;

    JsonBuffer(final int capacity) {
        bytes = new byte[capacity];
    }

    static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    int capacity() {
        return bytes.length;
    }

    /** Drops everything from {@code length} on. */
    void truncate(final int length) {
        this.length = length;
    }

    JsonBuffer raw(final byte[] source) {
        return raw(source, 0, source.length);
    }

    private JsonBuffer raw(final byte[] source, final int from, final int count) {
        ensure(count);
        System.arraycopy(source, from, bytes, length, count);
        length += count;
        return this;
    }

    JsonBuffer raw(final char ascii) {
        ensure(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    JsonBuffer number(final long value) {
        if (value == Long.MIN_VALUE) {
            return raw(LONG_MIN);
        }
        ensure(20);
        long rest = value;
        if (rest < 0) {
            bytes[length++] = '-';
            rest = -rest;
        }
        int at = length + digits(rest);
        length = at;
        do {
            final long quotient = rest / 10;
            bytes[--at] = (byte) ('0' + (rest - quotient * 10));
            rest = quotient;
        } while (rest != 0);
        return this;
    }

    private static int digits(final long value) {
        int digits = 1;
        for (long bound = 10; value >= bound; bound *= 10) {
            if (++digits == 19) {
                break;
            }
        }
        return digits;
    }

    /**
     * A string with its quotes, in UTF-8.
     *
     * @throws IllegalArgumentException at a surrogate that stands alone: no UTF-8 can say it.
     */
    JsonBuffer string(final String text) {
        raw('"');
        // One byte for each character, up to the first that is not ASCII, where the rest is written one by one. A question mark may stand
        // for half a surrogate pair.
        final byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int at = 0;
        while (at < utf8.length) {
            final int special = PlainText.end(utf8, at, utf8.length, '?');
            raw(utf8, at, special - at);
            at = special;
            if (at < utf8.length) {
                final char c = text.charAt(at++);
                if (c >= 0x80) {
                    stringSlowly(text, at - 1);
                    break;
                }
                ensure(6);
                escaped(c);
            }
        }
        return raw('"');
    }

    private void stringSlowly(final String text, final int start) {
        final int chars = text.length();
        for (int i = start; i < chars; i++) {
            ensure(6);
            final char c = text.charAt(i);
            if (c < 0x80) {
                escaped(c);
            } else if (c < 0x800) {
                bytes[length++] = (byte) (0xC0 | c >> 6);
                continuation(c);
            } else if (!Character.isSurrogate(c)) {
                bytes[length++] = (byte) (0xE0 | c >> 12);
                continuation(c >> 6);
                continuation(c);
            } else if (Character.isHighSurrogate(c) && i + 1 < chars && Character.isLowSurrogate(text.charAt(i + 1))) {
                final int point = Character.toCodePoint(c, text.charAt(++i));
                bytes[length++] = (byte) (0xF0 | point >> 18);
                continuation(point >> 12);
                continuation(point >> 6);
                continuation(point);
            } else {
                throw new IllegalArgumentException("text has half a surrogate pair at index " + i + "; publish bytes instead");
            }
        }
    }

    private void continuation(final int bits) {
        bytes[length++] = (byte) (0x80 | bits & 0x3F);
    }

    private void escaped(final char c) {
        if (c == '"' || c == '\\') {
            bytes[length++] = '\\';
            bytes[length++] = (byte) c;
        } else if (c >= 0x20) {
            bytes[length++] = (byte) c;
        } else {
            bytes[length++] = '\\';
            bytes[length++] = 'u';
            bytes[length++] = '0';
            bytes[length++] = '0';
            bytes[length++] = HEX[c >> 4];
            bytes[length++] = HEX[c & 0xF];
        }
    }

    /** Bytes as a string of base64 with its quotes (RFC 4648 section 4, padded). */
    JsonBuffer base64(final byte[] source) {
        ensure(2 + (source.length + 2L) / 3 * 4);
        final byte[] target = bytes;
        int at = length;
        target[at++] = '"';
        final int whole = source.length / 3 * 3;
        for (int i = 0; i < whole; i += 3) {
            final int bits = (source[i] & 0xFF) << 16 | (source[i + 1] & 0xFF) << 8 | source[i + 2] & 0xFF;
            target[at++] = BASE64[bits >> 18];
            target[at++] = BASE64[bits >> 12 & 0x3F];
            target[at++] = BASE64[bits >> 6 & 0x3F];
            target[at++] = BASE64[bits & 0x3F];
        }
        final int rest = source.length - whole;
        if (rest > 0) {
            final int bits = (source[whole] & 0xFF) << 16 | (rest == 2 ? (source[whole + 1] & 0xFF) << 8 : 0);
            target[at++] = BASE64[bits >> 18];
            target[at++] = BASE64[bits >> 12 & 0x3F];
            target[at++] = rest == 2 ? BASE64[bits >> 6 & 0x3F] : (byte) '=';
            target[at++] = '=';
        }
        target[at++] = '"';
        length = at;
        return this;
    }

    private void ensure(final long more) {
        final long needed = length + more;
        if (needed > bytes.length) {
            if (needed > LENGTH_MAX) {
                throw new IllegalArgumentException("a request cannot be longer than " + LENGTH_MAX + " bytes");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(LENGTH_MAX, Math.max(needed, bytes.length * 2L)));
        }
    }
}
