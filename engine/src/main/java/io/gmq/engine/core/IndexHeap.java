package io.gmq.engine.core;

import java.util.Arrays;

/**
 * A binary min-heap of ints that stand for something elsewhere (a message, a waiter). Items are compared by a key and, where
 * keys are equal, by a tie that is unique, so that the order does not depend on how the heap came about. Items that are told
 * their place can be removed and moved from anywhere.
 *
 * <p>Costs: O(log n) to add, remove and move; O(1) to look at the first, and to add something that comes last.
 */
abstract class IndexHeap {
    private static final int INITIAL_CAPACITY = 64;

    private int[] items = new int[INITIAL_CAPACITY];
    private int size;

    abstract long key(int item);

    abstract long tie(int item);

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

    final void add(final int item) {
        if (size == items.length) {
            items = Arrays.copyOf(items, size * 2);
        }
        siftUp(size++, item);
    }

    final int pollFirst() {
        final int first = items[0];
        removeAt(0);
        return first;
    }

    final void removeAt(final int place) {
        final int removed = items[place];
        final int last = items[--size];
        if (place < size) {
            settle(place, last);
        } else if (size == 0 && items.length > INITIAL_CAPACITY * INITIAL_CAPACITY) {
            items = new int[INITIAL_CAPACITY];
        }
        moved(removed, -1);
    }

    /** Finds the right place for an item whose key has changed. */
    final void update(final int place) {
        settle(place, items[place]);
    }

    private void settle(final int place, final int item) {
        if (place > 0 && isBefore(item, items[place - 1 >> 1])) {
            siftUp(place, item);
        } else {
            siftDown(place, item);
        }
    }

    private void siftUp(final int from, final int item) {
        int place = from;
        while (place > 0) {
            final int parent = place - 1 >> 1;
            final int other = items[parent];
            if (!isBefore(item, other)) {
                break;
            }
            put(place, other);
            place = parent;
        }
        put(place, item);
    }

    private void siftDown(final int from, final int item) {
        int place = from;
        final int half = size >> 1;
        while (place < half) {
            int child = 2 * place + 1;
            if (child + 1 < size && isBefore(items[child + 1], items[child])) {
                child++;
            }
            final int other = items[child];
            if (!isBefore(other, item)) {
                break;
            }
            put(place, other);
            place = child;
        }
        put(place, item);
    }

    private void put(final int place, final int item) {
        items[place] = item;
        moved(item, place);
    }

    private boolean isBefore(final int a, final int b) {
        final long keyA = key(a);
        final long keyB = key(b);
        return keyA < keyB || keyA == keyB && tie(a) < tie(b);
    }
}
