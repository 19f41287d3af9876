package io.gmq.engine.core;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One record of half a cache line per message, off heap, addressed by a small number (the message's <em>index</em>) that is
 * reused when the message is gone. Pages are never moved, so a growing table costs no copying. What only some messages have
 * (a lease, a delay, a time to live, a reason) is in the {@link HoldTable}.
 *
 * <pre>
 *   0               8                    16     20     24     28     32
 *   | id | priority | payload  | attempt | lane | next | prev | hold |
 *     60   4 bits     40         24 bits
 * </pre>
 *
 * <p>{@code lane} says in which queue, state and priority it stands; {@code next} and {@code prev} are its neighbours there.
 * Of a free record, {@code next} chains the free ones.
 */
final class MessageTable {
    static final int NONE = -1;

    private static final int RECORD_SHIFT = 5;
    private static final int PAGE_SHIFT = 15;
    private static final int PAGE_MASK = (1 << PAGE_SHIFT) - 1;

    private static final int ID = 0;
    private static final int PAYLOAD = 8;
    private static final int LANE = 16;
    private static final int NEXT = 20;
    private static final int PREV = 24;
    private static final int HOLD = 28;

    private static final int PRIORITY_BITS = 4;
    private static final int PRIORITY_MASK = (1 << PRIORITY_BITS) - 1;
    private static final int ATTEMPT_BITS = 24;
    private static final int ATTEMPT_MASK = (1 << ATTEMPT_BITS) - 1;

    private UnsafeBuffer[] pages = new UnsafeBuffer[4];
    private int high;
    private int freeFirst = NONE;
    private int size;

    /** A new record, in no lane yet. */
    int add(final long id, final int priority, final long payload) {
        final int index = claim();
        final UnsafeBuffer page = page(index);
        final int at = at(index);
        page.putLong(at + ID, id << PRIORITY_BITS | priority);
        page.putLong(at + PAYLOAD, payload << ATTEMPT_BITS);
        page.putInt(at + LANE, NONE);
        page.putInt(at + HOLD, NONE);
        size++;
        return index;
    }

    void remove(final int index) {
        lane(index, NONE);
        next(index, freeFirst);
        freeFirst = index;
        size--;
    }

    private int claim() {
        if (freeFirst != NONE) {
            final int index = freeFirst;
            freeFirst = next(index);
            return index;
        }
        final int index = high++;
        final int page = index >> PAGE_SHIFT;
        if (page == pages.length) {
            pages = Arrays.copyOf(pages, page * 2);
        }
        if (pages[page] == null) {
            final ByteBuffer memory = ByteBuffer.allocateDirect(1 << PAGE_SHIFT + RECORD_SHIFT).order(ByteOrder.LITTLE_ENDIAN);
            pages[page] = new UnsafeBuffer(memory);
        }
        return index;
    }

    int size() {
        return size;
    }

    /** All indexes ever used are below this; those of messages that are gone have no lane. */
    int high() {
        return high;
    }

    long id(final int index) {
        return page(index).getLong(at(index) + ID) >>> PRIORITY_BITS;
    }

    int priority(final int index) {
        return (int) page(index).getLong(at(index) + ID) & PRIORITY_MASK;
    }

    void priority(final int index, final int priority) {
        page(index).putLong(at(index) + ID, id(index) << PRIORITY_BITS | priority);
    }

    long payload(final int index) {
        return page(index).getLong(at(index) + PAYLOAD) >>> ATTEMPT_BITS;
    }

    /** How often it has been given out. */
    int attempt(final int index) {
        return (int) page(index).getLong(at(index) + PAYLOAD) & ATTEMPT_MASK;
    }

    void attempt(final int index, final int attempt) {
        page(index).putLong(at(index) + PAYLOAD, payload(index) << ATTEMPT_BITS | attempt);
    }

    /** The number of its lane, or {@link #NONE}. */
    int lane(final int index) {
        return page(index).getInt(at(index) + LANE);
    }

    void lane(final int index, final int lane) {
        page(index).putInt(at(index) + LANE, lane);
    }

    int next(final int index) {
        return page(index).getInt(at(index) + NEXT);
    }

    void next(final int index, final int next) {
        page(index).putInt(at(index) + NEXT, next);
    }

    int prev(final int index) {
        return page(index).getInt(at(index) + PREV);
    }

    void prev(final int index, final int prev) {
        page(index).putInt(at(index) + PREV, prev);
    }

    /** Its record in the {@link HoldTable}, or {@link #NONE}. */
    int hold(final int index) {
        return page(index).getInt(at(index) + HOLD);
    }

    void hold(final int index, final int hold) {
        page(index).putInt(at(index) + HOLD, hold);
    }

    private UnsafeBuffer page(final int index) {
        return pages[index >> PAGE_SHIFT];
    }

    private static int at(final int index) {
        return (index & PAGE_MASK) << RECORD_SHIFT;
    }
}
