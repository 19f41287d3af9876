package io.gmq.transport.tcp;

import java.nio.ByteBuffer;

/** A piece of an outbound queue: one writer, one reader, each with its own view of the same memory. */
final class Chunk {
    static final int LENGTH = 16 * 1024;

    final ByteBuffer writerView = ByteBuffer.allocateDirect(LENGTH);
    final ByteBuffer readerView = writerView.duplicate();
    Chunk next;

    void reset() {
        next = null;
        readerView.clear();
    }
}
