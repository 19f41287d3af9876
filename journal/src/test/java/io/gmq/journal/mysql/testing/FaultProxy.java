package io.gmq.journal.mysql.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a broker and a database server, and fails on demand. Connections through it are not encrypted: it takes that offer
 * out of the server's greeting, so that it can see what is sent.
 *
 * <p>For any thread. It goes on listening on its port until it is closed, also while its server is dead.
 */
public final class FaultProxy implements AutoCloseable {
    private final InetSocketAddress server;
    private final ServerSocket listener;
    private final Valve valve = new Valve();
    private final Set<ProxyLink> links = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean swallowNext = new AtomicBoolean();
    private final AtomicInteger swallowed = new AtomicInteger();
    private volatile boolean refusing;

    public FaultProxy(final TestServer server) {
        this.server = new InetSocketAddress(server.host(), server.port());
        try {
            listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        inBackground(this::accept);
    }

    static void inBackground(final Runnable work) {
        final Thread thread = new Thread(work, "fault-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** The server's data source, in the original's form, with this proxy in the server's place. */
    public String dsn(final String ofServer) {
        final int at = ofServer.lastIndexOf("@tcp(");
        return ofServer.substring(0, at) + "@tcp(127.0.0.1:" + port() + ")" + ofServer.substring(ofServer.lastIndexOf('/'));
    }

    /** Ends all connections. New ones are taken. */
    public void cut() {
        links.forEach(ProxyLink::close);
    }

    /** Passes nothing on any more, in either direction, until {@link #thaw}. Connections are taken, and nothing is lost. */
    public void freeze() {
        valve.close();
    }

    public void thaw() {
        valve.open();
    }

    /** While it is true, new connections are reset at once. Those that are open go on. */
    public void refuse(final boolean refuse) {
        refusing = refuse;
    }

    /**
     * The next {@code COMMIT} that a client sends reaches the server, but not the server's answer the client: when it has come, both
     * sides are closed.
     */
    public void swallowNextCommitReply() {
        swallowNext.set(true);
    }

    /** How many answers to a {@code COMMIT} were swallowed. */
    public int swallowed() {
        return swallowed.get();
    }

    @Override
    public void close() {
        closeQuietly(listener);
        cut();
        valve.open();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                take(listener.accept());
            } catch (final IOException closed) {
                continue;
            }
        }
    }

    private void take(final Socket client) throws IOException {
        final Socket toServer = new Socket();
        try {
            if (refusing) {
                throw new IOException("refused");
            }
            toServer.connect(server);
            new ProxyLink(this, client, toServer).start();
        } catch (final IOException noServer) {
            client.setSoLinger(true, 0);
            client.close();
        }
    }

    void opened(final ProxyLink link) {
        links.add(link);
    }

    void closed(final ProxyLink link) {
        links.remove(link);
    }

    void awaitThaw() {
        valve.pass();
    }

    /** Whether the answer to a {@code COMMIT} that is being sent shall be swallowed: true once. */
    boolean takeSwallowing() {
        return swallowNext.compareAndSet(true, false);
    }

    void swallowedOne() {
        swallowed.incrementAndGet();
    }

    static void closeQuietly(final AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (final Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
