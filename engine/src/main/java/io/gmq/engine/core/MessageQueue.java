package io.gmq.engine.core;

import io.gmq.engine.api.Limits;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** One queue: who is ready, in the order of priority and then id; who waits for a message; and the counts of every state. */
final class MessageQueue {
    private final int index;
    private final UnsafeBuffer name;
    private final long nameHash;
    private final MessageTable table;
    private final ReadyLane[] lanes = new ReadyLane[Limits.PRIORITY_MAX + 1];
    /** Bit p is set when lane p holds something. */
    private int lanesInUse;
    private int ready;
    private int delayed;
    private int leased;
    private Waiter firstWaiter;
    private Waiter lastWaiter;
    private boolean isTouched;

    MessageQueue(final int index, final DirectBuffer source, final int offset, final int length, final long nameHash, final MessageTable table) {
        this.index = index;
        this.nameHash = nameHash;
        this.table = table;
        final byte[] copy = new byte[length];
        source.getBytes(offset, copy);
        name = new UnsafeBuffer(copy);
    }

    int index() {
        return index;
    }

    DirectBuffer name() {
        return name;
    }

    long nameHash() {
        return nameHash;
    }

    int ready() {
        return ready;
    }

    int delayed() {
        return delayed;
    }

    int leased() {
        return leased;
    }

    /** Messages set aside; there is no operation yet that does. */
    int parked() {
        return 0;
    }

    /** All messages held, in whatever state. */
    int length() {
        return ready + delayed + leased + parked();
    }

    void addReady(final int message) {
        final int priority = table.priority(message);
        ReadyLane lane = lanes[priority];
        if (lane == null) {
            lane = new ReadyLane(table);
            lanes[priority] = lane;
        }
        lane.add(message);
        lanesInUse |= 1 << priority;
        ready++;
        table.state(message, MessageTable.READY);
    }

    /** Who is next, or {@link MessageTable#NONE}. */
    int firstReady() {
        return lanesInUse == 0 ? MessageTable.NONE : highestLane().first();
    }

    /** Takes away what {@link #firstReady} gave. */
    void removeFirstReady() {
        final ReadyLane lane = highestLane();
        lane.removeFirst();
        if (lane.isEmpty()) {
            lanesInUse &= ~Integer.highestOneBit(lanesInUse);
        }
        ready--;
    }

    private ReadyLane highestLane() {
        return lanes[31 - Integer.numberOfLeadingZeros(lanesInUse)];
    }

    void countDelayed(final int change) {
        delayed += change;
    }

    void countLeased(final int change) {
        leased += change;
    }

    /** Who has waited longest, or {@code null}. */
    Waiter firstWaiter() {
        return firstWaiter;
    }

    void addWaiter(final Waiter waiter) {
        waiter.queuePrev = lastWaiter;
        waiter.queueNext = null;
        if (lastWaiter == null) {
            firstWaiter = waiter;
        } else {
            lastWaiter.queueNext = waiter;
        }
        lastWaiter = waiter;
    }

    void removeWaiter(final Waiter waiter) {
        if (waiter.queuePrev == null) {
            firstWaiter = waiter.queueNext;
        } else {
            waiter.queuePrev.queueNext = waiter.queueNext;
        }
        if (waiter.queueNext == null) {
            lastWaiter = waiter.queuePrev;
        } else {
            waiter.queueNext.queuePrev = waiter.queuePrev;
        }
        waiter.queuePrev = null;
        waiter.queueNext = null;
    }

    /** Marks the queue as one whose waiters may have to be served; says whether it was not marked before. */
    boolean touch() {
        final boolean isFirst = !isTouched;
        isTouched = true;
        return isFirst;
    }

    void untouch() {
        isTouched = false;
    }
}
