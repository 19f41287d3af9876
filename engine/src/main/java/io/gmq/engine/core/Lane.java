package io.gmq.engine.core;

import io.gmq.engine.api.Ending;
import io.gmq.engine.api.MessageState;

/**
 * The messages of one queue in one state (and, where ready, of one priority), lowest id first. Nearly all come in the order
 * of their ids, or return before all others; they stand in a list through their records (where the {@code prev} of the first says nothing). What belongs in between goes to a
 * heap, and the lane gives whichever of the two is older. So the usual way costs O(1), and returning to a place in the middle
 * O(log n) in the number of those that did. Any message can be taken out from anywhere.
 *
 * <p>A message knows its lane, and only through it its queue and state. A lane that is cut off from its queue
 * ({@link #die}) takes all its messages out of the world at once; their memory is given back in slices.
 */
final class Lane {
    /** The {@code next} of a message in the heap; its {@code prev} is its place there. */
    private static final int IN_HEAP = -2;

    final int number;
    private final MessageTable table;
    private final IndexHeap returned;
    private MessageQueue queue;
    private MessageState state;
    private int priority;
    /** How many stand in the heap; most lanes never use theirs, and do not even look at it. */
    private int inHeap;
    private int first = MessageTable.NONE;
    private int last = MessageTable.NONE;
    private int size;
    private long bytes;

    /* Once it is dead: how its messages ended, by whom and when. */
    private Ending ending;
    private long endedBy;
    private long endedMs;

    Lane(final int number, final MessageTable table) {
        this.number = number;
        this.table = table;
        returned = new ReturnedHeap(table);
    }

    void open(final MessageQueue its, final MessageState itsState, final int itsPriority) {
        queue = its;
        state = itsState;
        priority = itsPriority;
    }

    /** Cuts it off from its queue: its messages are gone, but for their memory. */
    void die(final Ending its, final long connection, final long atMs) {
        queue = null;
        ending = its;
        endedBy = connection;
        endedMs = atMs;
    }

    /** How the messages of a dead lane ended. */
    Ending ending() {
        return ending;
    }

    /** Which connection has ended them. */
    long endedBy() {
        return endedBy;
    }

    /** When. */
    long endedMs() {
        return endedMs;
    }

    boolean isDead() {
        return queue == null;
    }

    /** The queue, or {@code null} if it is dead. */
    MessageQueue queue() {
        return queue;
    }

    MessageState state() {
        return state;
    }

    /** Of ready messages; 0 otherwise. */
    int priority() {
        return priority;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Payload bytes. */
    long bytes() {
        return bytes;
    }

    void add(final int message, final int payloadBytes) {
        table.lane(message, number);
        size++;
        bytes += payloadBytes;
        final long id = table.id(message);
        if (last == MessageTable.NONE) {
            first = message;
            last = message;
            table.next(message, MessageTable.NONE);
        } else if (id > table.id(last)) {
            table.next(last, message);
            table.prev(message, last);
            table.next(message, MessageTable.NONE);
            last = message;
        } else if (id < table.id(first)) {
            table.prev(first, message);
            table.next(message, first);
            first = message;
        } else {
            table.next(message, IN_HEAP);
            returned.add(message, id, 0);
            inHeap++;
        }
    }

    void remove(final int message, final int payloadBytes) {
        size--;
        bytes -= payloadBytes;
        final int next = table.next(message);
        if (next == IN_HEAP) {
            returned.removeAt(table.prev(message));
            inHeap--;
        } else if (message == first) {
            // the usual case: its neighbour, which may not be in any cache, is left alone
            first = next;
            last = next == MessageTable.NONE ? next : last;
        } else {
            final int prev = table.prev(message);
            table.next(prev, next);
            if (message == last) {
                last = prev;
            } else {
                table.prev(next, prev);
            }
        }
    }

    /** The message with the lowest id, or {@link MessageTable#NONE}. */
    int first() {
        if (inHeap == 0) {
            return first;
        }
        final int other = returned.first();
        return first == MessageTable.NONE || table.id(other) < table.id(first) ? other : first;
    }

    /** The first of those that stand in the list; {@link LaneCursor} follows them. */
    int listFirst() {
        return first;
    }

    IndexHeap heap() {
        return returned;
    }

    private static final class ReturnedHeap extends IndexHeap {
        private final MessageTable table;

        private ReturnedHeap(final MessageTable table) {
            this.table = table;
        }

        @Override
        void moved(final int message, final int place) {
            table.prev(message, place);
        }
    }
}
