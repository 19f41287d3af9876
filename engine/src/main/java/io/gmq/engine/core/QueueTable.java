package io.gmq.engine.core;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.collections.IntArrayList;

/**
 * All queues: found by name through a hash table with open addressing, by slot, and in the order of their names (as bytes,
 * which for UTF-8 is the order of code points).
 */
final class QueueTable {
    /** 2^64 divided by the golden ratio, made odd. */
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final MessageStore messages;
    private MessageQueue[] bySlot = new MessageQueue[16];
    private MessageQueue[] sorted = new MessageQueue[16];
    private MessageQueue[] hashed = new MessageQueue[32];
    private final IntArrayList freeSlots = new IntArrayList();
    private final ArrayDeque<MessageQueue> dead = new ArrayDeque<>();
    /** The queue that was found last, since most commands ask for the same as the one before; {@code null} when it may be gone. */
    private MessageQueue lastFound;
    private int size;
    private int slots;
    private long nextNumber;

    QueueTable(final MessageStore messages) {
        this.messages = messages;
    }

    int size() {
        return size;
    }

    /** The number that the next queue gets. */
    long nextNumber() {
        return nextNumber;
    }

    void nextNumber(final long number) {
        nextNumber = number;
    }

    MessageQueue get(final int slot) {
        return bySlot[slot];
    }

    /** The queue at a place in the order of names. */
    MessageQueue atRank(final int rank) {
        return sorted[rank];
    }

    /** The queue of that name, or {@code null}. */
    MessageQueue find(final DirectBuffer name, final int offset, final int length) {
        if (lastFound != null && equal(lastFound.name(), name, offset, length)) {
            return lastFound;
        }
        final long hash = hash(name, offset, length);
        final int mask = hashed.length - 1;
        int slot = slot(hash, mask);
        MessageQueue queue = hashed[slot];
        while (queue != null) {
            if (queue.nameHash() == hash && equal(queue.name(), name, offset, length)) {
                lastFound = queue;
                return queue;
            }
            slot = slot + 1 & mask;
            queue = hashed[slot];
        }
        return null;
    }

    /** Creates a queue that does not exist yet. */
    MessageQueue add(final DirectBuffer name, final int offset, final int length) {
        return add(nextNumber++, name, offset, length);
    }

    /** Creates a queue that had been deleted and was not cleared away. */
    MessageQueue addDead(final long number, final DirectBuffer name, final int offset, final int length) {
        final MessageQueue queue =
            new MessageQueue(MessageTable.NONE, number, name, offset, length, hash(name, offset, length), messages);
        queue.die();
        dead.add(queue);
        return queue;
    }

    /** Creates a queue with the number that it had. */
    MessageQueue add(final long number, final DirectBuffer name, final int offset, final int length) {
        final MessageQueue queue = new MessageQueue(claimSlot(), number, name, offset, length, hash(name, offset, length), messages);
        bySlot[queue.slot] = queue;
        if (size == sorted.length) {
            sorted = Arrays.copyOf(sorted, size * 2);
        }
        final int rank = rank(name, offset, length);
        System.arraycopy(sorted, rank, sorted, rank + 1, size - rank);
        sorted[rank] = queue;
        size++;
        if (size * 2 > hashed.length) {
            rehash(hashed.length * 2);
        } else {
            insert(queue);
        }
        return queue;
    }

    private int claimSlot() {
        if (!freeSlots.isEmpty()) {
            return freeSlots.popInt();
        }
        if (slots == bySlot.length) {
            bySlot = Arrays.copyOf(bySlot, slots * 2);
        }
        return slots++;
    }

    /** Deletes a queue: nobody finds it any more; its takers and bindings are to be dealt with yet. */
    void delete(final MessageQueue queue) {
        queue.die();
        lastFound = null;
        dead.add(queue);
        final int rank = rank(queue.name(), 0, queue.nameLength());
        System.arraycopy(sorted, rank + 1, sorted, rank, size - rank - 1);
        sorted[--size] = null;
        bySlot[queue.slot] = null;
        freeSlots.pushInt(queue.slot);
        final int mask = hashed.length - 1;
        int slot = slot(queue.nameHash(), mask);
        while (hashed[slot] != queue) {
            slot = slot + 1 & mask;
        }
        closeGap(slot, mask);
    }

    /** Moves back what stands behind a gap and would not be found any more (Knuth, volume 3, algorithm 6.4 R). */
    private void closeGap(final int from, final int mask) {
        int gap = from;
        int slot = from + 1 & mask;
        hashed[gap] = null;
        while (hashed[slot] != null) {
            final int home = slot(hashed[slot].nameHash(), mask);
            if ((slot - home & mask) >= (slot - gap & mask)) {
                hashed[gap] = hashed[slot];
                hashed[slot] = null;
                gap = slot;
            }
            slot = slot + 1 & mask;
        }
    }

    /** The queue that has been deleted longest and is not cleared away, or {@code null}. */
    MessageQueue firstDead() {
        return dead.peek();
    }

    /** Forgets {@link #firstDead}. */
    void removeFirstDead() {
        dead.remove();
    }

    /** The deleted queues that are not cleared away, in the order in which they were deleted. */
    Iterable<MessageQueue> dead() {
        return dead;
    }

    /** How many names come before this one. */
    int rank(final DirectBuffer name, final int offset, final int length) {
        int low = 0;
        int high = size;
        while (low < high) {
            final int middle = low + high >>> 1;
            if (compare(sorted[middle].name(), name, offset, length) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    static boolean startsWith(final DirectBuffer name, final DirectBuffer prefix, final int offset, final int length) {
        if (name.capacity() < length) {
            return false;
        }
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            if (name.getLong(i) != prefix.getLong(offset + i)) {
                return false;
            }
        }
        for (; i < length; i++) {
            if (name.getByte(i) != prefix.getByte(offset + i)) {
                return false;
            }
        }
        return true;
    }

    static boolean equal(final DirectBuffer name, final DirectBuffer other, final int offset, final int length) {
        return name.capacity() == length && startsWith(name, other, offset, length);
    }

    private static int compare(final DirectBuffer name, final DirectBuffer other, final int offset, final int length) {
        final int common = Math.min(name.capacity(), length);
        for (int i = 0; i < common; i++) {
            final int difference = (name.getByte(i) & 0xFF) - (other.getByte(offset + i) & 0xFF);
            if (difference != 0) {
                return difference;
            }
        }
        return name.capacity() - length;
    }

    private void rehash(final int capacity) {
        hashed = new MessageQueue[capacity];
        for (int rank = 0; rank < size; rank++) {
            insert(sorted[rank]);
        }
    }

    private void insert(final MessageQueue queue) {
        final int mask = hashed.length - 1;
        int slot = slot(queue.nameHash(), mask);
        while (hashed[slot] != null) {
            slot = slot + 1 & mask;
        }
        hashed[slot] = queue;
    }

    private static int slot(final long hash, final int mask) {
        return (int) (hash ^ hash >>> 32) & mask;
    }

    /** Multiplies and folds, eight bytes at a time (after Fowler, Noll, Vo, who take one). */
    static long hash(final DirectBuffer name, final int offset, final int length) {
        long hash = length;
        int at = offset;
        final int end = offset + length;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            hash = fold((hash ^ name.getLong(at)) * MULTIPLIER);
        }
        long rest = 0;
        for (; at < end; at++) {
            rest = rest << Byte.SIZE | name.getByte(at) & 0xFF;
        }
        return fold((hash ^ rest) * MULTIPLIER);
    }

    private static long fold(final long hash) {
        return hash ^ hash >>> 32;
    }
}
