package io.gmq.engine.core;

import java.util.Arrays;

/** The takes that wait: a pool of them, ordered by when they give up. */
final class Waiters {
    /** Takes that may wait at once; one more is refused. */
    static final int MAX = 1 << 20;

    private final IndexHeap deadlines = new DeadlineHeap();
    private Waiter[] all = new Waiter[16];
    private int created;
    private Waiter free;
    private long nextNumber;

    /** The number that the next one gets. */
    long nextNumber() {
        return nextNumber;
    }

    void nextNumber(final long number) {
        nextNumber = number;
    }

    boolean isFull() {
        return deadlines.size() == MAX;
    }

    /** A waiter to fill in and {@link #add}. */
    Waiter claim() {
        if (free != null) {
            final Waiter waiter = free;
            free = waiter.sessionNext;
            waiter.sessionNext = null;
            return waiter;
        }
        if (created == all.length) {
            all = Arrays.copyOf(all, created * 2);
        }
        final Waiter waiter = new Waiter(created);
        all[created++] = waiter;
        return waiter;
    }

    void add(final Waiter waiter, final Session session, final long deadlineMs) {
        waiter.number = nextNumber++;
        waiter.deadlineMs = deadlineMs;
        waiter.queue.line.join(waiter);
        enter(waiter, session);
    }

    /** Notes one, whose number and deadline are set, with its connection; one with a lower number must have come before. */
    void enter(final Waiter waiter, final Session session) {
        session.addWaiter(waiter);
        deadlines.add(waiter.index, waiter.deadlineMs, waiter.number);
    }

    /** Forgets one that was served, has given up or is gone; the object is reused. */
    void remove(final Waiter waiter) {
        waiter.queue.line.leave(waiter);
        waiter.session.removeWaiter(waiter);
        deadlines.removeAt(waiter.place);
        waiter.queue = null;
        waiter.sessionNext = free;
        free = waiter;
    }

    /** Who gives up first, or {@code null}. */
    Waiter firstDue() {
        return deadlines.isEmpty() ? null : all[deadlines.first()];
    }

    /** When the first gives up, {@link Long#MAX_VALUE} for never. */
    long nextMs() {
        return deadlines.isEmpty() ? Long.MAX_VALUE : deadlines.firstKey();
    }

    private final class DeadlineHeap extends IndexHeap {
        @Override
        void moved(final int index, final int place) {
            all[index].place = place;
        }
    }
}
