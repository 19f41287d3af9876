package io.gmq.broker.history;

import io.gmq.engine.api.Payloads;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.DirectBuffer;

/** Copies of what messages carry. */
final class Contents {
    private Contents() {
    }

    static byte[] payload(final Payloads.View view) {
        return bytes(view.buffer(), view.payloadOffset(), view.payloadLength());
    }

    static Map<String, String> headers(final Payloads.View view) {
        return headers(view.buffer(), view.headersOffset(), view.headersLength());
    }

    /** In the order in which they were given; see {@link io.gmq.engine.api.Headers}. */
    static Map<String, String> headers(final DirectBuffer buffer, final int offset, final int length) {
        final Map<String, String> headers = new LinkedHashMap<>();
        int at = offset;
        while (at < offset + length) {
            final int nameLength = buffer.getShort(at) & 0xFFFF;
            final int value = at + Short.BYTES + nameLength;
            final int valueLength = buffer.getShort(value) & 0xFFFF;
            headers.put(text(buffer, at + Short.BYTES, nameLength), text(buffer, value + Short.BYTES, valueLength));
            at = value + Short.BYTES + valueLength;
        }
        return headers;
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
