package io.gmq.journal.snapshot;

import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

/**
 * Chunks that are used again, from one snapshot to the next: after the first snapshot nothing is allocated as long as the disk
 * keeps up. The logic stage's thread takes, the keeper's gives back. It keeps 8 MiB at most, and while a snapshot is written one
 * chunk that is larger than usual.
 */
final class ChunkPool {
    private static final int KEPT_MAX = 16;

    private final OneToOneConcurrentArrayQueue<Chunk> usual = new OneToOneConcurrentArrayQueue<>(KEPT_MAX);
    private final AtomicReference<Chunk> large = new AtomicReference<>();
    /** The taking thread's: taken, and not used after all. */
    private Chunk unused;

    /**
     * The taking thread's: an empty chunk of the usual length, or of just this one where that is longer.
     *
     * @param length that it must be able to have, its header included.
     */
    Chunk take(final int length) {
        final Chunk chunk = length > SnapshotFormat.CHUNK_LENGTH ? takeLarge(length) : takeUsual();
        chunk.begin(Math.max(length, SnapshotFormat.CHUNK_LENGTH));
        return chunk;
    }

    /** The taking thread's: the chunk that it took will not be handed over. */
    void untake(final Chunk chunk) {
        if (chunk.capacity() == SnapshotFormat.CHUNK_LENGTH) {
            unused = chunk;
        } else {
            chunk.free();
        }
    }

    /** The giving thread's: the chunk has been written, or is not wanted any more. */
    void giveBack(final Chunk chunk) {
        if (chunk.capacity() > SnapshotFormat.CHUNK_LENGTH) {
            free(large.getAndSet(chunk));
        } else if (!usual.offer(chunk)) {
            chunk.free();
        }
    }

    /** Any thread's: a snapshot is over, and large entries may never come again. */
    void freeLarge() {
        free(large.getAndSet(null));
    }

    private Chunk takeUsual() {
        final Chunk chunk = unused == null ? usual.poll() : unused;
        unused = null;
        return chunk == null ? new Chunk(SnapshotFormat.CHUNK_LENGTH) : chunk;
    }

    private Chunk takeLarge(final int length) {
        final Chunk chunk = large.getAndSet(null);
        if (chunk != null && chunk.capacity() >= length) {
            return chunk;
        }
        free(chunk);
        return new Chunk(length);
    }

    private static void free(final Chunk chunk) {
        if (chunk != null) {
            chunk.free();
        }
    }
}
