package io.gmq.engine.core;

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

    private final Records records = new Records(RECORD_SHIFT, PAGE_SHIFT);
    private int freeFirst = NONE;
    private int size;

    /** A new record, in no lane yet. */
    int add(final long id, final int priority, final long payload) {
        final int index = claim();
        records.putLong(index, ID, id << PRIORITY_BITS | priority);
        records.putLong(index, PAYLOAD, payload << ATTEMPT_BITS);
        records.putInt(index, LANE, NONE);
        records.putInt(index, HOLD, NONE);
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
        return records.add();
    }

    int size() {
        return size;
    }

    /** All indexes ever used are below this; those of messages that are gone have no lane. */
    int high() {
        return records.high();
    }

    long id(final int index) {
        return records.getLong(index, ID) >>> PRIORITY_BITS;
    }

    int priority(final int index) {
        return (int) records.getLong(index, ID) & PRIORITY_MASK;
    }

    void priority(final int index, final int priority) {
        records.putLong(index, ID, id(index) << PRIORITY_BITS | priority);
    }

    long payload(final int index) {
        return records.getLong(index, PAYLOAD) >>> ATTEMPT_BITS;
    }

    /** How often it has been given out. */
    int attempt(final int index) {
        return (int) records.getLong(index, PAYLOAD) & ATTEMPT_MASK;
    }

    void attempt(final int index, final int attempt) {
        records.putLong(index, PAYLOAD, payload(index) << ATTEMPT_BITS | attempt);
    }

    /** The number of its lane, or {@link #NONE}. */
    int lane(final int index) {
        return records.getInt(index, LANE);
    }

    void lane(final int index, final int lane) {
        records.putInt(index, LANE, lane);
    }

    int next(final int index) {
        return records.getInt(index, NEXT);
    }

    void next(final int index, final int next) {
        records.putInt(index, NEXT, next);
    }

    int prev(final int index) {
        return records.getInt(index, PREV);
    }

    void prev(final int index, final int prev) {
        records.putInt(index, PREV, prev);
    }

    /** Its record in the {@link HoldTable}, or {@link #NONE}. */
    int hold(final int index) {
        return records.getInt(index, HOLD);
    }

    void hold(final int index, final int hold) {
        records.putInt(index, HOLD, hold);
    }
}
