package io.gmq.bench.wire;

import io.gmq.bench.load.ChildProcess;
import io.gmq.bench.load.LoadException;
import io.gmq.bench.load.Output;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A server that does as little as can be: it counts frames, confirms them, and hands out their stamps in one and the same message. What
 * the generator reaches against it is the generator's ceiling.
 *
 * <p>One thread. It ends when its standard input does, so that it does not outlive the process that has started it.
 */
public final class NullServer implements AutoCloseable {
    private static final int INPUT_BYTES = 512 << 10;
    private static final int SPARE_BYTES = 64;
    private static final int SPINS = 50;
    private static final int WAIT_MS = 100;

    private final Selector selector;
    private final ServerSocketChannel listening;
    private final Supplier<NullSession> sessions;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(INPUT_BYTES + SPARE_BYTES);
    private final UnsafeBuffer view = new UnsafeBuffer(bytes);
    private volatile boolean isClosed;

    /**
     * Listens on any free port of loopback.
     *
     * @param wire {@code gmq} or {@code resp}.
     */
    public NullServer(final String wire) throws IOException {
        final Stamps stamps = new Stamps();
        sessions = switch (wire) {
            case "gmq" -> () -> new NullGmq(stamps);
            case "resp" -> () -> new NullResp(stamps);
            default -> throw new IllegalArgumentException("no server for " + wire);
        };
        selector = Selector.open();
        listening = ServerSocketChannel.open();
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        listening.configureBlocking(false);
        listening.register(selector, SelectionKey.OP_ACCEPT);
    }

    /** As a process of its own, on the class path of this one. */
    public static ChildProcess start(final String wire) {
        return start(NullServer.class, wire);
    }

    static ChildProcess start(final Class<?> server, final String argument) {
        return new ChildProcess("the null server", List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), server.getName(),
            argument), "ready");
    }

    /** Prints {@code ready PORT} and serves; the argument is the wire. */
    public static void main(final String[] args) throws IOException {
        final NullServer server = new NullServer(args[0]);
        closeWithInput(server::close);
        System.out.println("ready " + server.port());
        server.serve();
    }

    /** A server does not outlive the process that has started it, at the other end of its standard input. */
    static void closeWithInput(final Runnable close) {
        final Thread watch = new Thread(() -> {
            try {
                while (System.in.read() >= 0) {
                    // Only its end matters.
                }
            } catch (final IOException e) {
                // That is an end, too.
            }
            close.run();
        }, "stdin");
        watch.setDaemon(true);
        watch.start();
    }

    /** Where it listens. */
    public int port() throws IOException {
        return ((InetSocketAddress) listening.getLocalAddress()).getPort();
    }

    /** Serves until it is closed. */
    public void serve() throws IOException {
        int idle = 0;
        while (!isClosed) {
            final int selected = idle < SPINS ? selector.selectNow(this::onSelected) : selector.select(this::onSelected, WAIT_MS);
            idle = selected > 0 ? 0 : idle + 1;
            if (selected > 0) {
                handOut();
            }
        }
        for (final SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    private void onSelected(final SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept();
            } else if (key.isReadable()) {
                read(key);
            }
        } catch (final IOException e) {
            end(key);
        }
    }

    private void accept() throws IOException {
        final SocketChannel channel = listening.accept();
        if (channel != null) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new Connection(sessions.get()));
        }
    }

    private void read(final SelectionKey key) throws IOException {
        final Connection connection = (Connection) key.attachment();
        bytes.clear().limit(INPUT_BYTES);
        bytes.put(connection.left, 0, connection.leftLength);
        final int got = ((SocketChannel) key.channel()).read(bytes);
        if (got < 0) {
            end(key);
            return;
        }
        final int to = bytes.position();
        final int consumed = connection.session.read(view, 0, to);
        connection.leftLength = to - consumed;
        if (connection.leftLength >= INPUT_BYTES) {
            throw new LoadException("a frame is longer than a null server takes");
        }
        if (connection.leftLength > connection.left.length) {
            connection.left = new byte[INPUT_BYTES];
        }
        view.getBytes(consumed, connection.left, 0, connection.leftLength);
    }

    static void end(final SelectionKey key) {
        try {
            key.cancel();
            key.channel().close();
        } catch (final IOException e) {
            // It is gone either way.
        }
    }

    private void handOut() {
        for (final SelectionKey key : selector.keys()) {
            if (key.isValid() && key.attachment() instanceof Connection connection) {
                connection.session.handOut();
                final Output out = connection.session.out();
                if (out.length() > 0) {
                    try {
                        out.flush((SocketChannel) key.channel());
                        key.interestOps(out.length() > 0 ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
                    } catch (final IOException e) {
                        end(key);
                    }
                }
            }
        }
    }

    @Override
    public void close() {
        isClosed = true;
        selector.wakeup();
    }

    private static final class Connection {
        private final NullSession session;
        private byte[] left = new byte[1024];
        private int leftLength;

        private Connection(final NullSession session) {
            this.session = session;
        }
    }
}
