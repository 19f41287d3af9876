package io.gmq.transport.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/** Writes JSON into a growing array, piece by piece; the caller sees to the commas. Reused from frame to frame. */
final class JsonWriter {
    /** Room that the writers of numbers and base64 may use beyond what counts. */
    private static final int SLACK = 32;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DIGIT_PAIRS = digitPairs();

    private byte[] bytes = new byte[16 * 1024];
    private byte[] text = new byte[1024];
    private int at;

    private static byte[] digitPairs() {
        final byte[] pairs = new byte[200];
        for (int i = 0; i < 100; i++) {
            pairs[2 * i] = (byte) ('0' + i / 10);
            pairs[2 * i + 1] = (byte) ('0' + i % 10);
        }
        return pairs;
    }

    void clear() {
        at = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return at;
    }

    static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void ensure(final int more) {
        if (at + more + SLACK > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(at + more + SLACK, bytes.length * 2));
        }
    }

    JsonWriter raw(final byte[] ascii) {
        ensure(ascii.length);
        System.arraycopy(ascii, 0, bytes, at, ascii.length);
        at += ascii.length;
        return this;
    }

    /** A member's name as {@code ,"name":}, without its comma where it is the first behind the brace. */
    JsonWriter member(final byte[] name) {
        ensure(name.length);
        final int skipped = bytes[at - 1] == '{' ? 1 : 0;
        System.arraycopy(name, skipped, bytes, at, name.length - skipped);
        at += name.length - skipped;
        return this;
    }

    /** The name of a member as {@link #member} takes it. */
    static byte[] name(final String word) {
        return ascii(",\"" + word + "\":");
    }

    /** Takes back what was written behind a {@link #length}. */
    void cut(final int length) {
        at = length;
    }

    JsonWriter raw(final char ascii) {
        ensure(1);
        bytes[at++] = (byte) ascii;
        return this;
    }

    JsonWriter number(final long value) {
        ensure(20);
        if (value < 0) {
            // only a mistake could bring one here; it is still written as what it is
            return raw(ascii(Long.toString(value)));
        }
        int digits = 1;
        for (long bound = 10; digits < 19 && value >= bound; bound *= 10) {
            digits++;
        }
        long rest = value;
        int place = at + digits;
        while (rest >= 100) {
            final int pair = (int) (rest % 100) * 2;
            rest /= 100;
            bytes[--place] = DIGIT_PAIRS[pair + 1];
            bytes[--place] = DIGIT_PAIRS[pair];
        }
        if (rest >= 10) {
            bytes[--place] = DIGIT_PAIRS[(int) rest * 2 + 1];
            bytes[--place] = DIGIT_PAIRS[(int) rest * 2];
        } else {
            bytes[--place] = (byte) ('0' + rest);
        }
        at += digits;
        return this;
    }

    JsonWriter string(final String value) {
        final byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        return string(utf8, utf8.length);
    }

    /** A string of UTF-8 bytes. */
    JsonWriter string(final DirectBuffer buffer, final int offset, final int length) {
        return string(copy(buffer, offset, length), length);
    }

    private byte[] copy(final DirectBuffer buffer, final int offset, final int length) {
        if (text.length < length) {
            text = new byte[Math.max(length, text.length * 2)];
        }
        buffer.getBytes(offset, text, 0, length);
        return text;
    }

    private JsonWriter string(final byte[] utf8, final int length) {
        ensure(length + 2);
        bytes[at++] = '"';
        int from = 0;
        while (from < length) {
            final int special = Swar.indexOfSpecial(utf8, from, length);
            ensure(special - from + 6 + 1);
            System.arraycopy(utf8, from, bytes, at, special - from);
            at += special - from;
            if (special < length) {
                escape(utf8[special]);
            }
            from = special + 1;
        }
        ensure(1);
        bytes[at++] = '"';
        return this;
    }

    private void escape(final byte b) {
        bytes[at++] = '\\';
        switch (b) {
            case '"', '\\' -> bytes[at++] = b;
            case '\n' -> bytes[at++] = 'n';
            case '\r' -> bytes[at++] = 'r';
            case '\t' -> bytes[at++] = 't';
            default -> {
                bytes[at++] = 'u';
                bytes[at++] = '0';
                bytes[at++] = '0';
                bytes[at++] = HEX[b >> 4];
                bytes[at++] = HEX[b & 15];
            }
        }
    }

    /** A string of base64. */
    JsonWriter base64(final DirectBuffer buffer, final int offset, final int length) {
        final int encoded = Base64Codec.encodedLength(length);
        ensure(encoded + 2);
        bytes[at++] = '"';
        Base64Codec.encode(buffer, offset, length, bytes, at);
        at += encoded;
        bytes[at++] = '"';
        return this;
    }

    /**
     * A member whose value is a string, if the bytes are UTF-8. They are put where they belong before they are looked at, since most
     * need no escapes.
     *
     * @return whether they are; if not, nothing is written.
     */
    boolean text(final byte[] name, final DirectBuffer buffer, final int offset, final int length) {
        final int start = at;
        ensure(name.length + length + 2);
        member(name);
        final int from = at + 1;
        final int to = from + length;
        buffer.getBytes(offset, bytes, from, length);
        if (!Swar.isPlain(bytes, from, to)) {
            if (!Utf8.isValid(bytes, from, to)) {
                at = start;
                return false;
            }
            if (Swar.indexOfSpecial(bytes, from, to) < to) {
                string(buffer, offset, length);
                return true;
            }
        }
        bytes[at] = '"';
        bytes[to] = '"';
        at = to + 1;
        return true;
    }
}
