package io.gmq.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is pushed and what is replied go out through one queue; a client reads it as it likes. */
final class PushedOutputTest {
    private static final byte[] BYTES = new byte[100_000];

    private final TestConnections connections = new TestConnections();
    private final Connection connection = connections.open(1);

    @AfterEach
    void close() throws IOException {
        connections.close();
    }

    private void read(final int bytes) {
        assertThat(TestConnections.read(connection, bytes)).hasSize(bytes);
    }

    @Test
    void shouldReportAPushWhenItIsOutWhole() {
        connection.push(BYTES, 1000, 700);
        assertThat(connection.unreported()).isZero();
        read(0);
        read(999);
        assertThat(connection.unreported()).isZero();
        read(1);
        assertThat(connection.unreported()).isEqualTo(700);
        connection.onReported(700);
        assertThat(connection.unreported()).isZero();
    }

    @Test
    void shouldReportThoughTheOutputIsNeverEmpty() {
        long reported = 0;
        for (int i = 0; i < 20; i++) {
            connection.push(BYTES, 100, 50);
            connection.reply(BYTES, 1000, 0, false);
            // the first round is left to wait
            read(i == 0 ? 0 : 1100);
            reported += connection.unreported();
            connection.onReported(connection.unreported());
        }
        assertThat(reported).isBetween(50L * 17, 50L * 19);
    }

    @Test
    void shouldNotStopReadingRequestsForPushesHoweverMany() {
        for (int i = 0; i < 100; i++) {
            connection.push(BYTES, BYTES.length, BYTES.length);
            assertThat(connection.pauseIfOutboundAbove(1000)).isFalse();
        }
        connection.reply(BYTES, 1000, 0, false);
        assertThat(connection.pauseIfOutboundAbove(1000)).isFalse();
        connection.reply(BYTES, 1, 0, false);
        assertThat(connection.pauseIfOutboundAbove(1000)).isTrue();
        read(100 * BYTES.length + 1);
        assertThat(connection.pauseIfOutboundAbove(1000)).isFalse();
        assertThat(connection.isOutboundBelow(1000)).isTrue();
        read(1000);
        connection.reply(BYTES, 1000, 0, false);
        assertThat(connection.isOutboundBelow(999)).isFalse();
    }

    @Test
    void shouldPushNothingBehindTheLastReply() {
        connection.push(BYTES, 10, 10);
        connection.reply(BYTES, 1, 0, true);
        connection.push(BYTES, 10, 10);
        assertThat(TestConnections.read(connection)).hasSize(11);
        assertThat(connection.unreported()).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldReportAllThatIsReadAndNeverMore(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        long pushed = 0;
        long reckoned = 0;
        long replied = 0;
        long read = 0;
        long reported = 0;
        for (int i = 0; i < 5000; i++) {
            final int length = 1 + random.nextInt(random.nextInt(20) == 0 ? 50_000 : 200);
            if (random.nextBoolean()) {
                connection.push(BYTES, length, 2L * length);
                pushed += length;
                reckoned += 2L * length;
            } else {
                connection.reply(BYTES, length, 0, false);
                replied += length;
            }
            read += TestConnections.read(connection, random.nextInt(4) == 0 ? 0 : random.nextInt(3000)).length();
            reported += connection.unreported();
            connection.onReported(connection.unreported());
            assertThat(reported).as("seed %d", seed).isLessThanOrEqualTo(2 * read);
            assertThat(connection.pauseIfOutboundAbove(replied)).as("seed %d", seed).isFalse();
        }
        read += TestConnections.read(connection).length();
        assertThat(read).isEqualTo(pushed + replied);
        assertThat(reported + connection.unreported()).as("seed %d", seed).isEqualTo(reckoned);
        assertThat(connection.isOutboundBelow(0)).isTrue();
    }

    @Test
    void shouldNeverTakeAPushForAReplyWhileOneIsBeingPut() throws InterruptedException {
        final int pushes = 20_000;
        final Thread writer = new Thread(() -> {
            for (int i = 0; i < pushes; i++) {
                connection.push(BYTES, 1000, 1);
            }
        });
        writer.start();
        long read = 0;
        long reported = 0;
        while (read < pushes * 1000L) {
            assertThat(connection.pauseIfOutboundAbove(0)).isFalse();
            read += TestConnections.read(connection, 50_000).length();
            assertThat(connection.isOutboundBelow(0)).isTrue();
            reported += connection.unreported();
            connection.onReported(connection.unreported());
            assertThat(reported * 1000).isLessThanOrEqualTo(read);
        }
        writer.join();
        TestConnections.read(connection);
        assertThat(reported + connection.unreported()).isEqualTo(pushes);
    }
}
