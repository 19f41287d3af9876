package io.gmq.bench.wire;

import io.gmq.bench.load.ChildProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * The plainest server that {@code java.nio} lets one write: it waits in its selector, and sends back what it has read, from the buffer
 * that it was read into. What sockets and their waiting cost in Java, with nothing else. One thread.
 */
public final class EchoServer implements AutoCloseable {
    private static final int BUFFER_BYTES = 256 << 10;

    private final Selector selector;
    private final ServerSocketChannel listening;
    private volatile boolean isClosed;

    /** Listens on any free port of loopback. */
    public EchoServer() throws IOException {
        selector = Selector.open();
        listening = ServerSocketChannel.open();
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        listening.configureBlocking(false);
        listening.register(selector, SelectionKey.OP_ACCEPT);
    }

    /** As a process of its own, on the class path of this one. */
    public static ChildProcess start() {
        return NullServer.start(EchoServer.class, "");
    }

    /** Prints {@code ready PORT} and serves until its standard input ends. */
    public static void main(final String[] args) throws IOException {
        final EchoServer server = new EchoServer();
        NullServer.closeWithInput(server::close);
        System.out.println("ready " + server.port());
        server.serve();
    }

    /** Where it listens. */
    public int port() throws IOException {
        return ((InetSocketAddress) listening.getLocalAddress()).getPort();
    }

    /** Serves until it is closed. */
    public void serve() throws IOException {
        while (!isClosed) {
            selector.select(this::onSelected);
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
            } else {
                echo(key);
            }
        } catch (final IOException e) {
            NullServer.end(key);
        }
    }

    private void accept() throws IOException {
        final SocketChannel channel = listening.accept();
        if (channel != null) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, ByteBuffer.allocateDirect(BUFFER_BYTES));
        }
    }

    private static void echo(final SelectionKey key) throws IOException {
        final SocketChannel channel = (SocketChannel) key.channel();
        final ByteBuffer bytes = (ByteBuffer) key.attachment();
        if (channel.read(bytes) < 0) {
            NullServer.end(key);
            return;
        }
        bytes.flip();
        channel.write(bytes);
        bytes.compact();
        final boolean isLeft = bytes.position() > 0;
        final int wanted = isLeft ? bytes.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (key.interestOps() != wanted) {
            key.interestOps(wanted);
        }
    }

    @Override
    public void close() {
        isClosed = true;
        selector.wakeup();
    }
}
