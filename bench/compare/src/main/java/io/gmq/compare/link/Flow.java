package io.gmq.compare.link;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The window of one producer and one consumer, and their counts. A message leaves the window when it is both confirmed and
 * settled, so neither unconfirmed nor waiting messages are ever more than the window.
 *
 * <p>The producer that has found it full is woken when a part of it is free: one wake-up for each message would measure the kernel.
 *
 * <p>Each message carries its number. The consumer's side checks that they come in order, each once.
 */
public final class Flow {
    private static final int WAKE_PART = 8;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(15);

    private final int window;
    private final int wakeRoom;
    private final AtomicLong confirmed = new AtomicLong();
    private final AtomicLong settled = new AtomicLong();
    private volatile long published;
    private volatile Thread waiting;
    private volatile boolean over;
    private volatile Exception failure;
    // the consumer's
    private long nextNumber;

    public Flow(final int window) {
        this.window = window;
        wakeRoom = Math.max(1, window / WAKE_PART);
    }

    public int window() {
        return window;
    }

    // ---- the producer ----

    /** Whether one more may be published now. */
    public boolean hasRoom() {
        return room() > 0;
    }

    /** How many more may be published now. */
    int room() {
        return (int) (window - (published - Math.min(confirmed.get(), settled.get())));
    }

    /** Counts one that is about to be published, and gives its number. */
    public long next() {
        final long number = published;
        published = number + 1;
        return number;
    }

    /**
     * Waits until a part of the window is free, or until it is over.
     *
     * @throws IllegalStateException if nothing moves for a long time.
     */
    public void awaitRoom() {
        final long since = System.nanoTime();
        waiting = Thread.currentThread();
        while (room() < wakeRoom && !over) {
            LockSupport.parkNanos(this, PATIENCE_NS);
            if (System.nanoTime() - since > PATIENCE_NS) {
                throw new IllegalStateException("nothing has moved for a while: " + this);
            }
        }
        waiting = null;
    }

    // ---- the broker's answers ----

    /** So many more are confirmed. Any thread. */
    public void confirmed(final long messages) {
        confirmed.addAndGet(messages);
        wake();
    }

    /** Takes a message in; fails if it is not the one that is due. The consumer's thread. */
    void received(final byte[] payload) {
        received(Payloads.number(payload));
    }

    /** The same of one that comes as text. */
    void received(final String payload) {
        received(Payloads.number(payload));
    }

    private void received(final long number) {
        if (number != nextNumber) {
            fail(new IllegalStateException("message " + number + " came where " + nextNumber + " was due"));
        }
        nextNumber = number + 1;
    }

    /** So many more are settled. Any thread. */
    public void settled(final long messages) {
        settled.addAndGet(messages);
        wake();
    }

    private void wake() {
        final Thread thread = waiting;
        if (thread != null && room() >= wakeRoom) {
            LockSupport.unpark(thread);
        }
    }

    // ---- the end ----

    /** Ends it: nothing more is published. */
    public void end() {
        over = true;
        LockSupport.unpark(waiting);
    }

    /** Ends it for a reason. Any thread; the first reason stays. */
    public void fail(final Exception cause) {
        if (failure == null && !over) {
            failure = cause;
        }
        end();
    }

    public boolean isOver() {
        return over;
    }

    public long settledCount() {
        return settled.get();
    }

    /** @throws Exception what has gone wrong, if anything has. */
    public void check() throws Exception {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public String toString() {
        return published + " published, " + confirmed + " confirmed, " + settled + " settled, window " + window;
    }
}
