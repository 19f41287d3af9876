package io.gmq.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PendingInputTest {
    private static final int MAX = 100_000;

    private final TestConnections connections = new TestConnections();
    private final PendingInput pending = new PendingInput(10_000, 50_000, MAX);

    @AfterEach
    void close() throws IOException {
        connections.close();
    }

    private Connection with(final int id, final int bytes) {
        final Connection connection = connections.open(id);
        assertThat(pending.keep(connection, new byte[bytes], 0, bytes)).isTrue();
        return connection;
    }

    @Test
    void shouldKeepNoMoreOfFirstReadsThanThereIsMemoryFor() {
        for (int i = 0; i < 10; i++) {
            with(i, MAX / 10);
        }
        final Connection more = connections.open(99);
        assertThat(pending.keep(more, new byte[5000], 0, 5000)).isFalse();
        assertThat(more.pendingLength).isZero();
        assertThat(pending.bytes()).isEqualTo(MAX);
    }

    @Test
    void shouldNameTheOneThatHasGoneLongestWithoutAWholeFrame() {
        final Connection first = with(1, 9000);
        final Connection second = with(2, 9000);
        with(3, 100);
        assertThat(pending.slowest()).isSameAs(first);
        pending.keep(first, first.pending, 0, 9000);
        assertThat(pending.slowest()).as("it sends, and finishes nothing").isSameAs(first);
        pending.keep(first, first.pending, 1000, 8000);
        assertThat(pending.slowest()).as("it has finished a frame").isSameAs(second);
        second.isStalled = true;
        assertThat(pending.slowest()).as("the other waits for the broker").isSameAs(first);
        pending.drop(first);
        assertThat(pending.slowest()).isNull();
        pending.drop(second);
        assertThat(pending.bytes()).as("what is copied with the next read").isEqualTo(PendingInput.COPIED_MAX);
    }
}
