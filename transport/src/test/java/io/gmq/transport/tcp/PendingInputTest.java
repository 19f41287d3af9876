package io.gmq.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PendingInputTest {
    private static final int MAX = 10 * PendingInput.BLOCK_LENGTH;
    /** So long that there is one array. */
    private static final int MAX_FRAME_LENGTH = 10 << 20;

    private final TestConnections connections = new TestConnections();
    private final PendingInput pending = new PendingInput(MAX_FRAME_LENGTH, MAX);

    @AfterEach
    void close() throws IOException {
        connections.close();
        pending.close();
    }

    private Connection with(final int id, final int bytes) {
        final Connection connection = connections.open(id);
        assertThat(pending.keep(connection, new byte[bytes], 0, bytes)).isTrue();
        return connection;
    }

    @Test
    void shouldKeepNoMoreThanThereIsMemoryFor() {
        for (int i = 0; i < 11; i++) {
            with(i, PendingInput.COPIED_MAX + 1); // the last one in the array
        }
        final Connection more = connections.open(99);
        assertThat(pending.keep(more, new byte[5000], 0, 5000)).isFalse();
        assertThat(pending.keep(more, new byte[5000], 0, 10)).as("little").isFalse();
        assertThat(more.pendingLength).isZero();
        assertThat(pending.bytes()).isEqualTo(MAX);
        assertThat(pending.slowest().id()).isZero();
        pending.drop(pending.slowest());
        assertThat(pending.keep(more, new byte[5000], 0, 5000)).isTrue();
        assertThat(pending.bytes()).isEqualTo(MAX);
    }

    @Test
    void shouldNotOpenABlockThatThereIsNoMemoryFor() {
        final Connection connection = with(1, PendingInput.BLOCK_LENGTH / 2);
        with(2, 2 * PendingInput.LARGE_BLOCK_LENGTH);
        final InputBlock open = pending.open(connection);
        open.view.position(open.view.limit());
        connection.pendingLength = open.length();
        with(3, 5000);
        assertThat(pending.open(connection)).isNull();
        assertThat(pending.bytes()).isEqualTo(9 * PendingInput.BLOCK_LENGTH);
    }

    @Test
    void shouldLeaveTheArrayToWhoWasReadLast() {
        final Connection first = with(1, 9000);
        final byte[] array = first.pending;
        assertThat(pending.keep(first, array, 10, 8990)).isTrue();
        assertThat(first.pending).as("where it stands").isSameAs(array);
        final Connection second = with(2, 9000);
        assertThat(second.pending).isSameAs(array);
        assertThat(bytes(first)).hasSize(8990);
        assertThat(pending.keep(second, array, 0, 5)).isTrue();
        assertThat(second.pending).as("little").hasSize(PendingInput.COPIED_MAX);
        assertThat(with(3, 5000).pending).isSameAs(array);
    }

    @Test
    void shouldNameTheOneThatHasGoneLongestWithoutAWholeFrame() {
        final Connection first = with(1, 9000);
        final Connection second = with(2, 9000);
        pending.drop(with(3, 5000)); // so that both are stored
        with(4, 100);
        assertThat(pending.slowest()).isSameAs(first);
        pending.takeStored(first, 0);
        assertThat(pending.slowest()).as("it sends, and finishes nothing").isSameAs(first);
        pending.takeStored(first, 1000);
        assertThat(pending.slowest()).as("it has finished a frame").isSameAs(second);
        second.isStalled = true;
        assertThat(pending.slowest()).as("the other waits for the broker").isSameAs(first);
        first.isAwaitingTurn = true;
        assertThat(pending.slowest()).as("it has asked for much").isSameAs(first);
        pending.drop(first);
        assertThat(pending.slowest()).isNull();
        pending.drop(second);
        assertThat(pending.bytes()).as("what is copied with the next read").isEqualTo(PendingInput.COPIED_MAX);
    }

    /** Beside an array. */
    @Test
    void shouldGiveBackWhatCameInWhateverIsTakenMeanwhile() {
        for (int seed = 0; seed < 300; seed++) {
            final SplittableRandom random = new SplittableRandom(seed);
            final Connection connection = connections.open(seed);
            final ByteArrayOutputStream expected = new ByteArrayOutputStream();
            int skipped = 0;
            for (int i = 0; i < 40; i++) {
                if (connection.stored == null && connection.pendingLength > PendingInput.COPIED_MAX) {
                    final byte[] more = new byte[random.nextInt(1 + 20_000)];
                    random.nextBytes(more);
                    System.arraycopy(more, 0, connection.pending, connection.pendingLength, more.length);
                    expected.writeBytes(more);
                    final int taken = random.nextInt(4) == 0 ? random.nextInt(connection.pendingLength) : 0;
                    skipped += taken;
                    assertThat(pending.keep(connection, connection.pending, taken, connection.pendingLength + more.length - taken)).isTrue();
                } else if (connection.stored == null) {
                    final byte[] all = new byte[connection.pendingLength + random.nextInt(3 * PendingInput.COPIED_MAX)];
                    random.nextBytes(all);
                    System.arraycopy(connection.pending, 0, all, 0, connection.pendingLength);
                    expected.write(all, connection.pendingLength, all.length - connection.pendingLength);
                    assertThat(pending.keep(connection, all, 0, all.length)).isTrue();
                } else {
                    final InputBlock block = pending.open(connection);
                    final byte[] more = new byte[random.nextInt(1 + Math.min(20_000, block.view.remaining()))];
                    random.nextBytes(more);
                    block.view.put(more);
                    expected.writeBytes(more);
                    connection.pendingLength += more.length;
                }
                if (connection.pendingLength > PendingInput.COPIED_MAX && connection.stored == null && random.nextBoolean()) {
                    pending.drop(with(1000 + i, 5000)); // takes the array
                }
                if (connection.stored != null && random.nextInt(4) == 0) {
                    final int taken = random.nextInt(connection.pendingLength + 1);
                    pending.takeStored(connection, taken);
                    skipped += taken;
                }
                assertThat(bytes(connection)).as("seed %d, step %d", seed, i).isEqualTo(Arrays.copyOfRange(expected.toByteArray(), skipped, expected.size()));
            }
            pending.drop(connection);
            assertThat(pending.bytes()).as("seed %d", seed).isZero();
        }
    }

    private byte[] bytes(final Connection connection) {
        return Arrays.copyOf(connection.stored == null ? pending.array(connection) : pending.whole(connection), connection.pendingLength);
    }
}
