package io.gmq.engine.core;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.IntToLongFunction;
import org.agrona.collections.Long2LongHashMap;

/**
 * Finds a message's record by its id. Ids are handed out one after the other, so 64 neighbours share a page of their own and
 * only pages are hashed: neighbours are found next to each other, growing moves a 64th of the entries, and a lone survivor
 * holds no more than its page of 256 bytes.
 */
final class MessageIndex {
    private static final int PAGE_SHIFT = 6;
    private static final int PAGE_SIZE = 1 << PAGE_SHIFT;
    private static final int PAGE_MASK = PAGE_SIZE - 1;
    private static final int BLOCK_SHIFT = 8;
    private static final int BLOCK_MASK = (1 << BLOCK_SHIFT) - 1;
    private static final long NO_KEY = -1;

    private final Long2LongHashMap pages = new Long2LongHashMap(MessageTable.NONE);
    private int[][] blocks = new int[4][];
    private int[] used = new int[4 << BLOCK_SHIFT];
    private int[] free = new int[4 << BLOCK_SHIFT];
    private int freeCount;
    private int high;
    private long lastKey = NO_KEY;
    private int lastPage;

    /** The record of a message, or {@link MessageTable#NONE} if there is no such message. */
    int get(final long id) {
        final int page = find(id >>> PAGE_SHIFT);
        return page == MessageTable.NONE ? MessageTable.NONE : block(page)[at(page, id)];
    }

    void put(final long id, final int index) {
        final long key = id >>> PAGE_SHIFT;
        int page = find(key);
        if (page == MessageTable.NONE) {
            page = claim();
            pages.put(key, page);
            lastKey = key;
            lastPage = page;
        }
        block(page)[at(page, id)] = index;
        used[page]++;
    }

    /** Forgets a message that is there. */
    void remove(final long id) {
        final long key = id >>> PAGE_SHIFT;
        final int page = find(key);
        block(page)[at(page, id)] = MessageTable.NONE;
        if (--used[page] == 0) {
            pages.remove(key);
            lastKey = NO_KEY;
            free[freeCount++] = page;
        }
    }

    /** All records in the order of their ids; {@code ids} says what they are. */
    void forEach(final IntToLongFunction ids, final IntConsumer consumer) {
        final long[] keys = new long[pages.size()];
        int count = 0;
        for (int page = 0; page < high; page++) {
            for (int i = 0; used[page] > 0 && i < PAGE_SIZE; i++) {
                final int index = block(page)[at(page, i)];
                if (index != MessageTable.NONE) {
                    keys[count++] = ids.applyAsLong(index) >>> PAGE_SHIFT;
                    break;
                }
            }
        }
        Arrays.sort(keys);
        for (final long key : keys) {
            final int page = (int) pages.get(key);
            for (long id = key << PAGE_SHIFT; id < key + 1 << PAGE_SHIFT; id++) {
                final int index = block(page)[at(page, id)];
                if (index != MessageTable.NONE) {
                    consumer.accept(index);
                }
            }
        }
    }

    private int find(final long key) {
        if (key == lastKey) {
            return lastPage;
        }
        final int page = (int) pages.get(key);
        if (page != MessageTable.NONE) {
            lastKey = key;
            lastPage = page;
        }
        return page;
    }

    private int claim() {
        if (freeCount > 0) {
            return free[--freeCount];
        }
        final int page = high++;
        final int block = page >> BLOCK_SHIFT;
        if (block == blocks.length) {
            blocks = Arrays.copyOf(blocks, block * 2);
            used = Arrays.copyOf(used, block * 2 << BLOCK_SHIFT);
            free = Arrays.copyOf(free, block * 2 << BLOCK_SHIFT);
        }
        if (blocks[block] == null) {
            blocks[block] = new int[PAGE_SIZE << BLOCK_SHIFT];
            Arrays.fill(blocks[block], MessageTable.NONE);
        }
        return page;
    }

    private int[] block(final int page) {
        return blocks[page >> BLOCK_SHIFT];
    }

    private static int at(final int page, final long id) {
        return (page & BLOCK_MASK) << PAGE_SHIFT | (int) id & PAGE_MASK;
    }
}
