package io.gmq.broker.archive;

import io.gmq.engine.api.Payloads;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.agrona.DirectBuffer;

/** A message's headers as a JSON object, so that a database's functions can look into them. */
final class HeadersJson {
    private HeadersJson() {
    }

    /** The object's text; {@code null} where there are none. See {@link io.gmq.engine.api.Headers} for the bytes. */
    static String of(final Payloads.View view) {
        if (view.headersLength() == 0) {
            return null;
        }
        final DirectBuffer buffer = view.buffer();
        final StringBuilder json = new StringBuilder(view.headersLength() + 16);
        final int end = view.headersOffset() + view.headersLength();
        int at = view.headersOffset();
        boolean isName = true;
        while (at < end) {
            final int length = buffer.getShort(at) & 0xFFFF;
            json.append(!isName ? ":" : json.length() == 0 ? "{" : ",");
            string(json, text(buffer, at + Short.BYTES, length));
            at += Short.BYTES + length;
            isName = !isName;
        }
        return json.append('}').toString();
    }

    private static void string(final StringBuilder json, final String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }

    static String text(final DirectBuffer buffer, final int offset, final int length) {
        return new String(bytes(buffer, offset, length), StandardCharsets.UTF_8);
    }

    static byte[] bytes(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return bytes;
    }
}
