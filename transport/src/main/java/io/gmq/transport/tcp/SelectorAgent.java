package io.gmq.transport.tcp;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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
    /** Decisions that can still come for connections that are closed already. */
    private static final int RELEASES_BESIDE = 4096;

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
    private final ArrayDeque<Connection> undrained = new ArrayDeque<>();
    private final ArrayDeque<Connection> readAgain = new ArrayDeque<>();
    private final Queue<Connection> resumed = new ConcurrentLinkedQueue<>();
    private final PendingInput pending;
    private final Endings endings;
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
        replyBudget = new ReplyBudget(settings.maxReplyBytes());
        pending = new PendingInput(settings.maxFrameLength(), settings.maxPendingBytes());
        endings = new Endings(selector, idle, settings, count, chunks, pending, tooMuchInput);
        arrivals = new ManyToOneConcurrentArrayQueue<>(Math.max(2, settings.maxConnections()));
        flushes = new ManyToOneConcurrentArrayQueue<>(Math.max(2, settings.maxConnections() * 2));
        releases = new ManyToOneConcurrentArrayQueue<>(settings.maxConnections() + RELEASES_BESIDE);
        idle.attach(this::onReadyWhileIdle);
    }

    @Override
    public int doWork() throws IOException {
        endings.onTime(clock.time());
        int work = flushScheduled();
        work += endings.work(); // behind the flush, which is a sign of life
        if (farewell != null) {
            work += endings.sayFarewell(farewell);
        }
        work += adoptArrivals();
        // From the moment of draining on, nothing may change any more: the next start closes these connections.
        work += isDraining ? 0 : endings.announce();
        work += announceFlushed();
        work += resumeReleased();
        work += resumeStalled();
        work += isDraining ? 0 : replyBudget.giveTurns(connection -> guarded(connection, this::resume));
        idle.waitForRoom(!stalled.isEmpty() || replyBudget.isAwaited() || endings.hasUntold() || !undrained.isEmpty());
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
            Endings.closeQuietly(channel);
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
        endings.onKnown(connection);
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
        if (!hasJustSelected) {
            endings.onTime(clock.time()); // it may have slept long
        }
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
            endings.refuse(connection, e);
        } catch (final IOException | CancelledKeyException e) {
            endings.close(connection);
        } catch (final RuntimeException e) {
            LOG.error("connection {} is closed after an internal error", connection.id(), e);
            endings.close(connection);
        }
    }

    private int adoptArrivals() throws IOException {
        int work = 0;
        Arrival arrival = arrivals.poll();
        while (arrival != null) {
            if (isDraining) {
                Endings.closeQuietly(arrival.channel());
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
        endings.onArrived(connection);
    }

    private void read(final Connection connection) throws IOException {
        if (connection.isLingering) {
            endings.discard(connection);
            return;
        }
        final boolean isStored = connection.stored != null;
        final InputBlock block = isStored ? openBlock(connection) : null;
        if (isStored && block == null) {
            return;
        }
        final int had = connection.pendingLength;
        final int at = isStored ? block.view.position() : had;
        final byte[] bytes = isStored ? null : pending.array(connection);
        final int got = connection.link.read(isStored ? block.view : pending.behind(bytes, had));
        if (connection.isHandshaking && connection.link.isEstablished()) {
            endings.onEstablished(connection);
        }
        if (got < 0) {
            connection.isEof = true;
            updateInterest(connection);
            endings.onEof(connection);
            return;
        }
        if (got == 0) {
            updateInterest(connection);
            return;
        }
        endings.onAlive(connection);
        if (!isStored) {
            take(connection, bytes, had + got);
            return;
        }
        connection.pendingLength += got;
        if (connection.handler.isOfUse(block.bytes, at, at + got, had)) {
            takeStored(connection);
        } else {
            goOnReading(connection);
        }
    }

    /** Where more of a long frame goes; {@code null} where there is no memory for it, and the connection has been ended. */
    private InputBlock openBlock(final Connection connection) {
        final InputBlock block = pending.open(connection);
        if (block != null || !endings.makeRoom(connection, () -> pending.open(connection) != null)) {
            return block;
        }
        return pending.open(connection);
    }

    /** Offers bytes to the handler and keeps what it leaves. */
    private void take(final Connection connection, final byte[] bytes, final int length) {
        final int taken = connection.handler.onBytes(bytes, 0, length);
        final int left = connection.isReadingStopped ? 0 : length - taken;
        if (pending.keep(connection, bytes, taken, left)
            || endings.makeRoom(connection, () -> pending.keep(connection, bytes, taken, left))) {
            goOnReading(connection);
        }
    }

    /** The same with what is stored. */
    private void takeStored(final Connection connection) {
        final int length = connection.pendingLength;
        final int taken = connection.handler.onBytes(pending.whole(connection), 0, length);
        pending.takeStored(connection, connection.isReadingStopped ? length : taken);
        goOnReading(connection);
    }

    private void goOnReading(final Connection connection) {
        updateInterest(connection);
        readMoreLater(connection);
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

    /** What a client may leave unread now before its requests are no longer read, where it may leave so much otherwise. */
    long unreadMax(final long otherwise) {
        return endings.unreadMax(otherwise);
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
        return work;
    }

    private int resumeReleased() {
        int work = 0;
        // One that is on its way into the queue is not there yet, though the queue is no longer empty; its wake-up comes behind it.
        Connection connection = isDraining ? null : releases.poll();
        while (connection != null) {
            connection.isHeld = false;
            guarded(connection, this::resume);
            work++;
            connection = isDraining ? null : releases.poll();
        }
        return work;
    }

    private void resume(final Connection connection) {
        if (connection.stored == null) {
            take(connection, connection.pending, connection.pendingLength);
        } else {
            takeStored(connection);
        }
        endings.closeIfDone(connection);
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
            endings.onAlive(connection);
        }
        connection.onFlushed();
        announceFlushed(connection);
        if (connection.isPaused && !isDraining && connection.isOutboundBelow(settings.maxOutboundBytes() / 2)) {
            connection.isPaused = false;
            resume(connection);
        }
        if (!connection.isClosed()) {
            updateInterest(connection);
            endings.closeIfDone(connection);
        }
    }

    private void updateInterest(final Connection connection) {
        if (connection.isLingering) {
            return;
        }
        final int interest = connection.link.isBusy()
            ? 0
            : (isReading(connection) ? SelectionKey.OP_READ : 0) | (connection.isFlushed() ? 0 : SelectionKey.OP_WRITE);
        if (connection.key.interestOps() != interest) {
            connection.key.interestOps(interest);
        }
    }

    /** Whether a connection's bytes are wanted. */
    private boolean isReading(final Connection connection) {
        return !connection.isEof && !connection.isReadingStopped && !connection.isPaused && !connection.isHeld && !connection.isAwaitingTurn
            && !connection.isLingering && !isDraining;
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

    @Override
    public void onClose() {
        endings.closeAll();
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
