package io.gmq.transport.tls;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;

/**
 * Memory for several records that go to or come from a socket together. There are only so many: whoever gets none moves each record by
 * itself, so that clients who leave records in them cannot make the broker take more. Any thread may take and return.
 */
final class BatchBuffers {
    /** A queue has room for two at least. */
    private static final int QUEUE_MIN = 2;

    private final int length;
    private final int countMax;
    private final AtomicInteger made = new AtomicInteger();
    private final ManyToManyConcurrentArrayQueue<ByteBuffer> idle;

    /**
     * @param length   bytes of each.
     * @param countMax how many there may be.
     */
    BatchBuffers(final int length, final int countMax) {
        this.length = length;
        this.countMax = countMax;
        idle = new ManyToManyConcurrentArrayQueue<>(Math.max(QUEUE_MIN, countMax));
    }

    /** An empty one, outside the heap as sockets want it, or {@code null} if all are in use. */
    ByteBuffer tryTake() {
        final ByteBuffer buffer = idle.poll();
        return buffer == null ? tryMake() : buffer.clear();
    }

    private ByteBuffer tryMake() {
        if (made.get() >= countMax) {
            return null;
        }
        if (made.incrementAndGet() > countMax) {
            made.decrementAndGet();
            return null;
        }
        return ByteBuffer.allocateDirect(length);
    }

    void giveBack(final ByteBuffer buffer) {
        idle.offer(buffer);
    }
}
