package io.gmq.transport.tcp;

import java.lang.invoke.VarHandle;
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

    static final byte[] NOTHING = {};

    final SelectorAgent agent;
    final SocketChannel channel;
    final SelectionKey key;
    final OutboundQueue outbound;
    ByteHandler handler;

    /* The selector thread's: what has arrived and not been taken. */
    byte[] pending = NOTHING;
    int pendingLength;
    boolean isReadingStopped;
    boolean isEof;
    boolean isStalled;
    boolean isPaused;
    boolean isLingering;
    long lingersUntilMs;
    int probes;
    long probesAtMs;

    private final long id;
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

    Connection(final long id, final SelectorAgent agent, final SocketChannel channel, final SelectionKey key, final OutboundQueue outbound) {
        this.id = id;
        this.agent = agent;
        this.channel = channel;
        this.key = key;
        this.outbound = outbound;
    }

    /** The broker's number for it, never used twice by a process. */
    public long id() {
        return id;
    }

    public OutboundQueue outbound() {
        return outbound;
    }

    /** Bounds the replies in flight of the connections that share its selector. */
    public ReplyBudget replyBudget() {
        return agent.replyBudget();
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

    /** The selector thread's: no further bytes are wanted from this client. */
    public void stopReading() {
        isReadingStopped = true;
    }

    /** The selector thread's: whether so much waits to be read by the client that its requests have to wait too. */
    public boolean pauseIfOutboundAbove(final long max) {
        isPaused = outbound.size() > max;
        return isPaused;
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

    /** The last stage's. */
    public void countHeld(final int change, final boolean isInOrder) {
        held += change;
        heldInOrder += isInOrder ? change : 0;
    }
}
