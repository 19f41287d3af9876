package io.gmq.engine.core;

import io.gmq.engine.api.MessageState;

/**
 * The one order of everything that becomes due by time: ends of leases and of delays, and times to live. A message stands in it
 * at most once, with the time at which something is to be done about it; what is due at the same time is in the order of ids.
 *
 * <p>Time goes on and most leases are as long as others, so nearly all come in the order in which they will be due. They stand in a
 * list through their records, and what belongs in between goes to a heap; whichever is due earlier is next. So the usual way costs
 * O(1), the other O(log n) in the number of those in the heap.
 */
final class Deadlines {
    private final MessageTable table;
    private final HoldTable holds;
    private final IndexHeap heap;
    private int first = HoldTable.NONE;
    private int last = HoldTable.NONE;

    Deadlines(final MessageTable table, final HoldTable holds) {
        this.table = table;
        this.holds = holds;
        heap = new DeadlineHeap(holds);
    }

    /** Says when a message is due; it may be there already. In the list stand only those that are due when their lease or delay ends. */
    void set(final int hold, final long dueMs) {
        clear(hold);
        if (dueMs == holds.deadlineMs(hold) && isAfterLast(hold, dueMs)) {
            append(hold);
        } else {
            heap.add(hold, dueMs, id(hold));
        }
    }

    private boolean isAfterLast(final int hold, final long dueMs) {
        if (last == HoldTable.NONE) {
            return true;
        }
        final long lastMs = holds.deadlineMs(last);
        return dueMs > lastMs || dueMs == lastMs && id(hold) > id(last);
    }

    private void append(final int hold) {
        holds.place(hold, last);
        holds.dueNext(hold, HoldTable.NONE);
        if (last == HoldTable.NONE) {
            first = hold;
        } else {
            holds.dueNext(last, hold);
        }
        last = hold;
    }

    /** When something is to be done about a message in a state, 0 for never. */
    static long dueMs(final MessageState its, final long deadlineMs, final long expiryMs) {
        return switch (its) {
            case LEASED -> deadlineMs;
            case DELAYED -> expiryMs == 0 ? deadlineMs : Math.min(deadlineMs, expiryMs);
            case READY -> expiryMs;
            case PARKED -> 0;
        };
    }

    /** Says that it is not due at any time. */
    void clear(final int hold) {
        final int place = holds.place(hold);
        if (holds.dueNext(hold) != HoldTable.NOT_IN_LIST) {
            unlink(hold, place, holds.dueNext(hold));
        } else if (place != HoldTable.NONE) {
            heap.removeAt(place);
        }
    }

    private void unlink(final int hold, final int prev, final int next) {
        if (prev == HoldTable.NONE) {
            first = next;
        } else {
            holds.dueNext(prev, next);
        }
        if (next == HoldTable.NONE) {
            last = prev;
        } else {
            holds.place(next, prev);
        }
        holds.place(hold, HoldTable.NONE);
        holds.dueNext(hold, HoldTable.NOT_IN_LIST);
    }

    /** When the next one is due, {@link Long#MAX_VALUE} for never. */
    long nextMs() {
        final long listMs = first == HoldTable.NONE ? Long.MAX_VALUE : holds.deadlineMs(first);
        return heap.isEmpty() ? listMs : Math.min(listMs, heap.firstKey());
    }

    /** The message that is due next; there must be one. */
    int nextMessage() {
        return holds.message(isHeapNext() ? heap.first() : first);
    }

    private boolean isHeapNext() {
        if (first == HoldTable.NONE || heap.isEmpty()) {
            return first == HoldTable.NONE;
        }
        final long listMs = holds.deadlineMs(first);
        return heap.firstKey() < listMs || heap.firstKey() == listMs && id(heap.first()) < id(first);
    }

    private long id(final int hold) {
        return table.id(holds.message(hold));
    }

    private static final class DeadlineHeap extends IndexHeap {
        private final HoldTable holds;

        private DeadlineHeap(final HoldTable holds) {
            this.holds = holds;
        }

        @Override
        void moved(final int hold, final int place) {
            holds.place(hold, place);
        }
    }
}
