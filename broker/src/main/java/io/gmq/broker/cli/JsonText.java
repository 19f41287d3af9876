package io.gmq.broker.cli;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.agrona.DirectBuffer;

/** JSON objects out of bytes, one after the other into the same text: fast where they are ASCII, as most are. Reused. */
final class JsonText {
    private final StringBuilder out = new StringBuilder(128 << 10);
    private byte[] bytes = new byte[4096];

    StringBuilder out() {
        return out;
    }

    JsonText begin() {
        out.append('{');
        return this;
    }

    JsonText end() {
        out.append('}');
        return this;
    }

    JsonText name(final String name) {
        comma();
        out.append('"').append(name).append("\":");
        return this;
    }

    JsonText number(final String name, final long value) {
        name(name);
        out.append(value);
        return this;
    }

    JsonText bool(final String name, final boolean value) {
        name(name);
        out.append(value);
        return this;
    }

    /** A word that needs no escapes. */
    JsonText plain(final String name, final String word) {
        name(name);
        out.append('"').append(word).append('"');
        return this;
    }

    JsonText beginArray(final String name) {
        name(name);
        out.append('[');
        return this;
    }

    JsonText endArray() {
        out.append(']');
        return this;
    }

    /** An object as the next element of an array. */
    JsonText beginElement() {
        comma();
        return begin();
    }

    JsonText element(final long value) {
        comma();
        out.append(value);
        return this;
    }

    /** UTF-8. */
    JsonText string(final String name, final DirectBuffer buffer, final int offset, final int length) {
        name(name);
        return string(buffer, offset, length);
    }

    /** {@code text} where it is UTF-8, else {@code payload} in base64. */
    JsonText payload(final DirectBuffer buffer, final int offset, final int length) {
        load(buffer, offset, length);
        if (isPlain(length)) {
            name("text");
            quoted(length);
            return this;
        }
        final byte[] exactly = new byte[length];
        buffer.getBytes(offset, exactly);
        if (Escapes.isUtf8(exactly)) {
            name("text");
            JsonLine.string(out, new String(exactly, StandardCharsets.UTF_8));
        } else {
            plain("payload", Base64.getEncoder().encodeToString(exactly));
        }
        return this;
    }

    /** In the form of {@link io.gmq.engine.api.Headers}. */
    JsonText headers(final DirectBuffer buffer, final int offset, final int length) {
        name("headers");
        out.append('{');
        int at = offset;
        while (at < offset + length) {
            final int nameLength = buffer.getShort(at) & 0xFFFF;
            final int value = at + Short.BYTES + nameLength;
            final int valueLength = buffer.getShort(value) & 0xFFFF;
            comma();
            string(buffer, at + Short.BYTES, nameLength);
            out.append(':');
            string(buffer, value + Short.BYTES, valueLength);
            at = value + Short.BYTES + valueLength;
        }
        out.append('}');
        return this;
    }

    private void comma() {
        final char before = out.charAt(out.length() - 1);
        if (before != '{' && before != '[') {
            out.append(',');
        }
    }

    private JsonText string(final DirectBuffer buffer, final int offset, final int length) {
        load(buffer, offset, length);
        if (isPlain(length)) {
            quoted(length);
        } else {
            JsonLine.string(out, new String(bytes, 0, length, StandardCharsets.UTF_8));
        }
        return this;
    }

    private void load(final DirectBuffer buffer, final int offset, final int length) {
        if (length > bytes.length) {
            bytes = new byte[Math.max(length, 2 * bytes.length)];
        }
        buffer.getBytes(offset, bytes, 0, length);
    }

    private boolean isPlain(final int length) {
        for (int i = 0; i < length; i++) {
            final byte b = bytes[i];
            if (b < 0x20 || b == '"' || b == '\\' || b == 0x7F) {
                return false;
            }
        }
        return true;
    }

    private void quoted(final int length) {
        out.append('"').append(new String(bytes, 0, length, StandardCharsets.ISO_8859_1)).append('"');
    }
}
