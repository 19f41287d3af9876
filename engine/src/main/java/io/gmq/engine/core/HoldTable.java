package io.gmq.engine.core;

import io.gmq.engine.api.Payloads;

/**
 * What holds a message back or binds it to somebody: a record of a cache line, off heap, for messages that are leased or
 * delayed, that have a time to live, or that were parked for a reason. Records are reused last in, first out, so those of a
 * busy queue stay in the cache.
 *
 * <pre>
 *   0            8          16           24       32                36      40          44          48        52        56          64
 *   | deadlineMs | expiryMs | connection | reason | consumer | keep | place | leaseNext | leasePrev | message | dueNext | settledBy |
 *                                                   31 bits    1 bit
 * </pre>
 *
 * <p>{@code deadlineMs} is when a lease or a delay ends; {@code expiryMs} when the time to live is over, 0 for never;
 * {@code place} and {@code dueNext} are where it stands in the order of {@link Deadlines}: a place in the heap, or its neighbours in
 * the list. {@code leaseNext} and {@code leasePrev} chain what one connection has
 * leased. {@code settledBy} is the last command that has planned to settle it ({@link Settling}).
 */
final class HoldTable {
    static final int NONE = MessageTable.NONE;
    /** The {@link #dueNext} of what does not stand in the list of {@link Deadlines}. */
    static final int NOT_IN_LIST = -2;

    private static final int RECORD_SHIFT = 6;
    private static final int PAGE_SHIFT = 14;

    private static final int DEADLINE = 0;
    private static final int EXPIRY = 8;
    private static final int CONNECTION = 16;
    private static final int REASON = 24;
    private static final int CONSUMER = 32;
    private static final int PLACE = 36;
    private static final int LEASE_NEXT = 40;
    private static final int LEASE_PREV = 44;
    private static final int MESSAGE = 48;
    private static final int DUE_NEXT = 52;
    private static final int SETTLED_BY = 56;

    /** The bit beside the consumer's slot. */
    private static final int KEEP = 1;

    private final Records records = new Records(RECORD_SHIFT, PAGE_SHIFT);
    private int freeFirst = NONE;

    /** A new record that holds nothing yet. */
    int add(final int message) {
        final int hold = claim();
        records.putLong(hold, DEADLINE, 0);
        records.putLong(hold, EXPIRY, 0);
        records.putLong(hold, CONNECTION, 0);
        records.putLong(hold, REASON, Payloads.NONE);
        records.putInt(hold, CONSUMER, NONE << 1);
        records.putInt(hold, PLACE, NONE);
        records.putInt(hold, MESSAGE, message);
        records.putInt(hold, DUE_NEXT, NOT_IN_LIST);
        records.putLong(hold, SETTLED_BY, 0);
        return hold;
    }

    void remove(final int hold) {
        leaseNext(hold, freeFirst);
        freeFirst = hold;
    }

    private int claim() {
        if (freeFirst != NONE) {
            final int hold = freeFirst;
            freeFirst = leaseNext(hold);
            return hold;
        }
        return records.add();
    }

    long deadlineMs(final int hold) {
        return records.getLong(hold, DEADLINE);
    }

    void deadlineMs(final int hold, final long deadlineMs) {
        records.putLong(hold, DEADLINE, deadlineMs);
    }

    long expiryMs(final int hold) {
        return records.getLong(hold, EXPIRY);
    }

    void expiryMs(final int hold, final long expiryMs) {
        records.putLong(hold, EXPIRY, expiryMs);
    }

    /** Who has leased it; 0 if nobody, or if the lease has outlived its connection. */
    long connection(final int hold) {
        return records.getLong(hold, CONNECTION);
    }

    void connection(final int hold, final long connection) {
        records.putLong(hold, CONNECTION, connection);
    }

    /** Why it is parked, a handle of the {@link Slab}. */
    long reason(final int hold) {
        return records.getLong(hold, REASON);
    }

    void reason(final int hold, final long reason) {
        records.putLong(hold, REASON, reason);
    }

    /** The consumer that gets a credit back when the lease ends. */
    int consumer(final int hold) {
        return records.getInt(hold, CONSUMER) >> 1;
    }

    void consumer(final int hold, final int consumer) {
        records.putInt(hold, CONSUMER, consumer << 1 | records.getInt(hold, CONSUMER) & KEEP);
    }

    int place(final int hold) {
        return records.getInt(hold, PLACE);
    }

    void place(final int hold, final int place) {
        records.putInt(hold, PLACE, place);
    }

    int dueNext(final int hold) {
        return records.getInt(hold, DUE_NEXT);
    }

    void dueNext(final int hold, final int next) {
        records.putInt(hold, DUE_NEXT, next);
    }

    int leaseNext(final int hold) {
        return records.getInt(hold, LEASE_NEXT);
    }

    void leaseNext(final int hold, final int next) {
        records.putInt(hold, LEASE_NEXT, next);
    }

    int leasePrev(final int hold) {
        return records.getInt(hold, LEASE_PREV);
    }

    void leasePrev(final int hold, final int prev) {
        records.putInt(hold, LEASE_PREV, prev);
    }

    int message(final int hold) {
        return records.getInt(hold, MESSAGE);
    }

    boolean keep(final int hold) {
        return (records.getInt(hold, CONSUMER) & KEEP) != 0;
    }

    void keep(final int hold, final boolean keep) {
        records.putInt(hold, CONSUMER, records.getInt(hold, CONSUMER) & ~KEEP | (keep ? KEEP : 0));
    }

    long settledBy(final int hold) {
        return records.getLong(hold, SETTLED_BY);
    }

    void settledBy(final int hold, final long command) {
        records.putLong(hold, SETTLED_BY, command);
    }
}
