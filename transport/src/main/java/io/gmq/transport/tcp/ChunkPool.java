package io.gmq.transport.tcp;

import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;

/**
 * Chunks of both lengths that no connection uses at the moment; any thread may take and return. Knows how much memory all chunks take
 * that there are, and whether that is too much: {@link SelectorAgent} then sees to it that there is less.
 */
public final class ChunkPool {
    private final ManyToManyConcurrentArrayQueue<Chunk> idle;
    private final ManyToManyConcurrentArrayQueue<Chunk> idleSmall;
    private final long bytesMax;
    /** Changes only where a chunk is made or freed, not where one is taken or returned. */
    private final AtomicLong bytes = new AtomicLong();

    /**
     * @param kept     chunks of each length kept at most; what is returned beyond is freed.
     * @param bytesMax of all chunks, beyond which {@link #isOver}.
     */
    public ChunkPool(final int kept, final long bytesMax) {
        idle = new ManyToManyConcurrentArrayQueue<>(kept);
        idleSmall = new ManyToManyConcurrentArrayQueue<>(kept);
        this.bytesMax = bytesMax;
    }

    Chunk take() {
        final Chunk chunk = idle.poll();
        return chunk == null ? make(Chunk.LENGTH) : chunk;
    }

    Chunk takeSmall() {
        final Chunk chunk = idleSmall.poll();
        return chunk == null ? make(Chunk.SMALL_LENGTH) : chunk;
    }

    private Chunk make(final int length) {
        bytes.addAndGet(length);
        return new Chunk(length);
    }

    void giveBack(final Chunk chunk) {
        chunk.reset();
        if (!(chunk.length == Chunk.LENGTH ? idle : idleSmall).offer(chunk)) {
            bytes.addAndGet(-chunk.length);
            chunk.free();
        }
    }

    /** Of all chunks that there are. */
    long bytes() {
        return bytes.get();
    }

    long bytesMax() {
        return bytesMax;
    }

    /** Whether clients leave more unread than there is memory for. */
    boolean isOver() {
        return bytes.get() > bytesMax;
    }
}
