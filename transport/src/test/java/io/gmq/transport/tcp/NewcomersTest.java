package io.gmq.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class NewcomersTest {
    private final TestConnections connections = new TestConnections();
    private final Newcomers newcomers = new Newcomers();

    @AfterEach
    void close() throws IOException {
        connections.close();
    }

    /** Beside a list that is slow and obvious. */
    @Test
    void shouldGiveThoseWhoseTimeIsOverWhoeverHasLeftMeanwhile() {
        final SplittableRandom random = new SplittableRandom(3);
        final List<Connection> expected = new ArrayList<>();
        long nowMs = 0;
        for (int i = 1; i < 20_000; i++) {
            nowMs += random.nextInt(20);
            if (random.nextInt(3) > 0 || expected.isEmpty()) {
                final Connection connection = connections.open(i);
                newcomers.add(connection, nowMs);
                expected.add(connection);
            } else {
                final Connection gone = expected.remove(random.nextInt(expected.size()));
                newcomers.remove(gone);
                newcomers.remove(gone);
            }
            while (!expected.isEmpty() && expected.get(0).newUntilMs <= nowMs) {
                assertThat(newcomers.takeLate(nowMs)).isSameAs(expected.remove(0));
            }
            assertThat(newcomers.takeLate(nowMs)).isNull();
            assertThat(newcomers.isEmpty()).isEqualTo(expected.isEmpty());
        }
        assertThat(nowMs).isGreaterThan(10 * Newcomers.TIME_MS);
    }
}
