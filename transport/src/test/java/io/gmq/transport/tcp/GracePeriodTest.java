package io.gmq.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GracePeriodTest {
    private static final long LENGTH_MS = 10_000;

    private final TestConnections connections = new TestConnections();
    private final GracePeriod period = new GracePeriod(LENGTH_MS);

    @AfterEach
    void close() throws IOException {
        connections.close();
    }

    /** Beside a list that is slow and obvious. */
    @Test
    void shouldGiveThoseWhoseTimeIsOverWhoeverHasLeftMeanwhile() {
        final SplittableRandom random = new SplittableRandom(3);
        final List<Connection> expected = new ArrayList<>();
        final Map<Connection, Long> untilMs = new HashMap<>();
        long nowMs = 0;
        for (int i = 1; i < 20_000; i++) {
            nowMs += random.nextInt(20);
            if (random.nextInt(3) > 0 || expected.isEmpty()) {
                final Connection connection = connections.open(i);
                period.add(connection, nowMs);
                expected.add(connection);
                untilMs.put(connection, nowMs + LENGTH_MS);
            } else {
                final Connection gone = expected.remove(random.nextInt(expected.size()));
                period.remove(gone);
                period.remove(gone);
            }
            while (!expected.isEmpty() && untilMs.get(expected.get(0)) <= nowMs) {
                assertThat(period.takeLate(nowMs)).isSameAs(expected.remove(0));
            }
            assertThat(period.takeLate(nowMs)).isNull();
        }
        assertThat(nowMs).isGreaterThan(10 * LENGTH_MS);
    }
}
