package io.gmq.transport.tcp;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the bytes that the replies to requests in flight can have, over all connections of one selector: reserved before a
 * request enters the ring, given back when it has left it. With it, a flood of small requests for large replies cannot take
 * more memory than this; replies to takes that wait are promised apart ({@link Connection#canPromise}).
 */
public final class ReplyBudget {
    private final long max;
    private final AtomicLong released = new AtomicLong();
    private long reserved;

    /** @param max bytes; a single reply may always be reserved. */
    public ReplyBudget(final long max) {
        this.max = max;
    }

    /** The selector thread's: sets bytes aside, unless too many are. */
    public boolean tryReserve(final int bytes) {
        final long inFlight = reserved - released.getAcquire();
        if (inFlight > 0 && inFlight + bytes > max) {
            return false;
        }
        reserved += bytes;
        return true;
    }

    /** The selector thread's: takes back the last reservation, which was not used. */
    public void cancel(final int bytes) {
        reserved -= bytes;
    }

    /** The last stage's: the reply is out of the ring. */
    public void release(final int bytes) {
        released.setRelease(released.getPlain() + bytes);
    }
}
