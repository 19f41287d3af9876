package io.gmq.transport.tcp;

import java.nio.ByteBuffer;
import org.agrona.BufferUtil;

/** A piece of an outbound queue: one writer, one reader, each with its own view of the same memory. */
final class Chunk {
    static final int LENGTH = 16 * 1024;
    /** Of what a connection holds that has little to say. */
    static final int SMALL_LENGTH = 1024;

    final int length;
    final ByteBuffer writerView;
    final ByteBuffer readerView;
    Chunk next;

    Chunk(final int length) {
        this.length = length;
        writerView = ByteBuffer.allocateDirect(length);
        readerView = writerView.duplicate();
    }

    void reset() {
        next = null;
        readerView.clear();
    }

    /** At once, and not when the collector comes by: a client that reads nothing could have it leave gigabytes. Not to be used again. */
    void free() {
        BufferUtil.free(writerView);
    }
}
