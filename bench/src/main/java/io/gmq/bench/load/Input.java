package io.gmq.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.agrona.concurrent.UnsafeBuffer;

/** Where a thread reads what its sockets have; one after the other. */
final class Input {
    /** Words may be read at the very end. */
    private static final int SPARE_BYTES = 64;

    private final int capacity;
    private final ByteBuffer bytes;
    private final UnsafeBuffer view;

    Input(final int capacity) {
        this.capacity = capacity;
        bytes = ByteBuffer.allocateDirect(capacity + SPARE_BYTES);
        view = new UnsafeBuffer(bytes);
    }

    UnsafeBuffer view() {
        return view;
    }

    /** Reads behind so many bytes that are left of the last time; they are put to the front. Negative at the end of the stream. */
    int read(final ReadableByteChannel channel, final byte[] left, final int leftLength) throws IOException {
        bytes.clear().limit(capacity);
        bytes.put(left, 0, leftLength);
        return channel.read(bytes);
    }

    int capacity() {
        return capacity;
    }
}
