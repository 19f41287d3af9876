package io.gmq.transport.tls;

import java.nio.ByteBuffer;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;
import tlschannel.BufferAllocator;

/**
 * The buffers of records, of which a connection has some only while a record is on its way: those nobody uses at the moment, by
 * length. Any thread may take and return.
 */
final class CipherBuffers implements BufferAllocator {
    /** What tls-channel asks for: it begins with the first and doubles, up to the longest record. */
    private static final int[] LENGTHS = {4096, 8192, 16_384, 17_408};

    private final ManyToManyConcurrentArrayQueue<ByteBuffer>[] idle;

    /** @param kept buffers of each length kept at most; what is returned beyond is left to the collector. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    CipherBuffers(final int kept) {
        idle = new ManyToManyConcurrentArrayQueue[LENGTHS.length];
        for (int i = 0; i < LENGTHS.length; i++) {
            idle[i] = new ManyToManyConcurrentArrayQueue<>(kept);
        }
    }

    @Override
    public ByteBuffer allocate(final int length) {
        final int index = indexOf(length);
        final ByteBuffer buffer = index < 0 ? null : idle[index].poll();
        return buffer == null ? ByteBuffer.allocate(length) : buffer.clear();
    }

    @Override
    public void free(final ByteBuffer buffer) {
        final int index = indexOf(buffer.capacity());
        if (index >= 0) {
            idle[index].offer(buffer);
        }
    }

    private static int indexOf(final int length) {
        for (int i = 0; i < LENGTHS.length; i++) {
            if (LENGTHS[i] == length) {
                return i;
            }
        }
        return -1;
    }
}
