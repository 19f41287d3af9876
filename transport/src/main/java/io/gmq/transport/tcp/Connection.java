package io.gmq.transport.tcp;

import java.lang.invoke.VarHandle;
import java.net.InetAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One client. Its bytes come in on its selector's thread and go out there; the last stage's thread puts replies into its
 * {@link OutboundQueue} and counts them.
 */
public final class Connection {
    /** Bytes that replies to takes that wait may have together. */
    public static final long PROMISED_MAX = 256L << 20;

    /** The {@link #takeQuietGoal} of a connection without one: less than any. */
    public static final long NO_GOAL = -1;

    static final byte[] NOTHING = {};

    final SelectorAgent agent;
    final SocketChannel channel;
    final SelectionKey key;
    final OutboundQueue outbound;
    ByteLink link;
    ByteHandler handler;

    /* The selector thread's: what has arrived and not been taken. */
    byte[] pending = NOTHING;
    int pendingLength;
    /** Where more has arrived than stands in {@link #pending}: all of it. */
    StoredInput stored;
    boolean isReadingStopped;
    boolean isEof;
    boolean isStalled;
    boolean isPaused;
    boolean isUndrained;
    boolean isUnread;
    boolean isLingering;
    boolean isHandshaking;
    int probes;
    long probesAtMs;
    /** Somebody else decides about what has arrived; until then nothing more is read. */
    boolean isHeld;
    /** The reply to its next request is large, and others have asked for such before. */
    boolean isAwaitingTurn;
    int aliveInQuarter;

    private final long id;
    private final PushedOutput pushed;
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong kept = new AtomicLong();
    private long asked;
    private long promised;
    private volatile boolean isClosed;
    private volatile boolean isFlushScheduled;
    private volatile boolean isClosingAfterFlush;

    /* The last stage's. */
    private boolean isKnownToEgress;
    private boolean isDirty;
    private int heldInOrder;
    private int held;
    /** Written by the last stage only. */
    private final AtomicLong heldBytes = new AtomicLong();
    private long quiet;
    private long quietGoal = NO_GOAL;

    Connection(final long id, final SelectorAgent agent, final SocketChannel channel, final SelectionKey key, final OutboundQueue outbound) {
        this.id = id;
        this.agent = agent;
        this.channel = channel;
        this.key = key;
        this.outbound = outbound;
        pushed = new PushedOutput(outbound);
    }

    /** The broker's number for it, never used twice by a process. */
    public long id() {
        return id;
    }

    public OutboundQueue outbound() {
        return outbound;
    }

    /** Whether nobody between the client and the broker can read what is said. */
    public boolean isSecure() {
        return link.isSecure();
    }

    /**
     * The selector thread's: the common name in the certificate that the client has proved to own, or {@code null} if it has
     * shown none. Known when the first bytes of the client come.
     */
    public String certificateSubject() {
        return link.certificateSubject();
    }

    /** The client's address, also when it is gone; {@code null} where there is no socket. Anybody's. */
    public InetAddress remoteAddress() {
        return channel == null ? null : channel.socket().getInetAddress();
    }

    /** The same for people. */
    String remoteHost() {
        final InetAddress address = remoteAddress();
        return address == null ? "nowhere" : address.getHostAddress();
    }

    /**
     * The selector thread's: sets bytes aside for the reply to its next request. Where others have asked for large ones too, it has to
     * wait for its turn; then what was not taken is offered again.
     *
     * @param most what the reply can have.
     */
    public boolean tryReserve(final int most) {
        return agent.replyBudget().tryReserve(this, most);
    }

    /** The selector thread's: the request has not entered the ring after all. */
    public void cancelReserved(final int most) {
        agent.replyBudget().cancel(most);
    }

    /** The last stage's: a request leaves the ring for whose reply so much was set aside. */
    public void releaseReserved(final int most) {
        agent.replyBudget().release(most);
    }

    /** The last stage's: what the reply to that request has. */
    public void onReserved(final int most, final int bytes) {
        agent.replyBudget().onReply(most, bytes);
    }

    /** Whether the socket is closed; what is still sent to it is dropped. */
    public boolean isClosed() {
        return isClosed;
    }

    void markClosed() {
        isClosed = true;
    }

    /**
     * The selector thread's: a request has entered the ring.
     *
     * @param promisedBytes what its reply may have if it has to wait.
     */
    public void onAsked(final int promisedBytes) {
        asked++;
        promised += promisedBytes;
    }

    /** The selector thread's: whether a reply of so many bytes may wait too. */
    public boolean canPromise(final int bytes) {
        return bytes == 0 || promised() + bytes <= PROMISED_MAX;
    }

    /** The selector thread's: bytes that replies which wait may have. */
    public long promised() {
        return promised - kept.getAcquire();
    }

    /** The selector thread's: not all bytes could be taken because there is no room; they are offered again soon. */
    public void stall() {
        agent.stall(this);
    }

    /** The selector thread's: not all bytes could be taken because somebody else decides about them; nothing is read until {@link #release}. */
    public void hold() {
        isHeld = true;
    }

    /** Anybody's, once after each {@link #hold}: it is decided; what was not taken is offered again. */
    public void release() {
        agent.release(this);
    }

    /** The selector thread's: the client has shown who it is, for which it had some seconds. */
    public void onKnown() {
        agent.onKnown(this);
    }

    /** The selector thread's: no further bytes are wanted from this client. */
    public void stopReading() {
        isReadingStopped = true;
    }

    /**
     * The selector thread's: whether so many replies wait to be read by the client, or for a sync before that, that its requests have
     * to wait too.
     *
     * <p>What is pushed to it does not count. A client may be busy writing, and read nothing until its acknowledgements have
     * gone: if pushes made the broker stop reading those, each would wait for the other for ever. Pushes are bounded without
     * this, by the window that the engine keeps for each connection: it pushes no further until the client has read what
     * there is. That window opens by {@link #unreported} alone, whether requests are read or not. So a client waits for the
     * broker only when it leaves its replies unread, and reading them, which it can always do, lets it go on.
     */
    public boolean pauseIfOutboundAbove(final long max) {
        isPaused = pushed.replyBytes() + heldBytes.getAcquire() > agent.unreadMax(max);
        return isPaused;
    }

    /** The selector thread's: whether a connection whose requests wait may go on. */
    boolean isOutboundBelow(final long bytes) {
        return pushed.replyBytes() <= bytes;
    }

    /** The selector thread's: something has been flushed. */
    void onFlushed() {
        pushed.onFlushed();
    }

    /** The selector thread's: reckoned bytes of pushes that have gone out whole and that nobody has been told of. */
    public long unreported() {
        return pushed.unreported();
    }

    /** The selector thread's: the engine will hear of so many of the {@link #unreported}. */
    public void onReported(final long reckonedBytes) {
        pushed.onReported(reckonedBytes);
    }

    /** Whether something of what has arrived has to wait, which is offered again later. */
    boolean isWaiting() {
        return isPaused || isOwed();
    }

    /** Whether it has to wait for the broker, and not for its client. */
    boolean isOwed() {
        return isStalled || isHeld || isAwaitingTurn;
    }

    /** Whether all that there is for the client is on its way to it. */
    boolean isFlushed() {
        return outbound.size() == 0 && !link.hasUnwritten();
    }

    boolean isAllAnswered() {
        return answered.getAcquire() == asked;
    }

    boolean isClosingAfterFlush() {
        return isClosingAfterFlush;
    }

    /**
     * The last stage's: sends a reply, which leaves with the next flush.
     *
     * @param promisedBytes what had been set aside for it.
     * @param isLast        whether the connection ends with it.
     */
    public void reply(final byte[] bytes, final int length, final int promisedBytes, final boolean isLast) {
        if (!isClosed) {
            outbound.write(bytes, length);
        }
        if (isLast) {
            isClosingAfterFlush = true;
        }
        if (promisedBytes > 0) {
            kept.setRelease(kept.getPlain() + promisedBytes);
        }
        answered.setRelease(answered.getPlain() + 1);
    }

    /**
     * The last stage's: sends a frame that answers nothing, which leaves with the next flush. Behind the connection's last
     * reply nothing is sent.
     *
     * @param reckonedBytes what the engine reckons it at.
     */
    public void push(final byte[] bytes, final int length, final long reckonedBytes) {
        if (!isClosed && !isClosingAfterFlush) {
            pushed.put(bytes, length, reckonedBytes);
        }
    }

    /**
     * The last stage's: a request has succeeded that is not answered.
     *
     * @param goal what the next answer must wait for.
     */
    public void onQuiet(final long goal) {
        quiet++;
        quietGoal = Math.max(quietGoal, goal);
        answered.setRelease(answered.getPlain() + 1);
    }

    /** The last stage's: how often {@link #onQuiet} was called since this was asked. */
    public long takeQuiet() {
        final long count = quiet;
        quiet = 0;
        return count;
    }

    /** The last stage's: the highest goal since this was asked. */
    public long takeQuietGoal() {
        final long goal = quietGoal;
        quietGoal = NO_GOAL;
        return goal;
    }

    /** The last stage's: marks the connection as one to flush; says whether it was not marked before. */
    public boolean markDirty() {
        final boolean isFirst = !isDirty;
        isDirty = true;
        return isFirst;
    }

    /**
     * The last stage's, after a full fence: has the selector thread flush what was written since the last time.
     *
     * @return whether that thread will; if not, it has too much to flush already, and is asked again.
     */
    public boolean scheduleFlush() {
        if (!isFlushScheduled) {
            isFlushScheduled = true;
            if (!agent.scheduleFlush(this)) {
                isFlushScheduled = false;
                return false;
            }
        }
        isDirty = false;
        return true;
    }

    /** Who reads and writes this connection. */
    public SelectorAgent agent() {
        return agent;
    }

    /** The selector thread's: from here on, a new flush must be scheduled for new bytes. */
    void flushBegins() {
        isFlushScheduled = false;
        VarHandle.fullFence();
    }

    /** The last stage's: says whether this is the first it hears of the connection. */
    public boolean meetEgress() {
        final boolean isFirst = !isKnownToEgress;
        isKnownToEgress = true;
        return isFirst;
    }

    /** The last stage's: how many replies that keep their order are held back. */
    public int heldInOrder() {
        return heldInOrder;
    }

    /** The last stage's: how many replies are held back. */
    public int held() {
        return held;
    }

    /**
     * The last stage's.
     *
     * @param change replies more, or fewer where it is negative.
     * @param bytes  likewise.
     */
    public void countHeld(final int change, final int bytes, final boolean isInOrder) {
        held += change;
        heldBytes.setRelease(heldBytes.getPlain() + bytes);
        heldInOrder += isInOrder ? change : 0;
    }
}
