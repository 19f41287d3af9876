package io.gmq.engine.ring;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Where the commands of one producer lie while they are in the ring: a ring of bytes, written by the producer's thread, read
 * by the stages, and freed in order by the last of them. Its size bounds the memory that commands in flight can pin, whatever
 * the ring's size and the longest message are.
 */
final class IngressArena {
    private static final int ALIGNMENT = 8;

    private final UnsafeBuffer buffer;
    private final int capacity;
    private final AtomicLong released = new AtomicLong();
    /** What the first byte counts as. */
    private long origin;
    private long end;
    private long putEnd;
    private long releasedSeen;

    /** @param capacity bytes, a power of two. */
    IngressArena(final int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity " + capacity + " is not a power of two");
        }
        this.capacity = capacity;
        buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(capacity).order(ByteOrder.LITTLE_ENDIAN));
    }

    DirectBuffer buffer() {
        return buffer;
    }

    /** Goes back to the first bytes, which the processor's cache still has, if nothing lies here. */
    void beginAnewIfEmpty() {
        releasedSeen = released.getAcquire();
        if (releasedSeen == end) {
            origin = end;
        }
    }

    /**
     * Copies a command in; it counts as there after {@link #commit}.
     *
     * @return where it lies, or -1 if there is no room for it now.
     * @throws IllegalArgumentException if there never will be.
     */
    int put(final DirectBuffer source, final int offset, final int length) {
        final int aligned = length + ALIGNMENT - 1 & -ALIGNMENT;
        if (aligned > capacity / 2) {
            throw new IllegalArgumentException("a command of " + length + " bytes does not fit an arena of " + capacity);
        }
        int at = (int) (end - origin) & capacity - 1;
        long newEnd = end + aligned;
        if (at + aligned > capacity) {
            newEnd += capacity - at;
            at = 0;
        }
        if (newEnd - releasedSeen > capacity) {
            releasedSeen = released.getAcquire();
            if (newEnd - releasedSeen > capacity) {
                return -1;
            }
        }
        buffer.putBytes(at, source, offset, length);
        putEnd = newEnd;
        return at;
    }

    /** Makes the last {@link #put} count. */
    void commit() {
        end = putEnd;
    }

    /** Up to where the producer has written: what {@link #release} needs to free the command put last. */
    long end() {
        return end;
    }

    /** Frees all up to an {@link #end}. Called by the last stage only. */
    void release(final long upTo) {
        released.setRelease(upTo);
    }
}
