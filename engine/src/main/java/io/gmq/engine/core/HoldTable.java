package io.gmq.engine.core;

import io.gmq.engine.api.Payloads;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What holds a message back or binds it to somebody: a record of a cache line, off heap, for messages that are leased or
 * delayed, that have a time to live, or that were parked for a reason. Records are reused last in, first out, so those of a
 * busy queue stay in the cache.
 *
 * <pre>
 *   0            8          16           24       32         36      40          44          48        52     56          64
 *   | deadlineMs | expiryMs | connection | reason | consumer | place | leaseNext | leasePrev | message | keep | settledBy |
 * </pre>
 *
 * <p>{@code deadlineMs} is when a lease or a delay ends; {@code expiryMs} when the time to live is over, 0 for never;
 * {@code place} is where it stands in the order of {@link Deadlines}. {@code leaseNext} and {@code leasePrev} chain what one connection has
 * leased. {@code settledBy} is the last command that has planned to settle it ({@link Settling}).
 */
final class HoldTable {
    static final int NONE = MessageTable.NONE;

    private static final int RECORD_SHIFT = 6;
    private static final int PAGE_SHIFT = 14;
    private static final int PAGE_MASK = (1 << PAGE_SHIFT) - 1;

    private static final int DEADLINE = 0;
    private static final int EXPIRY = 8;
    private static final int CONNECTION = 16;
    private static final int REASON = 24;
    private static final int CONSUMER = 32;
    private static final int PLACE = 36;
    private static final int LEASE_NEXT = 40;
    private static final int LEASE_PREV = 44;
    private static final int MESSAGE = 48;
    private static final int KEEP = 52;
    private static final int SETTLED_BY = 56;

    private UnsafeBuffer[] pages = new UnsafeBuffer[4];
    private int high;
    private int freeFirst = NONE;

    /** A new record that holds nothing yet. */
    int add(final int message) {
        final int hold = claim();
        final UnsafeBuffer page = page(hold);
        final int at = at(hold);
        page.putLong(at + DEADLINE, 0);
        page.putLong(at + EXPIRY, 0);
        page.putLong(at + CONNECTION, 0);
        page.putLong(at + REASON, Payloads.NONE);
        page.putInt(at + CONSUMER, NONE);
        page.putInt(at + PLACE, NONE);
        page.putInt(at + MESSAGE, message);
        page.putInt(at + KEEP, 0);
        page.putLong(at + SETTLED_BY, 0);
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
        final int hold = high++;
        final int page = hold >> PAGE_SHIFT;
        if (page == pages.length) {
            pages = Arrays.copyOf(pages, page * 2);
        }
        if (pages[page] == null) {
            final ByteBuffer memory = ByteBuffer.allocateDirect(1 << PAGE_SHIFT + RECORD_SHIFT).order(ByteOrder.LITTLE_ENDIAN);
            pages[page] = new UnsafeBuffer(memory);
        }
        return hold;
    }

    long deadlineMs(final int hold) {
        return page(hold).getLong(at(hold) + DEADLINE);
    }

    void deadlineMs(final int hold, final long deadlineMs) {
        page(hold).putLong(at(hold) + DEADLINE, deadlineMs);
    }

    long expiryMs(final int hold) {
        return page(hold).getLong(at(hold) + EXPIRY);
    }

    void expiryMs(final int hold, final long expiryMs) {
        page(hold).putLong(at(hold) + EXPIRY, expiryMs);
    }

    /** Who has leased it; 0 if nobody, or if the lease has outlived its connection. */
    long connection(final int hold) {
        return page(hold).getLong(at(hold) + CONNECTION);
    }

    void connection(final int hold, final long connection) {
        page(hold).putLong(at(hold) + CONNECTION, connection);
    }

    /** Why it is parked, a handle of the {@link Slab}. */
    long reason(final int hold) {
        return page(hold).getLong(at(hold) + REASON);
    }

    void reason(final int hold, final long reason) {
        page(hold).putLong(at(hold) + REASON, reason);
    }

    /** The consumer that gets a credit back when the lease ends. */
    int consumer(final int hold) {
        return page(hold).getInt(at(hold) + CONSUMER);
    }

    void consumer(final int hold, final int consumer) {
        page(hold).putInt(at(hold) + CONSUMER, consumer);
    }

    int place(final int hold) {
        return page(hold).getInt(at(hold) + PLACE);
    }

    void place(final int hold, final int place) {
        page(hold).putInt(at(hold) + PLACE, place);
    }

    int leaseNext(final int hold) {
        return page(hold).getInt(at(hold) + LEASE_NEXT);
    }

    void leaseNext(final int hold, final int next) {
        page(hold).putInt(at(hold) + LEASE_NEXT, next);
    }

    int leasePrev(final int hold) {
        return page(hold).getInt(at(hold) + LEASE_PREV);
    }

    void leasePrev(final int hold, final int prev) {
        page(hold).putInt(at(hold) + LEASE_PREV, prev);
    }

    int message(final int hold) {
        return page(hold).getInt(at(hold) + MESSAGE);
    }

    boolean keep(final int hold) {
        return page(hold).getInt(at(hold) + KEEP) != 0;
    }

    void keep(final int hold, final boolean keep) {
        page(hold).putInt(at(hold) + KEEP, keep ? 1 : 0);
    }

    long settledBy(final int hold) {
        return page(hold).getLong(at(hold) + SETTLED_BY);
    }

    void settledBy(final int hold, final long command) {
        page(hold).putLong(at(hold) + SETTLED_BY, command);
    }

    private UnsafeBuffer page(final int hold) {
        return pages[hold >> PAGE_SHIFT];
    }

    private static int at(final int hold) {
        return (hold & PAGE_MASK) << RECORD_SHIFT;
    }
}
