package io.gmq.transport.codec;

import io.gmq.engine.api.Limits;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A short text of a request, in UTF-8: the name of a queue, a topic or a producer, or a reason. Reused from request to request. */
final class Name {
    static final int LENGTH_MAX = Limits.NAME_LENGTH_MAX;

    private final byte[] bytes = new byte[LENGTH_MAX];
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private int length;

    void clear() {
        length = 0;
    }

    void set(final byte[] text, final int from, final int itsLength) {
        System.arraycopy(text, from, bytes, 0, itsLength);
        length = itsLength;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Begins with the name. */
    DirectBuffer buffer() {
        return buffer;
    }

    int length() {
        return length;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
