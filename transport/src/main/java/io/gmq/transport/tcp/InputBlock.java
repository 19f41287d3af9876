package io.gmq.transport.tcp;

import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** A piece of what a client has sent of a long frame, outside the heap: filled from the socket, from its position on. */
final class InputBlock {
    final ByteBuffer view;
    final UnsafeBuffer bytes;

    InputBlock(final int length) {
        view = ByteBuffer.allocateDirect(length);
        bytes = new UnsafeBuffer(view);
    }

    int length() {
        return view.capacity();
    }

    /** At once, and not when the collector comes by. Not to be used again. */
    void free() {
        BufferUtil.free(view);
    }
}
