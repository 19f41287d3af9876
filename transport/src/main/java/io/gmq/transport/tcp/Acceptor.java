package io.gmq.transport.tcp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.agrona.concurrent.EpochClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens, and deals accepted connections out to the selectors in turn. Runs on the first selector's thread. When the system
 * has no more files to give, it waits a little instead of spinning.
 */
public final class Acceptor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);
    private static final int BACKLOG = 1024;
    private static final long BACK_OFF_MS = 100;

    private final ServerSocketChannel channel;
    private final SelectionKey key;
    private final List<SelectorAgent> selectors;
    private final ConnectionCount count;
    private final byte[] overloaded;
    private final EpochClock clock;
    private long acceptsAgainMs;
    private int next;

    /**
     * @param selector   the first selector's.
     * @param overloaded the frame that a client gets for whom there is no room.
     * @throws IOException if the address cannot be listened on.
     */
    public Acceptor(
        final TcpSettings settings,
        final Selector selector,
        final List<SelectorAgent> selectors,
        final ConnectionCount count,
        final byte[] overloaded,
        final EpochClock clock)
        throws IOException {
        this.selectors = selectors;
        this.count = count;
        this.overloaded = overloaded;
        this.clock = clock;
        channel = ServerSocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(settings.address(), BACKLOG);
            channel.configureBlocking(false);
            key = channel.register(selector, SelectionKey.OP_ACCEPT, this);
        } catch (final IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Where clients connect to. */
    public InetSocketAddress address() throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    void onAcceptable() {
        if (clock.time() < acceptsAgainMs) {
            return;
        }
        try {
            SocketChannel client = channel.accept();
            while (client != null) {
                admit(client);
                client = channel.accept();
            }
        } catch (final IOException e) {
            LOG.warn("cannot accept a connection: {}", e.getMessage());
            acceptsAgainMs = clock.time() + BACK_OFF_MS;
        }
    }

    private void admit(final SocketChannel client) throws IOException {
        client.configureBlocking(false);
        if (!count.tryIncrement()) {
            client.write(ByteBuffer.wrap(overloaded));
            SelectorAgent.closeQuietly(client);
            return;
        }
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        client.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        selectors.get(next).adopt(client);
        next = (next + 1) % selectors.size();
    }

    /** Stops listening; those who are connected stay. */
    @Override
    public void close() throws IOException {
        key.cancel();
        channel.close();
        key.selector().wakeup();
    }
}
