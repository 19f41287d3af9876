package io.gmq.engine.ring;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Where effects lie between the logic stage, which writes them, and the last stage, which reads and frees them in order: a
 * ring of bytes. The effects of one command lie in one piece.
 */
final class EffectLog {
    /**
     * More than one command's effects can be: 100 steps of an atomic request with 1,000 missing ids each are the largest, a list of
     * 1,000 queues with the longest names and 1,000 messages to as many consumers the next.
     */
    static final int COMMAND_LENGTH_MAX = 2 << 20;

    private final UnsafeBuffer buffer;
    private final int capacity;
    private final AtomicLong released = new AtomicLong();
    private long end;
    private long releasedSeen;

    /** @param capacity bytes, a power of two, at least four times {@link #COMMAND_LENGTH_MAX}. */
    EffectLog(final int capacity) {
        if (Integer.bitCount(capacity) != 1 || capacity < 4 * COMMAND_LENGTH_MAX) {
            throw new IllegalArgumentException("capacity " + capacity + " is not a power of two from " + 4 * COMMAND_LENGTH_MAX + " on");
        }
        this.capacity = capacity;
        buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(capacity).order(ByteOrder.LITTLE_ENDIAN));
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    /** Whether the effects of any one command would fit. */
    boolean hasRoom() {
        final int toTheEnd = capacity - ((int) end & capacity - 1);
        final long needed = end + (toTheEnd < COMMAND_LENGTH_MAX ? toTheEnd : 0) + COMMAND_LENGTH_MAX;
        if (needed - releasedSeen > capacity) {
            releasedSeen = released.getAcquire();
        }
        return needed - releasedSeen <= capacity;
    }

    /** Where the effects of the next command begin; {@link #hasRoom} must have said so. */
    int begin() {
        final int at = (int) end & capacity - 1;
        if (capacity - at < COMMAND_LENGTH_MAX) {
            end += capacity - at;
            return 0;
        }
        return at;
    }

    /** Ends what {@link #begin} began; the result is what {@link #release} takes. */
    long end(final int length) {
        end += length + 7 & -8;
        return end;
    }

    void release(final long upTo) {
        released.setRelease(upTo);
    }
}
