package io.gmq.engine.core;

import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * All queues: found by name through a hash table with open addressing, by number, and in the order of their names (as bytes,
 * which for UTF-8 is the order of code points).
 */
final class QueueTable {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final MessageTable messages;
    private MessageQueue[] byIndex = new MessageQueue[16];
    private MessageQueue[] sorted = new MessageQueue[16];
    private MessageQueue[] hashed = new MessageQueue[32];
    private int size;

    QueueTable(final MessageTable messages) {
        this.messages = messages;
    }

    int size() {
        return size;
    }

    MessageQueue get(final int index) {
        return byIndex[index];
    }

    /** The queue at a place in the order of names. */
    MessageQueue atRank(final int rank) {
        return sorted[rank];
    }

    /** The queue of that name, or {@code null}. */
    MessageQueue find(final DirectBuffer name, final int offset, final int length) {
        final long hash = hash(name, offset, length);
        final int mask = hashed.length - 1;
        int slot = slot(hash, mask);
        MessageQueue queue = hashed[slot];
        while (queue != null) {
            if (queue.nameHash() == hash && equal(queue.name(), name, offset, length)) {
                return queue;
            }
            slot = slot + 1 & mask;
            queue = hashed[slot];
        }
        return null;
    }

    /** Creates a queue that does not exist yet. */
    MessageQueue add(final DirectBuffer name, final int offset, final int length) {
        if (size == byIndex.length) {
            byIndex = Arrays.copyOf(byIndex, size * 2);
            sorted = Arrays.copyOf(sorted, size * 2);
        }
        final MessageQueue queue = new MessageQueue(size, name, offset, length, hash(name, offset, length), messages);
        final int rank = rank(name, offset, length);
        System.arraycopy(sorted, rank, sorted, rank + 1, size - rank);
        sorted[rank] = queue;
        byIndex[size++] = queue;
        if (size * 2 > hashed.length) {
            rehash(hashed.length * 2);
        } else {
            insert(queue);
        }
        return queue;
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
        for (int i = 0; i < length; i++) {
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
        for (int i = 0; i < size; i++) {
            insert(byIndex[i]);
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

    /** FNV-1a, 64 bits (Fowler, Noll, Vo). */
    private static long hash(final DirectBuffer name, final int offset, final int length) {
        long hash = FNV_OFFSET;
        for (int i = offset; i < offset + length; i++) {
            hash = (hash ^ name.getByte(i) & 0xFF) * FNV_PRIME;
        }
        return hash;
    }
}
