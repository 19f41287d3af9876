package io.gmq.engine.core;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One record of a cache line per message, off heap, addressed by a small number (the message's <em>index</em>) that is reused
 * when the message is gone. Pages are never moved, so a growing table costs no copying.
 *
 * <pre>
 *   0    8         16            24           32           40      44        48      52          56          60
 *   | id | payload | publishedMs | deadlineMs | connection | queue | attempt | place | leaseNext | leasePrev | state priority keep 0 |
 * </pre>
 *
 * <p>{@code deadlineMs} is when a delayed message becomes ready or a lease ends; {@code place} is where the message stands in
 * the heap of deadlines. {@code leaseNext} and {@code leasePrev} chain what one connection has leased; of a free record,
 * {@code leaseNext} chains the free ones.
 */
final class MessageTable {
    static final int NONE = -1;

    static final byte FREE = 0;
    static final byte DELAYED = 1;
    static final byte READY = 2;
    static final byte LEASED = 3;
    static final byte PARKED = 4;

    private static final int RECORD_SHIFT = 6;
    private static final int PAGE_SHIFT = 14;
    private static final int PAGE_MASK = (1 << PAGE_SHIFT) - 1;

    private static final int ID = 0;
    private static final int PAYLOAD = 8;
    private static final int PUBLISHED = 16;
    private static final int DEADLINE = 24;
    private static final int CONNECTION = 32;
    private static final int QUEUE = 40;
    private static final int ATTEMPT = 44;
    private static final int PLACE = 48;
    private static final int LEASE_NEXT = 52;
    private static final int LEASE_PREV = 56;
    private static final int STATE = 60;
    private static final int PRIORITY = 61;
    private static final int KEEP = 62;

    private UnsafeBuffer[] pages = new UnsafeBuffer[4];
    private int high;
    private int freeFirst = NONE;
    private int size;

    /** A new record: no lease, no deadline. */
    int add(final long id, final long payload, final long publishedMs, final int queue, final int priority) {
        final int index = claim();
        final UnsafeBuffer page = page(index);
        final int at = at(index);
        page.putLong(at + ID, id);
        page.putLong(at + PAYLOAD, payload);
        page.putLong(at + PUBLISHED, publishedMs);
        page.putLong(at + DEADLINE, 0);
        page.putLong(at + CONNECTION, 0);
        page.putInt(at + QUEUE, queue);
        page.putInt(at + ATTEMPT, 0);
        page.putInt(at + PLACE, NONE);
        page.putInt(at + LEASE_NEXT, NONE);
        page.putInt(at + LEASE_PREV, NONE);
        page.putByte(at + STATE, READY);
        page.putByte(at + PRIORITY, (byte) priority);
        page.putByte(at + KEEP, (byte) 0);
        size++;
        return index;
    }

    void remove(final int index) {
        page(index).putByte(at(index) + STATE, FREE);
        leaseNext(index, freeFirst);
        freeFirst = index;
        size--;
    }

    private int claim() {
        if (freeFirst != NONE) {
            final int index = freeFirst;
            freeFirst = leaseNext(index);
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

    /** All indexes ever used are below this; those of messages that are gone are {@link #FREE}. */
    int high() {
        return high;
    }

    long id(final int index) {
        return page(index).getLong(at(index) + ID);
    }

    long payload(final int index) {
        return page(index).getLong(at(index) + PAYLOAD);
    }

    long publishedMs(final int index) {
        return page(index).getLong(at(index) + PUBLISHED);
    }

    long deadlineMs(final int index) {
        return page(index).getLong(at(index) + DEADLINE);
    }

    void deadlineMs(final int index, final long deadlineMs) {
        page(index).putLong(at(index) + DEADLINE, deadlineMs);
    }

    /** Who has leased it; 0 if nobody, or if the lease has outlived its connection. */
    long connection(final int index) {
        return page(index).getLong(at(index) + CONNECTION);
    }

    void connection(final int index, final long connection) {
        page(index).putLong(at(index) + CONNECTION, connection);
    }

    int queue(final int index) {
        return page(index).getInt(at(index) + QUEUE);
    }

    /** How often it has been given out. */
    int attempt(final int index) {
        return page(index).getInt(at(index) + ATTEMPT);
    }

    void attempt(final int index, final int attempt) {
        page(index).putInt(at(index) + ATTEMPT, attempt);
    }

    int place(final int index) {
        return page(index).getInt(at(index) + PLACE);
    }

    void place(final int index, final int place) {
        page(index).putInt(at(index) + PLACE, place);
    }

    int leaseNext(final int index) {
        return page(index).getInt(at(index) + LEASE_NEXT);
    }

    void leaseNext(final int index, final int next) {
        page(index).putInt(at(index) + LEASE_NEXT, next);
    }

    int leasePrev(final int index) {
        return page(index).getInt(at(index) + LEASE_PREV);
    }

    void leasePrev(final int index, final int prev) {
        page(index).putInt(at(index) + LEASE_PREV, prev);
    }

    byte state(final int index) {
        return page(index).getByte(at(index) + STATE);
    }

    void state(final int index, final byte state) {
        page(index).putByte(at(index) + STATE, state);
    }

    int priority(final int index) {
        return page(index).getByte(at(index) + PRIORITY);
    }

    void priority(final int index, final int priority) {
        page(index).putByte(at(index) + PRIORITY, (byte) priority);
    }

    boolean keep(final int index) {
        return page(index).getByte(at(index) + KEEP) != 0;
    }

    void keep(final int index, final boolean keep) {
        page(index).putByte(at(index) + KEEP, (byte) (keep ? 1 : 0));
    }

    private UnsafeBuffer page(final int index) {
        return pages[index >> PAGE_SHIFT];
    }

    private static int at(final int index) {
        return (index & PAGE_MASK) << RECORD_SHIFT;
    }
}
