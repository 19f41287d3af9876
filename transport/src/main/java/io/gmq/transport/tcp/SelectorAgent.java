package io.gmq.transport.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.Channel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns a share of the connections: reads what they send and writes what stands in their queues. A fault of one connection
 * closes that connection; anything else that is thrown is the process's.
 *
 * <p>Runs on one thread. Others reach it through {@link #adopt} and {@link #scheduleFlush}, both followed by a wake-up.
 */
public final class SelectorAgent implements Agent {
    private static final Logger LOG = LoggerFactory.getLogger(SelectorAgent.class);
    private static final int READ_LENGTH = 256 * 1024;
    /** Decisions that can still come for connections that are closed already. */
    private static final int RELEASES_BESIDE = 4096;
    private static final int DISCARDED_LENGTH = 4096;
    private static final int ENDED_AT_ONCE_MAX = 16;

    private final String name;
    private final Selector selector;
    private final SelectorIdleStrategy idle;
    private final TcpSettings settings;
    private final ConnectionCount count;
    private final ChunkPool chunks;
    private final Function<Connection, ByteHandler> newHandler;
    private final EpochClock clock;
    private final ReplyBudget replyBudget;
    private final Queue<Arrival> arrivals;
    private final ManyToOneConcurrentArrayQueue<Connection> flushes;
    private final ManyToOneConcurrentArrayQueue<Connection> releases;
    private final ArrayDeque<Connection> stalled = new ArrayDeque<>();
    private final List<Connection> farewells = new ArrayList<>();
    private final ArrayDeque<Connection> closed = new ArrayDeque<>();
    private final ArrayDeque<Connection> undrained = new ArrayDeque<>();
    private final ArrayDeque<Connection> readAgain = new ArrayDeque<>();
    private final Queue<Connection> resumed = new ConcurrentLinkedQueue<>();
    private final Handshakes handshakes = new Handshakes();
    private final RefusalLog refusals = new RefusalLog();
    private final Lingering lingering = new Lingering();
    private final HalfClosed halfClosed = new HalfClosed();
    private final Newcomers newcomers = new Newcomers();
    private final PendingInput pending;
    private final byte[] shared = new byte[READ_LENGTH + PendingInput.COPIED_MAX];
    private final ByteBuffer sharedView = ByteBuffer.wrap(shared);
    private final byte[] tooMuchInput;
    private final IdleConnections idleness;
    private final UnreadOutput unreadOutput;
    private final Seldom seldom = new Seldom();
    private final ByteBuffer discarded = ByteBuffer.allocate(DISCARDED_LENGTH);
    private int ready;
    private boolean hasJustSelected;
    private volatile boolean isDraining;
    private volatile boolean hasStoppedReading;
    private volatile byte[] farewell;

    /**
     * @param newHandler   makes the handler of each new connection.
     * @param tooMuchInput the last frame for a client whose long frame there is no memory for.
     */
    public SelectorAgent(
        final String name,
        final Selector selector,
        final SelectorIdleStrategy idle,
        final TcpSettings settings,
        final ConnectionCount count,
        final ChunkPool chunks,
        final Function<Connection, ByteHandler> newHandler,
        final byte[] tooMuchInput,
        final EpochClock clock) {
        this.name = name;
        this.selector = selector;
        this.idle = idle;
        this.settings = settings;
        this.count = count;
        this.chunks = chunks;
        this.newHandler = newHandler;
        this.clock = clock;
        this.tooMuchInput = tooMuchInput;
        idleness = new IdleConnections(settings.idleTimeoutMs());
        unreadOutput = new UnreadOutput(chunks);
        replyBudget = new ReplyBudget(settings.maxReplyBytes());
        pending = new PendingInput(READ_LENGTH / 4, settings.maxFrameLength() + READ_LENGTH, settings.maxPendingBytes());
        arrivals = new ManyToOneConcurrentArrayQueue<>(Math.max(2, settings.maxConnections()));
        flushes = new ManyToOneConcurrentArrayQueue<>(Math.max(2, settings.maxConnections() * 2));
        releases = new ManyToOneConcurrentArrayQueue<>(settings.maxConnections() + RELEASES_BESIDE);
        idle.attach(this::onReadyWhileIdle);
    }

    @Override
    public int doWork() throws IOException {
        int work = flushScheduled();
        if (farewell != null) {
            work += sayFarewell();
        }
        work += adoptArrivals();
        work += announceClosed();
        work += announceFlushed();
        work += lingering.isEmpty() ? 0 : lingering.end(clock.time(), this::close);
        if (!handshakes.isEmpty()) {
            handshakes.end(clock.time(), this::endHandshake);
        }
        probeHalfClosed();
        work += resumeReleased();
        work += newcomers.isEmpty() ? 0 : endUnknown();
        work += idleness.isOn() ? endIdle() : 0;
        work += endWhoReadsTooLittle();
        work += resumeStalled();
        work += readResumed();
        work += readUnread();
        work += select();
        if (isDraining && !hasStoppedReading) {
            hasStoppedReading = true;
        }
        return work;
    }

    ReplyBudget replyBudget() {
        return replyBudget;
    }

    /** A client that has been accepted, and how it is talked to. */
    private record Arrival(SocketChannel channel, Links links) {
    }

    /** Anybody's: gives it a connection that has been accepted. */
    void adopt(final SocketChannel channel, final Links links) {
        if (arrivals.offer(new Arrival(channel, links))) {
            idle.wake();
        } else {
            closeQuietly(channel);
            count.leave(channel);
        }
    }

    /** The last stage's, through {@link Connection#scheduleFlush}. */
    boolean scheduleFlush(final Connection connection) {
        return flushes.offer(connection);
    }

    /** Anybody's, through {@link Connection#release}. */
    void release(final Connection connection) {
        if (!releases.offer(connection)) {
            throw new IllegalStateException("more decisions than connections");
        }
        idle.wake();
    }

    /** This thread's, through {@link Connection#onKnown}. */
    void onKnown(final Connection connection) {
        newcomers.remove(connection);
    }

    /** Wakes the thread that runs this agent. */
    public void wake() {
        idle.wake();
    }

    /** Anybody's: from now on nothing is read; what has entered the ring is still answered. */
    public void drain() {
        isDraining = true;
        idle.wake();
    }

    /** Anybody's, after {@link #drain}: whether no further request of this selector will enter the ring. */
    public boolean hasStoppedReading() {
        return hasStoppedReading;
    }

    /** Anybody's, when the ring is empty: ends every connection with a last frame, once its output is flushed. */
    public void endAll(final byte[] lastFrame) {
        farewell = lastFrame;
        idle.wake();
    }

    private int select() throws IOException {
        if (hasJustSelected) {
            hasJustSelected = false;
            return 0;
        }
        ready = 0;
        selector.selectNow(this::onReady);
        return ready;
    }

    private void onReadyWhileIdle(final SelectionKey key) {
        hasJustSelected = true;
        onReady(key);
    }

    private void onReady(final SelectionKey key) {
        ready++;
        if (key.attachment() instanceof Acceptor acceptor) {
            acceptor.onAcceptable();
            return;
        }
        guarded((Connection) key.attachment(), this::onReady);
    }

    private void onReady(final Connection connection) throws IOException {
        final int operations = connection.key.readyOps();
        if ((operations & SelectionKey.OP_WRITE) != 0) {
            flush(connection);
        }
        if ((operations & SelectionKey.OP_READ) != 0 && !connection.isClosed()) {
            if (isDraining && !connection.isLingering) {
                updateInterest(connection);
            } else if (stalled.isEmpty() || connection.isLingering) {
                read(connection);
            } else if (hasJustSelected) {
                readOrWait(connection);
            }
        }
    }

    /** Nothing more can be taken at the moment: a thread that has nothing else to do must not be told again of what it cannot read. */
    private void readOrWait(final Connection connection) throws IOException {
        if (connection.isStalled) {
            connection.key.interestOps(connection.key.interestOps() & ~SelectionKey.OP_READ);
        } else {
            read(connection);
        }
    }

    /** What is done with one connection. */
    @FunctionalInterface
    private interface Step {
        void on(Connection connection) throws IOException;
    }

    /** Does something with a connection and closes it if that goes wrong. */
    private void guarded(final Connection connection, final Step step) {
        if (connection.isClosed()) {
            return;
        }
        try {
            step.on(connection);
        } catch (final LinkException e) {
            refuse(connection, e);
        } catch (final IOException | CancelledKeyException e) {
            close(connection);
        } catch (final RuntimeException e) {
            LOG.error("connection {} is closed after an internal error", connection.id(), e);
            close(connection);
        }
    }

    /** Ends a connection with bytes that go out as they are. */
    private void refuse(final Connection connection, final LinkException refusal) {
        refusals.add(connection, refusal, clock.time());
        try {
            connection.link.socket().write(ByteBuffer.wrap(refusal.lastBytes()));
            linger(connection);
        } catch (final IOException e) {
            LOG.debug("connection {} went before its last bytes", connection.id(), e);
            close(connection);
        }
    }

    private int adoptArrivals() throws IOException {
        int work = 0;
        Arrival arrival = arrivals.poll();
        while (arrival != null) {
            if (isDraining) {
                closeQuietly(arrival.channel());
                count.leave(arrival.channel());
            } else {
                adopt(arrival);
                work++;
            }
            arrival = arrivals.poll();
        }
        return work;
    }

    private void adopt(final Arrival arrival) throws IOException {
        final SelectionKey key = arrival.channel().register(selector, SelectionKey.OP_READ);
        final Connection connection = new Connection(count.nextId(), this, arrival.channel(), key, new OutboundQueue(chunks));
        connection.link = arrival.links().open(arrival.channel(), () -> {
            resumed.add(connection);
            idle.wake();
        });
        connection.handler = newHandler.apply(connection);
        key.attach(connection);
        idleness.onAlive(connection);
        if (!connection.link.isEstablished()) {
            connection.isHandshaking = true;
            handshakes.add(connection, clock.time());
        }
        if (connection.handler.lateFrame() != null) {
            newcomers.add(connection, clock.time());
        }
    }

    private void endHandshake(final Connection connection) {
        refusals.add(connection, new LinkException("it has not ended its handshake in time", Connection.NOTHING, null), clock.time());
        close(connection);
    }

    private void read(final Connection connection) throws IOException {
        if (connection.isLingering) {
            discard(connection);
            return;
        }
        final boolean isShared = connection.pendingLength <= PendingInput.COPIED_MAX;
        final int had = connection.pendingLength;
        final byte[] bytes;
        final int got;
        if (isShared) {
            bytes = shared;
            System.arraycopy(connection.pending, 0, shared, 0, had);
            sharedView.limit(had + READ_LENGTH).position(had);
            got = connection.link.read(sharedView);
        } else {
            if (!pending.tryGrow(connection) && !makeRoom(connection, () -> pending.tryGrow(connection))) {
                return;
            }
            bytes = connection.pending;
            got = connection.link.read(ByteBuffer.wrap(bytes, had, bytes.length - had));
        }
        if (connection.isHandshaking && connection.link.isEstablished()) {
            connection.isHandshaking = false;
            handshakes.remove(connection);
        }
        if (got < 0) {
            onEof(connection);
            return;
        }
        if (got == 0) {
            updateInterest(connection);
            return;
        }
        idleness.onAlive(connection);
        take(connection, bytes, had + got);
    }

    /** Offers bytes to the handler and keeps what it leaves. */
    private void take(final Connection connection, final byte[] bytes, final int length) {
        final int taken = connection.handler.onBytes(bytes, 0, length);
        final int left = connection.isReadingStopped ? 0 : length - taken;
        if (pending.keep(connection, bytes, taken, left)
            || makeRoom(connection, () -> pending.keep(connection, bytes, taken, left))) {
            updateInterest(connection);
            readMoreLater(connection);
        }
    }

    /** Remembers a connection that has something to read of which no selector tells. */
    private void readMoreLater(final Connection connection) {
        if (connection.link.hasUnread() && !connection.isUnread) {
            connection.isUnread = true;
            readAgain.add(connection);
        }
    }

    /** Reads once from each connection that is remembered; one that waits for its client is remembered anew when that is over. */
    private int readUnread() {
        int work = 0;
        for (int left = readAgain.size(); left > 0 && stalled.isEmpty() && !isDraining; left--) {
            final Connection connection = readAgain.poll();
            connection.isUnread = false;
            if (isReading(connection)) {
                guarded(connection, this::read);
                work++;
            }
        }
        return work;
    }

    /** Goes on with those for whom another thread was at work. */
    private int readResumed() {
        int work = 0;
        Connection connection = resumed.poll();
        while (connection != null) {
            guarded(connection, this::goOn);
            work++;
            connection = resumed.poll();
        }
        return work;
    }

    private void goOn(final Connection connection) throws IOException {
        if (connection.isLingering || isDraining) {
            return;
        }
        if (connection.isHandshaking || stalled.isEmpty() && isReading(connection)) {
            read(connection);
        } else {
            readMoreLater(connection);
        }
        if (!connection.isClosed() && connection.outbound.size() > 0) {
            flush(connection);
        }
    }

    /**
     * Ends those that have gone longest without a whole frame until there is memory for what another has sent; where there is nobody
     * else, that one. Says whether it goes on.
     */
    private boolean makeRoom(final Connection connection, final BooleanSupplier again) {
        while (true) {
            final Connection slowest = pending.slowest();
            final Connection ended = slowest == null ? connection : slowest;
            if (seldom.isTime(clock.time())) {
                LOG.warn("connection {} is ended: clients are sending more long frames at once than there is memory for", ended.id());
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

    private int endWhoReadsTooLittle() {
        unreadOutput.look();
        int work = 0;
        while (work < ENDED_AT_ONCE_MAX && unreadOutput.isTooMuch()) {
            final Connection most = unreadOutput.most(selector, clock.time());
            if (most == null) {
                break;
            }
            close(most);
            work++;
        }
        return work;
    }

    /** What a client may leave unread now before its requests are no longer read, where it may leave so much otherwise. */
    long unreadMax(final long otherwise) {
        return unreadOutput.max(otherwise);
    }

    private int endIdle() {
        if (!idleness.advance(clock.time())) {
            return 0;
        }
        int work = 0;
        for (final SelectionKey key : selector.keys()) {
            if (key.attachment() instanceof Connection connection && !connection.isClosed() && !connection.isLingering
                && idleness.isIdle(connection)) {
                work++;
                if (connection.outbound.size() == 0) {
                    linger(connection);
                } else {
                    close(connection);
                }
            }
        }
        return work;
    }

    private void onEof(final Connection connection) {
        connection.isEof = true;
        updateInterest(connection);
        closeIfDone(connection);
        if (!connection.isClosed() && !connection.isLingering) {
            halfClosed.add(connection, clock.time());
        }
    }

    private void probeHalfClosed() {
        if (!halfClosed.isEmpty()) {
            halfClosed.probe(clock.time(), this::close);
            idle.sleepAtMost(halfClosed.isEmpty() ? SelectorIdleStrategy.SLEEP_MS_MAX : HalfClosed.ANSWER_MS);
        }
    }

    /** The handler's: it could not take all because the ring or the budget is full; it is asked again soon. */
    void stall(final Connection connection) {
        if (!connection.isStalled) {
            connection.isStalled = true;
            if (stalled.peek() != connection) {
                stalled.add(connection);
            }
        }
    }

    private int resumeStalled() {
        int work = 0;
        while (!isDraining && !stalled.isEmpty()) {
            final Connection connection = stalled.peek();
            final int before = connection.pendingLength;
            connection.isStalled = false;
            guarded(connection, this::resume);
            work += connection.pendingLength < before ? 1 : 0;
            if (connection.isStalled) {
                break;
            }
            stalled.poll();
        }
        idle.waitForRoom(!stalled.isEmpty() || !closed.isEmpty() || !undrained.isEmpty());
        return work;
    }

    private int resumeReleased() {
        int work = 0;
        while (!isDraining && !releases.isEmpty()) {
            final Connection connection = releases.poll();
            connection.isHeld = false;
            guarded(connection, this::resume);
            work++;
        }
        return work;
    }

    /** One about which somebody else still decides is ended, or known, by that. */
    private int endUnknown() {
        int work = 0;
        final long nowMs = clock.time();
        Connection late = newcomers.takeLate(nowMs);
        while (late != null) {
            if (!late.isHeld && !late.isClosingAfterFlush()) {
                guarded(late, connection -> sendLast(connection, connection.handler.lateFrame()));
            }
            work++;
            late = newcomers.takeLate(nowMs);
        }
        return work;
    }

    private void resume(final Connection connection) {
        take(connection, connection.pending, connection.pendingLength);
        closeIfDone(connection);
    }

    private int flushScheduled() {
        int work = 0;
        Connection connection = flushes.poll();
        while (connection != null) {
            connection.flushBegins();
            guarded(connection, this::flush);
            work++;
            connection = flushes.poll();
        }
        return work;
    }

    private void flush(final Connection connection) throws IOException {
        if (connection.isLingering) {
            return;
        }
        if (connection.link.hasUnwritten()) {
            connection.link.flush();
            readMoreLater(connection);
        }
        if (connection.outbound.flush(connection.link) > 0) {
            idleness.onAlive(connection);
        }
        connection.onFlushed();
        announceFlushed(connection);
        if (connection.isPaused && !isDraining && connection.isOutboundBelow(settings.maxOutboundBytes() / 2)) {
            connection.isPaused = false;
            resume(connection);
        }
        if (!connection.isClosed()) {
            updateInterest(connection);
            closeIfDone(connection);
        }
    }

    private void updateInterest(final Connection connection) {
        if (connection.isLingering) {
            return;
        }
        final int interest = connection.link.isBusy()
            ? 0
            : (isReading(connection) ? SelectionKey.OP_READ : 0) | (isFlushed(connection) ? 0 : SelectionKey.OP_WRITE);
        if (connection.key.interestOps() != interest) {
            connection.key.interestOps(interest);
        }
    }

    /** Whether a connection's bytes are wanted. */
    private boolean isReading(final Connection connection) {
        return !connection.isEof && !connection.isReadingStopped && !connection.isPaused && !connection.isHeld && !connection.isLingering
            && !isDraining;
    }

    /** Closes a connection when nothing more will come in and all that was asked has been answered and flushed. */
    private void closeIfDone(final Connection connection) {
        if (connection.isClosed() || connection.isLingering || connection.isStalled || connection.isPaused
            || connection.isHeld) {
            return;
        }
        final boolean isEnded = connection.isClosingAfterFlush();
        final boolean isDone = isEnded || connection.isEof && connection.isAllAnswered();
        // Asked last: whoever saw the end of the replies above sees their bytes here.
        if (!isDone || !isFlushed(connection)) {
            return;
        }
        if (connection.isEof) {
            close(connection);
        } else {
            linger(connection);
        }
    }

    private static boolean isFlushed(final Connection connection) {
        return connection.outbound.size() == 0 && !connection.link.hasUnwritten();
    }

    /** Ends the broker's half of a connection and waits for the client to end its own. */
    private void linger(final Connection connection) {
        try {
            connection.link.shutdownOutput();
            newcomers.remove(connection);
            lingering.add(connection, clock.time());
            pending.drop(connection);
            connection.key.interestOps(SelectionKey.OP_READ);
        } catch (final IOException e) {
            close(connection);
        }
    }

    private void discard(final Connection connection) throws IOException {
        sharedView.clear();
        if (connection.link.socket().read(sharedView) < 0) {
            close(connection);
        }
    }

    private void close(final Connection connection) {
        if (connection.isClosed()) {
            return;
        }
        connection.markClosed();
        newcomers.remove(connection);
        pending.drop(connection);
        connection.key.cancel();
        closeQuietly(connection.link);
        if (connection.isHandshaking) {
            handshakes.remove(connection);
        }
        count.leave(connection.channel);
        closed.add(connection);
    }

    /** Tells handlers that their connections are gone; those that cannot pass it on are told again. */
    private int announceClosed() {
        int work = 0;
        // From the moment of draining on, nothing may change any more: the next start closes these connections.
        while (!isDraining && !closed.isEmpty() && closed.peek().handler.onClosed()) {
            closed.poll();
            work++;
        }
        return work;
    }

    private void announceFlushed(final Connection connection) {
        if (!isDraining && !connection.isUndrained && !connection.handler.onFlushed()) {
            connection.isUndrained = true;
            undrained.add(connection);
        }
    }

    /** Tells handlers once more what they could not pass on because the ring was full. */
    private int announceFlushed() {
        int work = 0;
        while (!isDraining && !undrained.isEmpty() && (undrained.peek().isClosed() || undrained.peek().handler.onFlushed())) {
            undrained.poll().isUndrained = false;
            work++;
        }
        return work;
    }

    private int sayFarewell() {
        if (farewells.isEmpty()) {
            selector.keys().forEach(key -> {
                if (key.attachment() instanceof Connection connection) {
                    farewells.add(connection);
                }
            });
        }
        int work = 0;
        for (final Connection connection : farewells) {
            if (!connection.isClosed() && !connection.isLingering && isFlushed(connection)) {
                sendLast(connection, farewell);
                work++;
            }
        }
        return work;
    }

    /** Sends a frame that answers nothing and ends the connection, gently where the client has sent something unread. */
    private void sendLast(final Connection connection, final byte[] frame) {
        if (connection.outbound.size() > 0) {
            close(connection); // the frame would come in the middle of another
            return;
        }
        discarded.clear(); // a buffer of its own, since what another client has sent may stand in the shared one
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
        }
    }

    static void closeQuietly(final Channel channel) {
        try {
            channel.close();
        } catch (final IOException e) {
            LOG.debug("closing a connection failed", e);
        }
    }

    @Override
    public void onClose() {
        selector.keys().forEach(key -> {
            if (key.attachment() instanceof Connection connection) {
                close(connection);
            }
        });
        try {
            selector.close();
        } catch (final IOException e) {
            LOG.debug("closing a selector failed", e);
        }
    }

    @Override
    public String roleName() {
        return name;
    }
}
