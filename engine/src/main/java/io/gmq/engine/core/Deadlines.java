package io.gmq.engine.core;

import io.gmq.engine.api.MessageState;

/**
 * The one order of everything that becomes due by time: ends of leases and of delays, and times to live. A message stands in it
 * at most once, with the time at which something is to be done about it. O(log n) to add, move and remove.
 */
final class Deadlines {
    private final MessageTable table;
    private final HoldTable holds;
    private final IndexHeap heap;

    Deadlines(final MessageTable table, final HoldTable holds) {
        this.table = table;
        this.holds = holds;
        heap = new DeadlineHeap(holds);
    }

    /** Says when a message is due; it may be there already. */
    void set(final int hold, final long dueMs) {
        final int place = holds.place(hold);
        if (place == HoldTable.NONE) {
            heap.add(hold, dueMs, table.id(holds.message(hold)));
        } else {
            heap.update(place, dueMs);
        }
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
        if (place != HoldTable.NONE) {
            heap.removeAt(place);
        }
    }

    /** When the next one is due, {@link Long#MAX_VALUE} for never. */
    long nextMs() {
        return heap.isEmpty() ? Long.MAX_VALUE : heap.firstKey();
    }

    /** The message that is due next; there must be one. */
    int nextMessage() {
        return holds.message(heap.first());
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
