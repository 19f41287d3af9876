package io.gmq.transport.tls;

import io.gmq.transport.tcp.Acceptor;
import io.gmq.transport.tcp.ByteHandler;
import io.gmq.transport.tcp.ChunkPool;
import io.gmq.transport.tcp.Connection;
import io.gmq.transport.tcp.ConnectionCount;
import io.gmq.transport.tcp.Links;
import io.gmq.transport.tcp.Listener;
import io.gmq.transport.tcp.SelectorAgent;
import io.gmq.transport.tcp.SelectorIdleStrategy;
import io.gmq.transport.tcp.TcpSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.CompositeAgent;

/** A selector on a thread of its own, whose connections send back what they get. */
final class EchoBroker implements AutoCloseable {
    static final byte[] FAREWELL = "farewell\n".getBytes(StandardCharsets.US_ASCII);
    static final byte[] NO_TLS = "no TLS\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_OUTBOUND_BYTES = 100_000;

    final AtomicLong nowMs = new AtomicLong();
    final AtomicReference<Connection> last = new AtomicReference<>();
    final AtomicReference<Throwable> failure = new AtomicReference<>();
    /** While it is false, nothing is taken. */
    volatile boolean hasRoom = true;
    /** How often bytes were not taken. */
    volatile int turnedAway;
    final SelectorAgent agent;
    private final SelectorIdleStrategy idle;
    private final ConnectionCount count = new ConnectionCount(100, 100, 0);
    private final Acceptor acceptor;
    private final AgentRunner runner;
    private final ExecutorService tasks = Executors.newSingleThreadExecutor();

    static EchoBroker withTls(final ServerCertificates certificates) throws IOException {
        return new EchoBroker(certificates);
    }

    static EchoBroker plain() throws IOException {
        return new EchoBroker(null);
    }

    private EchoBroker(final ServerCertificates certificates) throws IOException {
        final Selector selector = Selector.open();
        idle = new SelectorIdleStrategy(selector);
        agent = new SelectorAgent("echo", selector, idle, new TcpSettings(100, 1 << 20, MAX_OUTBOUND_BYTES, 64 << 20, 64 << 20, 0), count,
            new ChunkPool(64, Long.MAX_VALUE), Echo::new, new byte[0], nowMs::get);
        final Links links = certificates == null ? Links.PLAIN : new TlsLinks(certificates, tasks, NO_TLS);
        acceptor = new Acceptor(new Listener(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), links, new byte[0], new byte[0]), selector,
            List.of(agent), count, () -> true, nowMs::get);
        runner = new AgentRunner(idle, failure::set, null, new CompositeAgent(agent, acceptor));
        AgentRunner.startOnThread(runner);
    }

    int port() throws IOException {
        return acceptor.address().getPort();
    }

    int open() {
        return count.open();
    }

    void advance(final long ms) {
        nowMs.addAndGet(ms);
        idle.wake();
    }

    void makeRoom() {
        hasRoom = true;
        idle.wakeForRoom();
    }

    private final class Echo implements ByteHandler {
        private final Connection connection;

        Echo(final Connection connection) {
            this.connection = connection;
            last.set(connection);
        }

        @Override
        public int onBytes(final byte[] bytes, final int from, final int to) {
            if (!hasRoom) {
                turnedAway++;
                connection.stall();
                return 0;
            }
            if (connection.pauseIfOutboundAbove(MAX_OUTBOUND_BYTES) || from == to) {
                return 0;
            }
            connection.onAsked(0);
            connection.reply(Arrays.copyOfRange(bytes, from, to), to - from, 0, false);
            connection.scheduleFlush();
            return to - from;
        }

        @Override
        public boolean onFlushed() {
            return true;
        }

        @Override
        public boolean onClosed() {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        acceptor.close();
        final Thread closing = new Thread(runner::close);
        closing.start();
        while (closing.isAlive()) {
            idle.wake();
            Thread.onSpinWait();
        }
        tasks.shutdownNow();
        if (failure.get() != null) {
            throw new AssertionError("the selector has failed", failure.get());
        }
    }
}
