package io.gmq.engine.core;

import org.agrona.collections.IntArrayQueue;

/**
 * The ready messages of one queue and one priority, lowest id first. New messages come in the order of their ids and stand in
 * a ring; one that returns (a lease ended, a delay is over) goes to a heap, and the lane gives whichever of the two is older.
 * So the usual way costs O(1), and returning to the old place O(log n) in the number of returned ones only.
 */
final class ReadyLane {
    private static final int RING_KEPT_MAX = 4096;

    private final MessageTable table;
    private final IndexHeap returned;
    private IntArrayQueue arrived = newRing();
    private long lastArrivedId;

    ReadyLane(final MessageTable table) {
        this.table = table;
        returned = new ReturnedHeap();
    }

    void add(final int message) {
        final long id = table.id(message);
        if (id > lastArrivedId) {
            lastArrivedId = id;
            arrived.addInt(message);
        } else {
            returned.add(message, id, 0);
        }
    }

    /** The oldest message, or {@link MessageTable#NONE}. */
    int first() {
        final int arrivedFirst = arrived.peekInt();
        if (returned.isEmpty()) {
            return arrivedFirst;
        }
        final int returnedFirst = returned.first();
        return arrivedFirst == MessageTable.NONE || table.id(returnedFirst) < table.id(arrivedFirst) ? returnedFirst : arrivedFirst;
    }

    /** Takes away what {@link #first} gave. */
    void removeFirst() {
        if (!returned.isEmpty() && returned.first() == first()) {
            returned.pollFirst();
            return;
        }
        arrived.pollInt();
        if (arrived.isEmpty() && arrived.capacity() > RING_KEPT_MAX) {
            arrived = newRing();
        }
    }

    boolean isEmpty() {
        return arrived.isEmpty() && returned.isEmpty();
    }

    private static IntArrayQueue newRing() {
        return new IntArrayQueue(IntArrayQueue.MIN_CAPACITY, MessageTable.NONE);
    }

    private static final class ReturnedHeap extends IndexHeap {
        @Override
        void moved(final int message, final int place) {
            // nobody asks for the place of a ready message
        }
    }
}
