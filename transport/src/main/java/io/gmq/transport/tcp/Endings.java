package io.gmq.transport.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.Channel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the connections of one selector end, and who hears of it: behind their last reply, when their client goes, when it has had its
 * time or has more than there is memory for, and when the broker stops.
 *
 * <p>A connection that the broker ends lingers: what its client still sends is read and dropped for a while, since closing with bytes
 * unread would make the system reset the connection and throw away the last reply.
 *
 * <p>Belongs to one selector's thread.
 */
final class Endings {
    /** How long a client may take to agree on how to talk. */
    static final long HANDSHAKE_MS = 10_000;
    /** How long a client may take to show who it is. */
    static final long UNKNOWN_MS = 10_000;
    /** How long a client may take to notice that the broker has ended the connection. */
    static final long LINGER_MS = 2000;

    private static final Logger LOG = LoggerFactory.getLogger(Endings.class);
    private static final int DISCARDED_LENGTH = 64 * 1024;
    private static final int ENDED_AT_ONCE_MAX = 16;

    private final Selector selector;
    private final SelectorIdleStrategy idle;
    private final ConnectionCount count;
    private final PendingInput pending;
    private final byte[] tooMuchInput;
    private final GracePeriod handshakes = new GracePeriod(HANDSHAKE_MS);
    private final GracePeriod unknown = new GracePeriod(UNKNOWN_MS);
    private final GracePeriod lingering = new GracePeriod(LINGER_MS);
    private final HalfClosed halfClosed = new HalfClosed();
    private final IdleConnections idleness;
    private final UnreadOutput unreadOutput;
    private final List<Connection> farewells = new ArrayList<>();
    private final ArrayDeque<Connection> closed = new ArrayDeque<>();
    private final ByteBuffer discarded = ByteBuffer.allocateDirect(DISCARDED_LENGTH);
    private long nowMs;

    /** @param tooMuchInput the last frame for a client whose long frame there is no memory for. */
    Endings(
        final Selector selector,
        final SelectorIdleStrategy idle,
        final TcpSettings settings,
        final ConnectionCount count,
        final ChunkPool chunks,
        final PendingInput pending,
        final byte[] tooMuchInput) {
        this.selector = selector;
        this.idle = idle;
        this.count = count;
        this.pending = pending;
        this.tooMuchInput = tooMuchInput;
        idleness = new IdleConnections(settings.idleTimeoutMs());
        unreadOutput = new UnreadOutput(chunks);
    }

    /** Ends those whose time is over, in each round. */
    int work() {
        return endLingering() + endHandshakes() + probeHalfClosed() + endUnknown() + endIdle() + endWhoReadsTooLittle();
    }

    /** The time, in each round and when the thread wakes up. */
    void onTime(final long itsNowMs) {
        nowMs = itsNowMs;
    }

    /** Somebody has connected. */
    void onArrived(final Connection connection) {
        idleness.onAlive(connection);
        if (!connection.link.isEstablished()) {
            connection.isHandshaking = true;
            handshakes.add(connection, nowMs);
        }
        if (connection.handler.lateFrame() != null) {
            unknown.add(connection, nowMs);
        }
    }

    /** Client and broker have agreed on how to talk. */
    void onEstablished(final Connection connection) {
        connection.isHandshaking = false;
        handshakes.remove(connection);
    }

    /** It has shown who it is. */
    void onKnown(final Connection connection) {
        unknown.remove(connection);
    }

    /** Something has come from the client or gone to it. */
    void onAlive(final Connection connection) {
        idleness.onAlive(connection);
    }

    /** The client has ended its half. */
    void onEof(final Connection connection) {
        closeIfDone(connection);
        if (!connection.isClosed() && !connection.isLingering) {
            halfClosed.add(connection, nowMs);
        }
    }

    /** What a client may leave unread now before its requests are no longer read, where it may leave so much otherwise. */
    long unreadMax(final long otherwise) {
        return unreadOutput.max(otherwise);
    }

    /** Closes a connection when nothing more will come in and all that was asked has been answered and flushed. */
    void closeIfDone(final Connection connection) {
        if (connection.isClosed() || connection.isLingering || connection.isWaiting()) {
            return;
        }
        final boolean isEnded = connection.isClosingAfterFlush();
        final boolean isDone = isEnded || connection.isEof && connection.isAllAnswered();
        // Asked last: whoever saw the end of the replies above sees their bytes here.
        if (!isDone || !connection.isFlushed()) {
            return;
        }
        if (connection.isEof) {
            close(connection);
        } else {
            linger(connection);
        }
    }

    /** Ends a connection because client and broker do not understand each other. */
    void refuse(final Connection connection, final LinkException refusal) {
        tell(connection, refusal.getMessage());
        try {
            connection.link.socket().write(ByteBuffer.wrap(refusal.lastBytes()));
            linger(connection);
        } catch (final IOException e) {
            LOG.debug("connection {} went before its last bytes", connection.id(), e);
            close(connection);
        }
    }

    private void tell(final Connection connection, final String why) {
        if (count.bounds().reach(Bound.HANDSHAKE, nowMs)) {
            LOG.info("connection {} from {} is ended: {} ({} so far)", connection.id(), connection.remoteHost(), why,
                count.bounds().of(Bound.HANDSHAKE));
        }
    }

    /**
     * Ends those that have gone longest without a whole frame until there is memory for what another has sent; where there is nobody
     * else, that one.
     *
     * @param again tries once more; says whether there is memory now.
     * @return whether that one goes on.
     */
    boolean makeRoom(final Connection connection, final BooleanSupplier again) {
        while (true) {
            final Connection slowest = pending.slowest();
            final Connection ended = slowest == null ? connection : slowest;
            if (count.bounds().reach(Bound.UNFINISHED_FRAMES, nowMs)) {
                LOG.warn("connection {} is ended: clients are sending more long frames at once than there is memory for ({} so far)",
                    ended.id(), count.bounds().of(Bound.UNFINISHED_FRAMES));
            }
            sendLast(ended, tooMuchInput);
            if (ended == connection) {
                return false;
            }
            if (again.getAsBoolean()) {
                return true;
            }
        }
    }

    private int endLingering() {
        int work = 0;
        for (Connection late = lingering.takeLate(nowMs); late != null; late = lingering.takeLate(nowMs)) {
            close(late);
            work++;
        }
        return work;
    }

    private int endHandshakes() {
        int work = 0;
        for (Connection late = handshakes.takeLate(nowMs); late != null; late = handshakes.takeLate(nowMs)) {
            tell(late, "it has not ended its handshake in time");
            close(late);
            work++;
        }
        return work;
    }

    private int probeHalfClosed() {
        if (!halfClosed.isEmpty()) {
            halfClosed.probe(nowMs, this::close);
            idle.sleepAtMost(halfClosed.isEmpty() ? SelectorIdleStrategy.SLEEP_MS_MAX : HalfClosed.ANSWER_MS);
        }
        return 0;
    }

    /** One about which somebody else still decides is ended, or known, by that. */
    private int endUnknown() {
        int work = 0;
        for (Connection late = unknown.takeLate(nowMs); late != null; late = unknown.takeLate(nowMs)) {
            if (!late.isHeld && !late.isClosingAfterFlush()) {
                if (count.bounds().reach(Bound.UNKNOWN, nowMs)) {
                    LOG.info("connection {} from {} is ended: it has not said in time who it is ({} so far)", late.id(), late.remoteHost(),
                        count.bounds().of(Bound.UNKNOWN));
                }
                sendLast(late, late.handler.lateFrame());
            }
            work++;
        }
        return work;
    }

    private int endIdle() {
        if (!idleness.isOn() || !idleness.advance(nowMs)) {
            return 0;
        }
        int work = 0;
        for (final SelectionKey key : selector.keys()) {
            if (key.attachment() instanceof Connection connection && !connection.isClosed() && !connection.isLingering
                && idleness.isIdle(connection)) {
                work++;
                if (count.bounds().reach(Bound.IDLE, nowMs)) {
                    LOG.info("connection {} from {} is ended: nothing has happened on it for network.idle_timeout_ms ({} so far)",
                        connection.id(), connection.remoteHost(), count.bounds().of(Bound.IDLE));
                }
                if (connection.outbound.size() == 0) {
                    linger(connection);
                } else {
                    close(connection);
                }
            }
        }
        return work;
    }

    private int endWhoReadsTooLittle() {
        unreadOutput.look();
        int work = 0;
        while (work < ENDED_AT_ONCE_MAX && unreadOutput.isTooMuch()) {
            final Connection most = unreadOutput.most(selector);
            if (most == null) {
                break;
            }
            if (count.bounds().reach(Bound.UNREAD_OUTPUT, nowMs)) {
                LOG.warn("connection {} is ended with {} bytes unread: clients leave more unread than there may be in all ({} so far)",
                    most.id(), most.outbound.size(), count.bounds().of(Bound.UNREAD_OUTPUT));
            }
            close(most);
            work++;
        }
        return work;
    }

    /** Ends the broker's half of a connection and waits for the client to end its own. */
    private void linger(final Connection connection) {
        try {
            connection.link.shutdownOutput();
            connection.isLingering = true;
            connection.key.interestOps(SelectionKey.OP_READ);
            forget(connection);
            lingering.add(connection, nowMs);
        } catch (final IOException | CancelledKeyException e) {
            LOG.debug("connection {} went before its end", connection.id(), e);
            close(connection);
        }
    }

    /** Reads what the client of a connection that has ended still sends. */
    void discard(final Connection connection) throws IOException {
        discarded.clear();
        if (connection.link.socket().read(discarded) < 0) {
            close(connection);
        }
    }

    /** Sends a frame that answers nothing and ends the connection, gently where the client has sent something unread. */
    private void sendLast(final Connection connection, final byte[] frame) {
        if (connection.outbound.size() > 0) {
            close(connection); // the frame would come in the middle of another
            return;
        }
        discarded.clear();
        try {
            connection.link.write(ByteBuffer.wrap(frame));
            if (connection.link.socket().read(discarded) > 0) {
                linger(connection);
            } else {
                close(connection);
            }
        } catch (final IOException e) {
            LOG.debug("connection {} went before its last frame", connection.id(), e);
            close(connection);
        } catch (final RuntimeException e) {
            LOG.error("connection {} is closed after an internal error", connection.id(), e);
            close(connection);
        }
    }

    void close(final Connection connection) {
        if (connection.isClosed()) {
            return;
        }
        connection.markClosed();
        forget(connection);
        lingering.remove(connection);
        connection.key.cancel();
        closeQuietly(connection.link);
        count.leave(connection.channel);
        closed.add(connection);
    }

    private void forget(final Connection connection) {
        unknown.remove(connection);
        handshakes.remove(connection);
        pending.drop(connection);
    }

    /** Whether somebody has yet to be told of a connection that is closed. */
    boolean hasUntold() {
        return !closed.isEmpty();
    }

    /** Tells handlers that their connections are gone; those that cannot pass it on are told again. */
    int announce() {
        int work = 0;
        while (!closed.isEmpty() && closed.peek().handler.onClosed()) {
            closed.poll();
            work++;
        }
        return work;
    }

    /** Ends all connections with a last frame, each when its output is flushed: to be called again and again. */
    int sayFarewell(final byte[] frame) {
        if (farewells.isEmpty()) {
            selector.keys().forEach(key -> {
                if (key.attachment() instanceof Connection connection) {
                    farewells.add(connection);
                }
            });
        }
        int work = 0;
        for (final Connection connection : farewells) {
            if (!connection.isClosed() && !connection.isLingering && connection.isFlushed()) {
                sendLast(connection, frame);
                work++;
            }
        }
        return work;
    }

    /** Closes all. */
    void closeAll() {
        selector.keys().forEach(key -> {
            if (key.attachment() instanceof Connection connection) {
                close(connection);
            }
        });
        pending.close();
    }

    static void closeQuietly(final Channel channel) {
        try {
            channel.close();
        } catch (final IOException e) {
            LOG.debug("closing a connection failed", e);
        }
    }
}
