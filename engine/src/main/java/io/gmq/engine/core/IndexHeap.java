package io.gmq.engine.core;

import java.util.Arrays;

/**
 * A min-heap of ints that stand for something elsewhere (a message, a waiter). Items are ordered by a key and, where keys are
 * equal, by a tie that is unique, so that the order does not depend on how the heap came about. Items that are told their
 * place can be removed and moved from anywhere.
 *
 * <p>Four children to a node and the keys beside the items: half the levels of a binary heap, and no look at what an item
 * stands for. Costs: O(log n) to add, remove and move; O(1) to look at the first, and to add something that comes last.
 */
abstract class IndexHeap {
    private static final int INITIAL_CAPACITY = 16;
    private static final int KEPT_CAPACITY_MAX = 4096;
    private static final int CHILDREN_SHIFT = 2;
    private static final int CHILDREN = 1 << CHILDREN_SHIFT;

    private int[] items = new int[0];
    private long[] keys = new long[0];
    private long[] ties = new long[0];
    private int size;

    /** Tells an item its place, or -1 when it has left. */
    abstract void moved(int item, int place);

    final int size() {
        return size;
    }

    final boolean isEmpty() {
        return size == 0;
    }

    /** The item with the smallest key; the heap must not be empty. */
    final int first() {
        return items[0];
    }

    /** The smallest key; the heap must not be empty. */
    final long firstKey() {
        return keys[0];
    }

    final void add(final int item, final long key, final long tie) {
        if (size == items.length) {
            resize(Math.max(INITIAL_CAPACITY, size * 2));
        }
        siftUp(size++, item, key, tie);
    }

    private void clear() {
        size = 0;
    }

    final int pollFirst() {
        final int first = items[0];
        removeAt(0);
        return first;
    }

    final void removeAt(final int place) {
        final int removed = items[place];
        size--;
        if (place < size) {
            settle(place, items[size], keys[size], ties[size]);
        } else if (size == 0 && items.length > KEPT_CAPACITY_MAX) {
            resize(INITIAL_CAPACITY);
        }
        moved(removed, -1);
    }

    private void settle(final int place, final int item, final long key, final long tie) {
        final int parent = place - 1 >> CHILDREN_SHIFT;
        if (place > 0 && isBefore(key, tie, parent)) {
            siftUp(place, item, key, tie);
        } else {
            siftDown(place, item, key, tie);
        }
    }

    private void siftUp(final int from, final int item, final long key, final long tie) {
        int place = from;
        while (place > 0) {
            final int parent = place - 1 >> CHILDREN_SHIFT;
            if (!isBefore(key, tie, parent)) {
                break;
            }
            put(place, items[parent], keys[parent], ties[parent]);
            place = parent;
        }
        put(place, item, key, tie);
    }

    private void siftDown(final int from, final int item, final long key, final long tie) {
        int place = from;
        int child = (place << CHILDREN_SHIFT) + 1;
        while (child < size) {
            final int end = Math.min(child + CHILDREN, size);
            int least = child;
            for (int other = child + 1; other < end; other++) {
                if (isBefore(keys[other], ties[other], least)) {
                    least = other;
                }
            }
            if (isBefore(key, tie, least)) {
                break;
            }
            put(place, items[least], keys[least], ties[least]);
            place = least;
            child = (place << CHILDREN_SHIFT) + 1;
        }
        put(place, item, key, tie);
    }

    private void put(final int place, final int item, final long key, final long tie) {
        items[place] = item;
        keys[place] = key;
        ties[place] = tie;
        moved(item, place);
    }

    private boolean isBefore(final long key, final long tie, final int place) {
        return key < keys[place] || key == keys[place] && tie < ties[place];
    }

    private void resize(final int capacity) {
        items = Arrays.copyOf(items, capacity);
        keys = Arrays.copyOf(keys, capacity);
        ties = Arrays.copyOf(ties, capacity);
    }

    /**
     * Walks over a heap in order without changing it: the next is always among the children of those that were given, which wait
     * in a heap of their own. O(log k) for the k-th.
     */
    static final class Walk {
        private final IndexHeap frontier = new IndexHeap() {
            @Override
            void moved(final int item, final int place) {
                // nobody asks for the place of a place
            }
        };
        private IndexHeap heap;

        void start(final IndexHeap its) {
            heap = its;
            frontier.clear();
            offer(0);
        }

        /** The next item, or {@link MessageTable#NONE}. */
        int next() {
            if (frontier.isEmpty()) {
                return MessageTable.NONE;
            }
            final int place = frontier.pollFirst();
            final int child = (place << CHILDREN_SHIFT) + 1;
            for (int i = 0; i < CHILDREN; i++) {
                offer(child + i);
            }
            return heap.items[place];
        }

        private void offer(final int place) {
            if (place < heap.size) {
                frontier.add(place, heap.keys[place], heap.ties[place]);
            }
        }
    }
}
