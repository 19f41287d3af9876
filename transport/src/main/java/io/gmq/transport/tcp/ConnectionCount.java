package io.gmq.transport.tcp;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Numbers connections, and counts those that are open over all selectors. */
public final class ConnectionCount {
    private final AtomicLong lastId;
    private final AtomicInteger open = new AtomicInteger();
    private final int max;

    /**
     * @param max    connections that may be open at once.
     * @param lastId the number after which the numbers of this process begin.
     */
    public ConnectionCount(final int max, final long lastId) {
        this.max = max;
        this.lastId = new AtomicLong(lastId);
    }

    long nextId() {
        return lastId.incrementAndGet();
    }

    /** Counts one more, unless there are as many as may be. */
    boolean tryIncrement() {
        if (open.incrementAndGet() > max) {
            open.decrementAndGet();
            return false;
        }
        return true;
    }

    void decrement() {
        open.decrementAndGet();
    }

    public int open() {
        return open.get();
    }

    public int max() {
        return max;
    }
}
