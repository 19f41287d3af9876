package io.gmq.transport.tcp;

import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;

/** Chunks that no connection uses at the moment; any thread may take and return. */
public final class ChunkPool {
    private final ManyToManyConcurrentArrayQueue<Chunk> idle;

    /** @param kept chunks kept at most; what is returned beyond is left to the collector. */
    public ChunkPool(final int kept) {
        idle = new ManyToManyConcurrentArrayQueue<>(kept);
    }

    Chunk take() {
        final Chunk chunk = idle.poll();
        return chunk == null ? new Chunk() : chunk;
    }

    void giveBack(final Chunk chunk) {
        chunk.reset();
        idle.offer(chunk);
    }
}
