package io.gmq.engine.ring;

import io.gmq.engine.api.CommandType;
import org.agrona.DirectBuffer;

/**
 * One place in the ring: where a command lies and what the stages found out about it. A slot holds no bytes of its own, so the
 * ring costs the same whatever the length of messages.
 *
 * <p>Owned by the producer until it is published, then by one stage after the other, in their order.
 */
public final class Slot {
    IngressArena arena;
    long arenaEnd;
    int offset;
    int length;
    boolean isChange;
    int effectsOffset;
    int effectsLength;
    long effectsEnd;
    private Object origin;
    private int replyBytes;

    void set(final IngressArena arena, final int offset, final int length, final long arenaEnd, final Object origin, final int replyBytes) {
        this.arena = arena;
        this.offset = offset;
        this.length = length;
        this.arenaEnd = arenaEnd;
        this.origin = origin;
        this.replyBytes = replyBytes;
    }

    /** Holds the command; valid while a stage works on this slot. */
    public DirectBuffer buffer() {
        return arena.buffer();
    }

    public int offset() {
        return offset;
    }

    public int length() {
        return length;
    }

    /** Whether the command is of a type. */
    boolean is(final CommandType type) {
        return arena.buffer().getByte(offset) == type.code();
    }

    /** Whether the command must be recorded; known after the logic stage. */
    public boolean isChange() {
        return isChange;
    }

    /** What the producer attached: whoever the command came from. {@code null} for the host's own commands. */
    public Object origin() {
        return origin;
    }

    /** What the producer attached: the bytes it has set aside for the reply. */
    public int replyBytes() {
        return replyBytes;
    }

    /** Lets go of what the command held; the last stage's last act on a slot. */
    void release() {
        arena.release(arenaEnd);
        arena = null;
        origin = null;
    }
}
