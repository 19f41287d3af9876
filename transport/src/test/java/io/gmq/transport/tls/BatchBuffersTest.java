package io.gmq.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class BatchBuffersTest {
    @Test
    void shouldMakeNoMoreThanThereMayBe() {
        final BatchBuffers batches = new BatchBuffers(100, 2);
        final ByteBuffer first = batches.tryTake();
        assertThat(first.capacity()).isEqualTo(100);
        assertThat(batches.tryTake()).isNotNull().isNotSameAs(first);
        assertThat(batches.tryTake()).isNull();
    }

    @Test
    void shouldHandOutEmptyWhatComesBack() {
        final BatchBuffers batches = new BatchBuffers(100, 1);
        final ByteBuffer buffer = batches.tryTake();
        batches.giveBack(buffer.limit(50).position(20));
        assertThat(batches.tryTake()).isSameAs(buffer);
        assertThat(buffer.remaining()).isEqualTo(100);
    }
}
