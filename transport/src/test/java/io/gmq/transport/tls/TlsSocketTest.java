package io.gmq.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gmq.transport.tcp.LinkException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class TlsSocketTest {
    private static final int BATCH = 1000;

    private final BatchBuffers batches = new BatchBuffers(BATCH, 1);
    private SocketChannel client;
    private TlsSocket socket;

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            client = SocketChannel.open();
            client.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
            client.connect(server.getLocalAddress());
            final SocketChannel accepted = server.accept();
            accepted.setOption(StandardSocketOptions.SO_SNDBUF, 4096);
            accepted.configureBlocking(false);
            socket = new TlsSocket(accepted, batches, new byte[0]);
        }
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        socket.close();
    }

    /** A record of a handshake, as far as anybody looks here. */
    private static byte[] bytes(final int length) {
        final byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        bytes[0] = 22;
        return bytes;
    }

    private void send(final byte[] bytes) throws IOException {
        client.write(ByteBuffer.wrap(bytes));
    }

    private byte[] receive(final int length) throws IOException {
        final ByteBuffer into = ByteBuffer.allocate(length);
        while (into.hasRemaining()) {
            assertThat(client.read(into)).isNotNegative();
        }
        return into.array();
    }

    private boolean hasArrived() throws IOException {
        client.configureBlocking(false);
        try {
            return client.read(ByteBuffer.allocate(1)) > 0;
        } finally {
            client.configureBlocking(true);
        }
    }

    /** Until something has come. */
    private int read(final ByteBuffer into) throws IOException {
        int got = 0;
        while (got == 0) {
            socket.look();
            got = socket.read(into);
        }
        return got;
    }

    @Test
    void shouldWriteWhatIsGatheredWhenThereIsNothingMore() throws IOException {
        final byte[] bytes = bytes(900);
        socket.gather();
        for (int from = 0; from < 900; from += 300) {
            assertThat(socket.write(ByteBuffer.wrap(bytes, from, 300))).isEqualTo(300);
        }
        assertThat(hasArrived()).isFalse();
        assertThat(socket.flush()).isTrue();
        assertThat(receive(900)).isEqualTo(bytes);
        assertThat(batches.tryTake()).isNotNull();
    }

    @Test
    void shouldWriteWhatIsGatheredWhenThereIsNoMoreRoom() throws IOException {
        final byte[] bytes = bytes(1200);
        socket.gather();
        socket.write(ByteBuffer.wrap(bytes, 0, 600));
        assertThat(socket.write(ByteBuffer.wrap(bytes, 600, 600))).isEqualTo(600);
        assertThat(receive(600)).startsWith(22);
        assertThat(hasArrived()).isFalse();
        assertThat(socket.flush()).isTrue();
        assertThat(receive(600)).containsExactly(Arrays.copyOfRange(bytes, 600, 1200));
    }

    @Test
    void shouldWriteDirectlyWhatIsNotGathered() throws IOException {
        assertThat(socket.write(ByteBuffer.wrap(bytes(700)))).isEqualTo(700);
        assertThat(receive(700)).isEqualTo(bytes(700));
        assertThat(batches.tryTake()).isNotNull();
    }

    @Test
    void shouldTakeNothingMoreWhileTheSocketTakesNothing() throws IOException {
        final byte[] bytes = bytes(4_000_000);
        final ByteBuffer from = ByteBuffer.wrap(bytes);
        int taken = 1;
        while (taken > 0) {
            socket.gather();
            taken = socket.write(from.limit(from.position() + 300));
        }
        assertThat(socket.flush()).isFalse();
        assertThat(socket.write(from)).as("not gathered, so behind what was").isZero();
        final int length = from.position();
        final ByteBuffer into = ByteBuffer.allocate(length);
        while (into.hasRemaining()) {
            socket.flush();
            client.read(into);
        }
        assertThat(socket.flush()).isTrue();
        assertThat(into.array()).isEqualTo(Arrays.copyOf(bytes, length));
        assertThat(batches.tryTake()).as("memory that is in use no more").isNotNull();
    }

    @Test
    void shouldWriteDirectlyWhereThereIsNoMemoryToGather() throws IOException {
        batches.tryTake();
        socket.gather();
        assertThat(socket.write(ByteBuffer.wrap(bytes(700)))).isEqualTo(700);
        assertThat(receive(700)).isEqualTo(bytes(700));
        assertThat(socket.flush()).isTrue();
    }

    @Test
    void shouldReadSeveralRecordsAtOnce() throws IOException {
        final byte[] bytes = bytes(900);
        send(bytes);
        socket.readAheadAtMost(BATCH);
        final ByteBuffer into = ByteBuffer.allocate(300);
        read(into);
        assertThat(socket.isAhead()).isTrue();
        assertThat(batches.tryTake()).as("memory that is in use").isNull();
        final ByteBuffer rest = ByteBuffer.allocate(600);
        assertThat(socket.read(rest)).isEqualTo(600);
        assertThat(socket.isAhead()).isFalse();
        assertThat(into.array()).isEqualTo(Arrays.copyOf(bytes, 300));
        assertThat(rest.array()).isEqualTo(Arrays.copyOfRange(bytes, 300, 900));
        assertThat(batches.tryTake()).isNotNull();
    }

    @Test
    void shouldNotAskASocketAgainThatIsEmpty() throws IOException {
        send(bytes(100));
        socket.readAheadAtMost(BATCH);
        final ByteBuffer into = ByteBuffer.allocate(300);
        read(into);
        send(bytes(100));
        assertThat(socket.read(into)).as("bytes before a selector tells of them").isZero();
        assertThat(read(into)).isEqualTo(100);
    }

    @Test
    void shouldReadNoMoreAheadThanThereIsRoomFor() throws IOException {
        send(bytes(900));
        socket.readAheadAtMost(500);
        final ByteBuffer into = ByteBuffer.allocate(300).position(100);
        assertThat(read(into)).isEqualTo(200);
        final ByteBuffer rest = ByteBuffer.allocate(400);
        assertThat(socket.read(rest)).as("400, as 100 were there of the record before").isEqualTo(200);
        assertThat(socket.isAhead()).isFalse();
    }

    @Test
    void shouldReadDirectlyWhereThereIsNoMemoryToReadAhead() throws IOException {
        batches.tryTake();
        send(bytes(900));
        socket.readAheadAtMost(BATCH);
        assertThat(read(ByteBuffer.allocate(300))).isEqualTo(300);
        assertThat(socket.isAhead()).isFalse();
        assertThat(read(ByteBuffer.allocate(1000))).isEqualTo(600);
    }

    @Test
    void shouldTellTheEnd() throws IOException {
        socket.readAheadAtMost(BATCH);
        client.shutdownOutput();
        assertThat(read(ByteBuffer.allocate(300))).isEqualTo(-1);
        assertThat(batches.tryTake()).isNotNull();
    }

    @Test
    void shouldKnowAClientThatSpeaksNoTls() throws IOException {
        send(new byte[] {'{'});
        assertThatThrownBy(() -> read(ByteBuffer.allocate(300))).isInstanceOf(LinkException.class);
    }

    @Test
    void shouldGiveBackItsMemoryWhenItIsClosedWithSomethingUnwritten() throws IOException {
        socket.gather();
        socket.write(ByteBuffer.wrap(bytes(300)));
        assertThat(batches.tryTake()).isNull();
        socket.close();
        assertThat(batches.tryTake()).isNotNull();
        assertThat(batches.tryTake()).as("the same memory twice").isNull();
    }

    @Test
    void shouldGiveBackItsMemoryWhenItIsClosedWithSomethingUnread() throws IOException {
        send(bytes(900));
        socket.readAheadAtMost(BATCH);
        read(ByteBuffer.allocate(300));
        assertThat(batches.tryTake()).isNull();
        socket.close();
        socket.close();
        assertThat(batches.tryTake()).isNotNull();
        assertThat(batches.tryTake()).as("the same memory twice").isNull();
    }
}
