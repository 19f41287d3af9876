package io.gmq.transport.tcp;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the frames that are pushed to one client on their way through its {@link OutboundQueue}, in bytes as they are and in
 * bytes as the engine reckons them. The last stage's thread counts what it puts in; the connection's selector thread finds out
 * what has left: it marks how much was in the queue up to some place, and when the socket has taken all up to that place, it
 * makes the next mark. So it needs to know no frame's place, and never waits for the queue to be empty, which under replies
 * without end might never happen.
 */
final class PushedOutput {
    private final OutboundQueue outbound;

    /* The last stage's. What is announced may not be in the queue yet; what has been put there surely is. */
    private final AtomicLong announcedBytes = new AtomicLong();
    private final AtomicLong putBytes = new AtomicLong();
    private final AtomicLong putReckoned = new AtomicLong();

    /* The selector thread's. */
    private long markedAt;
    private long markedBytes;
    private long markedReckoned;
    private long sentBytes;
    private long sentReckoned;
    private long reported;

    PushedOutput(final OutboundQueue outbound) {
        this.outbound = outbound;
    }

    /** The last stage's: puts a frame into the queue. */
    void put(final byte[] bytes, final int length, final long reckoned) {
        announcedBytes.setRelease(announcedBytes.getPlain() + length);
        outbound.write(bytes, length);
        putBytes.setRelease(putBytes.getPlain() + length);
        putReckoned.setRelease(putReckoned.getPlain() + reckoned);
    }

    /** The selector thread's, when the socket has taken something: finds out which frames have gone out whole. */
    void onFlushed() {
        final long flushed = outbound.flushedTo();
        if (flushed < markedAt) {
            return;
        }
        reachMark();
        // Before the place, so that they are in front of it.
        markedBytes = putBytes.getAcquire();
        markedReckoned = putReckoned.getAcquire();
        markedAt = outbound.writtenTo();
        if (flushed >= markedAt) {
            reachMark();
        }
    }

    private void reachMark() {
        sentBytes = markedBytes;
        sentReckoned = markedReckoned;
    }

    /** The selector thread's: reckoned bytes that have been sent and not been reported. */
    long unreported() {
        return sentReckoned - reported;
    }

    /** The selector thread's: so many more have been reported. */
    void onReported(final long reckoned) {
        reported += reckoned;
    }

    /** The selector thread's: bytes in the queue that are replies, or fewer, never more. */
    long replyBytes() {
        // In this order: all pushed bytes that the size counts have been announced.
        final long size = outbound.size();
        return size - (announcedBytes.getAcquire() - sentBytes);
    }
}
