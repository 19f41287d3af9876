package io.gmq.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Memory of chunks: what there is, and what is freed. */
final class ChunkPoolTest {
    @Test
    void shouldCountTheMemoryOfAllChunksThatThereAre() {
        final ChunkPool chunks = new ChunkPool(2, 4L * Chunk.LENGTH);
        final OutboundQueue queue = new OutboundQueue(chunks);
        queue.write(new byte[4 * Chunk.LENGTH], 4 * Chunk.LENGTH);
        assertThat(chunks.bytes()).isEqualTo(4L * Chunk.LENGTH + Chunk.SMALL_LENGTH);
        assertThat(chunks.isOver()).isTrue();
        assertThat(queue.isRecycled()).isFalse();
        queue.recycle();
        assertThat(queue.isRecycled()).isTrue();
        assertThat(chunks.bytes()).as("two are kept for reuse, and the small one").isEqualTo(2L * Chunk.LENGTH + Chunk.SMALL_LENGTH);
        assertThat(chunks.isOver()).isFalse();
        new OutboundQueue(chunks).write(new byte[100], 100);
        assertThat(chunks.bytes()).as("reused").isEqualTo(2L * Chunk.LENGTH + Chunk.SMALL_LENGTH);
    }
}
