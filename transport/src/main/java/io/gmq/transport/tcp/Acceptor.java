package io.gmq.transport.tcp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.function.BooleanSupplier;
import jdk.net.ExtendedSocketOptions;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens at one address, and deals accepted connections out to the selectors in turn. Runs on the first selector's thread. When the system
 * has no more files to give, it waits a little instead of spinning.
 */
public final class Acceptor implements Agent, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);
    private static final int BACKLOG = 1024;
    private static final long BACK_OFF_MS = 100;
    /** Clients taken in before those who are in get their turn. */
    private static final int ACCEPTED_AT_ONCE_MAX = 16;
    /** A client that is gone without a word is noticed after two minutes, and not after two hours as is usual. */
    private static final int KEEP_ALIVE_IDLE_S = 60;
    private static final int KEEP_ALIVE_INTERVAL_S = 15;
    private static final int KEEP_ALIVE_COUNT = 4;

    private final ServerSocketChannel channel;
    private final SelectionKey key;
    private final List<SelectorAgent> selectors;
    private final ConnectionCount count;
    private final Listener listener;
    private final BooleanSupplier mayBegin;
    private final EpochClock clock;
    private boolean isAccepting;
    private long acceptsAgainMs;
    private boolean isBackedOff;
    private int next;

    /**
     * @param selector the first selector's.
     * @param mayBegin whether connections may be accepted yet; until then they wait in the system's backlog.
     * @throws IOException if the address cannot be listened on.
     */
    public Acceptor(
        final Listener listener,
        final Selector selector,
        final List<SelectorAgent> selectors,
        final ConnectionCount count,
        final BooleanSupplier mayBegin,
        final EpochClock clock)
        throws IOException {
        this.listener = listener;
        this.selectors = selectors;
        this.count = count;
        this.mayBegin = mayBegin;
        this.clock = clock;
        channel = ServerSocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(listener.address(), BACKLOG);
            channel.configureBlocking(false);
            key = channel.register(selector, 0, this);
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
        try {
            for (int i = 0; i < ACCEPTED_AT_ONCE_MAX; i++) {
                final SocketChannel client = channel.accept();
                if (client == null) {
                    return;
                }
                isBackedOff = false;
                admit(client);
            }
        } catch (final ClosedChannelException e) {
            LOG.debug("no longer listening", e);
        } catch (final IOException e) {
            if (!isBackedOff) {
                LOG.warn("cannot accept connections for now: {}", e.getMessage());
            }
            isBackedOff = true;
            acceptsAgainMs = clock.time() + BACK_OFF_MS;
            isAccepting = false;
            listenFor(0);
        }
    }

    /** Takes a client in or sends it away; one that is gone already hurts nobody else. */
    private void admit(final SocketChannel client) {
        boolean isAdmitted = false;
        try {
            client.configureBlocking(false);
            final Bound beyond = count.tryEnter(client);
            isAdmitted = beyond == null;
            if (isAdmitted) {
                setUp(client);
                selectors.get(next).adopt(client, listener.links());
                next = (next + 1) % selectors.size();
            } else {
                sendAway(client, beyond);
            }
        } catch (final IOException e) {
            LOG.debug("a client was gone before it was taken in", e);
            Endings.closeQuietly(client);
            if (isAdmitted) {
                count.leave(client);
            }
        }
    }

    private void sendAway(final SocketChannel client, final Bound beyond) throws IOException {
        final boolean isOfAddress = beyond == Bound.CONNECTIONS_OF_ADDRESS;
        if (count.bounds().reach(beyond, clock.time())) {
            LOG.warn("refused a connection: there may be {} {} ({}; {} refused so far)", isOfAddress ? count.maxPerAddress() : count.max(),
                isOfAddress ? "from one address" : "in all",
                isOfAddress ? "network.max_connections_per_address" : "network.max_connections", count.bounds().of(beyond));
        }
        client.write(ByteBuffer.wrap(isOfAddress ? listener.tooManyOfAddress() : listener.tooMany()));
        Endings.closeQuietly(client);
    }

    private static void setUp(final SocketChannel client) throws IOException {
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        client.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        if (client.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
            client.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEP_ALIVE_IDLE_S);
            client.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEP_ALIVE_INTERVAL_S);
            client.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, KEEP_ALIVE_COUNT);
        }
    }

    /** Begins to accept when it may, and again when it has waited long enough after a failure. */
    @Override
    public int doWork() {
        if (isAccepting || clock.time() < acceptsAgainMs || !key.isValid() || !mayBegin.getAsBoolean()) {
            return 0;
        }
        isAccepting = true;
        listenFor(SelectionKey.OP_ACCEPT);
        return 1;
    }

    /** Whoever stops the broker closes the channel from a thread of its own, also between a look at the key and its use. */
    private void listenFor(final int operations) {
        try {
            key.interestOps(operations);
        } catch (final CancelledKeyException e) {
            LOG.debug("no longer listening", e);
        }
    }

    @Override
    public String roleName() {
        return "acceptor";
    }

    /** Stops listening; those who are connected stay. */
    @Override
    public void close() throws IOException {
        key.cancel();
        channel.close();
        key.selector().wakeup();
    }
}
