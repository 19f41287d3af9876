package io.gmq.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One client over a loopback socket; the agent works when told to. */
final class SelectorAgentTest {
    private static final byte[] BYTES = new byte[1 << 20];
    private static final int MAX_OUTBOUND_BYTES = 1000;
    private static final byte[] LATE = "late".getBytes(StandardCharsets.US_ASCII);

    /** Longer than a client may take to show who it is. */
    private static final long IDLE_MS = 100 * Endings.UNKNOWN_MS;

    private final ConnectionCount count = new ConnectionCount(10, 10, 0);
    private final ChunkPool chunks = new ChunkPool(16, 32L << 20);
    private long nowMs;
    private Selector selector;
    private SelectorIdleStrategy idle;
    private SelectorAgent agent;
    private SocketChannel client;
    private Connection connection;
    private boolean hasRoom = true;
    private int asked;
    private int received;
    private boolean isHolding;
    private boolean isKeeping;

    /** Takes all there is, unless the connection's replies are to be read first. */
    private final class Handler implements ByteHandler {
        @Override
        public int onBytes(final byte[] bytes, final int from, final int to) {
            if (connection.pauseIfOutboundAbove(MAX_OUTBOUND_BYTES)) {
                return 0;
            }
            if (isHolding) {
                connection.hold();
                return 0;
            }
            received += isKeeping ? 0 : to - from;
            return isKeeping ? 0 : to - from;
        }

        @Override
        public boolean onFlushed() {
            asked++;
            return hasRoom;
        }

        @Override
        public byte[] lateFrame() {
            return LATE;
        }

        @Override
        public boolean onClosed() {
            return true;
        }
    }

    @BeforeEach
    void connect() throws IOException {
        selector = Selector.open();
        final TcpSettings settings = new TcpSettings(10, 1 << 20, MAX_OUTBOUND_BYTES, 64 << 20, 64 << 20, IDLE_MS);
        idle = new SelectorIdleStrategy(selector);
        agent = new SelectorAgent("test", selector, idle, settings, count, chunks, its -> {
            connection = its;
            return new Handler();
        }, new byte[0], () -> nowMs);
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            client = SocketChannel.open(server.getLocalAddress());
            final SocketChannel accepted = server.accept();
            accepted.configureBlocking(false);
            count.tryEnter(accepted);
            agent.adopt(accepted, Links.PLAIN);
        }
        agent.doWork();
    }

    @AfterEach
    void close() throws IOException {
        agent.onClose();
        client.close();
    }

    private void flush() throws IOException {
        connection.scheduleFlush();
        agent.doWork();
    }

    /** Something that the system brings about soon. */
    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }

    private void workUntil(final Condition condition) throws IOException {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("a deadline for what should have come at once").isLessThan(deadlineNs);
            agent.doWork();
        }
    }

    /** Has the client read so many bytes, with the agent at work. */
    private void read(final int bytes) throws IOException {
        client.configureBlocking(false);
        final ByteBuffer buffer = ByteBuffer.allocate(bytes);
        workUntil(() -> {
            client.read(buffer);
            return !buffer.hasRemaining();
        });
        client.configureBlocking(true);
    }

    private void send(final int bytes) throws IOException {
        final ByteBuffer buffer = ByteBuffer.allocate(bytes);
        while (buffer.hasRemaining()) {
            client.write(buffer);
        }
    }

    /** Bytes of a frame that is not whole, whatever its length: what has been kept is there to the last byte, and reading goes on. */
    @ParameterizedTest
    @ValueSource(ints = {1000, 5000, 40_000, 65_540, 300_000, 1_000_000})
    void shouldReadAFrameOfAnyLengthInManyPieces(final int length) throws IOException {
        isKeeping = true;
        for (int sent = 0; sent < length; sent += length / 10) {
            send(length / 10);
            final int all = sent + length / 10;
            workUntil(() -> connection.pendingLength == all);
        }
        assertThat(received).isZero();
        isKeeping = false;
        send(1);
        workUntil(() -> received == length + 1);
        assertThat(connection.pendingLength).isZero();
    }

    @Test
    void shouldSayAgainThatSomethingIsOutWhereThereWasNoRoom() throws IOException {
        hasRoom = false;
        connection.push(BYTES, 10, 10);
        flush();
        assertThat(connection.unreported()).isEqualTo(10);
        final int before = asked;
        agent.doWork();
        agent.doWork();
        assertThat(asked).as("asked in each round").isEqualTo(before + 2);
        hasRoom = true;
        agent.doWork();
        agent.doWork();
        assertThat(asked).as("passed on, and that was it").isEqualTo(before + 3);
    }

    @Test
    void shouldForgetWhatAConnectionThatIsGoneHasRead() throws IOException {
        hasRoom = false;
        connection.push(BYTES, 10, 10);
        flush();
        client.shutdownOutput();
        workUntil(() -> connection.isClosed());
        agent.doWork();
        final int before = asked;
        agent.doWork();
        assertThat(asked).isEqualTo(before);
    }

    @Test
    void shouldReadRequestsOfAClientThatDoesNotReadItsPushes() throws IOException {
        final int pushes = 20;
        for (int i = 0; i < pushes; i++) {
            connection.push(BYTES, BYTES.length, BYTES.length);
        }
        flush();
        assertThat(connection.outbound().size()).as("the socket is full").isPositive();
        send(5000);
        workUntil(() -> received == 5000);
        read(pushes * BYTES.length);
        assertThat(connection.unreported()).isEqualTo((long) pushes * BYTES.length);
    }

    @Test
    void shouldGoOnReadingRequestsWhenRepliesAreRead() throws IOException {
        final int replies = 20;
        for (int i = 0; i < replies; i++) {
            connection.reply(BYTES, BYTES.length, 0, false);
        }
        connection.push(BYTES, BYTES.length, BYTES.length);
        flush();
        send(50);
        workUntil(() -> connection.isPaused);
        assertThat(received).isZero();
        read((replies + 1) * BYTES.length);
        workUntil(() -> received == 50);
        assertThat(connection.isPaused).isFalse();
    }

    /** All that the broker sends until it ends its half. */
    private String rest() throws IOException {
        client.configureBlocking(false);
        final ByteBuffer buffer = ByteBuffer.allocate(1000);
        workUntil(() -> client.read(buffer) < 0);
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII);
    }

    @Test
    void shouldReadNothingMoreWhileSomebodyElseDecidesAndLoseNothing() throws IOException {
        isHolding = true;
        send(100);
        workUntil(() -> connection.isHeld);
        send(100);
        for (int i = 0; i < 100; i++) {
            agent.doWork();
        }
        assertThat(connection.pendingLength).isEqualTo(100);
        isHolding = false;
        connection.release();
        workUntil(() -> received == 200);
        assertThat(connection.isHeld).isFalse();
    }

    @Test
    void shouldNotCloseTheConnectionOfAClientThatIsDoneWhileSomebodyElseDecides() throws IOException {
        isHolding = true;
        send(100);
        workUntil(() -> connection.isHeld);
        client.shutdownOutput();
        workUntil(() -> connection.isHeld);
        for (int i = 0; i < 100; i++) {
            agent.doWork();
        }
        assertThat(connection.isClosed()).isFalse();
        isHolding = false;
        connection.release();
        workUntil(() -> connection.isClosed());
        assertThat(received).isEqualTo(100);
    }

    @Test
    void shouldEndWhoDoesNotShowInTimeWhoItIs() throws IOException {
        nowMs = Endings.UNKNOWN_MS - 1;
        agent.doWork();
        assertThat(connection.isClosed()).isFalse();
        nowMs = Endings.UNKNOWN_MS;
        assertThat(rest()).isEqualTo("late");
        assertThat(connection.isClosed()).isTrue();
        assertThat(count.bounds()).hasToString("1 at unknown");
    }

    @Test
    void shouldKeepWhoIsKnown() throws IOException {
        connection.onKnown();
        nowMs = 10 * Endings.UNKNOWN_MS;
        send(1);
        workUntil(() -> received == 1);
        assertThat(connection.isClosed()).isFalse();
    }

    @Test
    void shouldLeaveTheEndToWhoDecides() throws IOException {
        isHolding = true;
        send(1);
        workUntil(() -> connection.isHeld);
        nowMs = 10 * Endings.UNKNOWN_MS;
        agent.doWork();
        assertThat(connection.isClosed()).isFalse();
    }

    @Test
    void shouldEndAConnectionOnWhichNothingHappens() throws IOException {
        connection.onKnown();
        for (int quarter = 0; quarter < 5; quarter++) {
            assertThat(connection.isLingering).as("after %d ms", nowMs).isFalse();
            agent.doWork();
            nowMs += IDLE_MS / 4;
        }
        agent.doWork();
        assertThat(connection.isLingering).isTrue();
        assertThat(client.read(ByteBuffer.allocate(1))).as("its client is told").isEqualTo(-1);
    }

    @Test
    void shouldNotEndAConnectionOnWhichSomethingComesOrGoesOrIsWaitedFor() throws IOException {
        connection.onKnown();
        for (int i = 0; i < 20; i++) {
            nowMs += IDLE_MS / 4;
            send(1);
            final int expected = received + 1;
            workUntil(() -> received == expected);
        }
        for (int i = 0; i < 20; i++) {
            nowMs += IDLE_MS / 4;
            connection.push(BYTES, 1, 1);
            flush();
        }
        connection.onAsked(0);
        for (int i = 0; i < 20; i++) {
            nowMs += IDLE_MS / 4;
            agent.doWork();
        }
        assertThat(connection.isLingering || connection.isClosed()).isFalse();
        connection.reply(BYTES, 1, 0, false);
        for (int i = 0; i < 20; i++) {
            nowMs += IDLE_MS / 4;
            agent.doWork();
        }
        assertThat(connection.isLingering || connection.isClosed()).as("all is answered").isTrue();
    }

    @Test
    void shouldEndTheOneThatLeavesMostUnreadWhereAllTogetherLeaveTooMuch() throws IOException {
        connection.push(BYTES, 10, 10);
        flush();
        for (int i = 0; i < 31; i++) {
            connection.push(BYTES, BYTES.length, BYTES.length);
        }
        agent.doWork();
        assertThat(connection.isClosed()).isFalse();
        for (int i = 0; i < 2; i++) {
            connection.push(BYTES, BYTES.length, BYTES.length);
        }
        agent.doWork();
        assertThat(connection.isClosed()).isTrue();
        assertThat(count.bounds()).hasToString("1 at unread_output");
        connection.outbound().recycle();
        assertThat(chunks.isOver()).isFalse();
    }

    @Test
    void shouldLingerAsLongForWhoIsEndedWhileTheThreadSleeps() throws IOException {
        client.write(ByteBuffer.wrap(new byte[] {22}));
        nowMs = 900; // it has slept so long
        while (!connection.isLingering) {
            idle.idle(0);
        }
        nowMs = Endings.LINGER_MS + 899;
        agent.doWork();
        assertThat(connection.isClosed()).isFalse();
        nowMs = Endings.LINGER_MS + 900;
        agent.doWork();
        assertThat(connection.isClosed()).isTrue();
    }

    @Test
    void shouldOnlyCloseTheConnectionWhoseLinkFailsAtItsLastFrame() throws IOException {
        final ByteLink link = connection.link;
        connection.link = (ByteLink) Proxy.newProxyInstance(ByteLink.class.getClassLoader(), new Class<?>[] {ByteLink.class}, (proxy, method, arguments) -> {
            if (method.getName().equals("write")) {
                throw new IllegalStateException("a mistake");
            }
            return method.invoke(link, arguments);
        });
        nowMs = Endings.UNKNOWN_MS;
        agent.doWork();
        assertThat(connection.isClosed()).isTrue();
    }

    @Test
    void shouldNotEndAConnectionThatWaitsForItsTurn() throws IOException {
        connection.onKnown();
        connection.isAwaitingTurn = true;
        for (int i = 0; i < 10; i++) {
            nowMs += IDLE_MS / 4;
            agent.doWork();
        }
        assertThat(connection.isLingering || connection.isClosed()).isFalse();
        connection.isAwaitingTurn = false;
        agent.doWork();
        nowMs += IDLE_MS / 4;
        agent.doWork();
        assertThat(connection.isLingering).isTrue();
    }

    /** Its client may have waited long for it, and has done nothing wrong. */
    @Test
    void shouldSendTheAnswerThatComesWhenItIsTimeToLookForIdleConnections() throws IOException {
        connection.onKnown();
        connection.onAsked(0);
        for (int i = 0; i < 10; i++) {
            nowMs += IDLE_MS / 4;
            agent.doWork();
        }
        connection.reply(BYTES, 1, 0, false);
        nowMs += IDLE_MS / 4;
        flush();
        assertThat(connection.isLingering || connection.isClosed()).isFalse();
        assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(1);
    }
}
