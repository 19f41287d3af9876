package io.gmq.transport.tcp;

import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;

/** Chunks of both lengths that no connection uses at the moment; any thread may take and return. */
public final class ChunkPool {
    private final ManyToManyConcurrentArrayQueue<Chunk> idle;
    private final ManyToManyConcurrentArrayQueue<Chunk> idleSmall;

    /** @param kept chunks of each length kept at most; what is returned beyond is left to the collector. */
    public ChunkPool(final int kept) {
        idle = new ManyToManyConcurrentArrayQueue<>(kept);
        idleSmall = new ManyToManyConcurrentArrayQueue<>(kept);
    }

    Chunk take() {
        final Chunk chunk = idle.poll();
        return chunk == null ? new Chunk(Chunk.LENGTH) : chunk;
    }

    Chunk takeSmall() {
        final Chunk chunk = idleSmall.poll();
        return chunk == null ? new Chunk(Chunk.SMALL_LENGTH) : chunk;
    }

    void giveBack(final Chunk chunk) {
        chunk.reset();
        (chunk.length == Chunk.LENGTH ? idle : idleSmall).offer(chunk);
    }
}
