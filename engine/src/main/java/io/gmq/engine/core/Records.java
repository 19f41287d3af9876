package io.gmq.engine.core;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;

/**
 * Records of one length, off heap, known by small numbers. They lie in pages that never move, so growing costs no copying of them.
 * New ones have bytes of no meaning.
 *
 * <p>Fields are read and written without a check of their own, and yet never outside of the pages: the number of the page is an
 * index into an array that has exactly the pages there are, which Java checks; the place in the page is cut to the page's length; and
 * a field is a constant below the record's length.
 */
final class Records {
    private final int recordShift;
    private final int pageShift;
    private final int mask;
    private long[] addresses = new long[0];
    /** Keeps the memory from being collected. */
    private ByteBuffer[] pages = new ByteBuffer[0];
    private int high;

    /**
     * @param recordShift the length of a record, as a power of two; every field lies wholly within.
     * @param pageShift   the records of a page, as a power of two.
     */
    Records(final int recordShift, final int pageShift) {
        this.recordShift = recordShift;
        this.pageShift = pageShift;
        mask = (1 << pageShift) - 1;
    }

    /** One more record; its number is the lowest that there was not yet. */
    int add() {
        final int record = high++;
        final int page = record >> pageShift;
        if (page == addresses.length) {
            final ByteBuffer memory = ByteBuffer.allocateDirect(1 << pageShift + recordShift).order(ByteOrder.nativeOrder());
            pages = Arrays.copyOf(pages, page + 1);
            pages[page] = memory;
            addresses = Arrays.copyOf(addresses, page + 1);
            addresses[page] = BufferUtil.address(memory);
        }
        return record;
    }

    /** All numbers are below this. */
    int high() {
        return high;
    }

    long getLong(final int record, final int field) {
        return UnsafeApi.getLong(address(record) + field);
    }

    void putLong(final int record, final int field, final long value) {
        UnsafeApi.putLong(address(record) + field, value);
    }

    int getInt(final int record, final int field) {
        return UnsafeApi.getInt(address(record) + field);
    }

    void putInt(final int record, final int field, final int value) {
        UnsafeApi.putInt(address(record) + field, value);
    }

    private long address(final int record) {
        return addresses[record >> pageShift] + ((long) (record & mask) << recordShift);
    }
}
