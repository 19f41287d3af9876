package io.gmq.engine.ring;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import org.agrona.DirectBuffer;

/** The way into the ring for one thread: copies a command into that thread's arena and publishes a slot that points to it. */
final class RingProducer implements CommandSink {
    private final RingBuffer<Slot> ring;
    private final IngressArena arena;
    private final Waker logic;
    private long lastSequence = RingBuffer.INITIAL_CURSOR_VALUE;
    private boolean isUnflushed;

    RingProducer(final RingBuffer<Slot> ring, final IngressArena arena, final Waker logic) {
        this.ring = ring;
        this.arena = arena;
        this.logic = logic;
    }

    @Override
    public boolean offer(final DirectBuffer buffer, final int offset, final int length, final Object origin, final int replyBytes) {
        if (!ring.hasAvailableCapacity(1)) {
            return false;
        }
        if (!isUnflushed) {
            // Once for many commands: to ask takes a cache line from the last stage's thread.
            arena.beginAnewIfEmpty();
        }
        final int at = arena.put(buffer, offset, length);
        if (at < 0) {
            return false;
        }
        final long sequence;
        try {
            sequence = ring.tryNext();
        } catch (final InsufficientCapacityException e) {
            return false;
        }
        arena.commit();
        ring.get(sequence).set(arena, at, length, arena.end(), origin, replyBytes);
        ring.publish(sequence);
        lastSequence = sequence;
        isUnflushed = true;
        return true;
    }

    @Override
    public void flush() {
        if (isUnflushed) {
            isUnflushed = false;
            logic.wake();
        }
    }

    /** The place of the command offered last. */
    long lastSequence() {
        return lastSequence;
    }
}
