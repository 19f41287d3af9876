package io.gmq.engine.api;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The body of {@link CommandType#ATOMIC}: 1 to {@link Limits#STEPS_MAX} whole commands, each a {@link CommandType#PUBLISH},
 * {@link CommandType#ACK}, {@link CommandType#NACK} or {@link CommandType#PARK}. A flyweight: moved from step to step with
 * {@link #next}.
 *
 * <pre>
 *   u16 count | ( i32 length | command ) …
 * </pre>
 *
 * <p>The steps' headers say how each result shall look; time and connection of the whole count.
 */
public final class AtomicCommand {
    /** Bytes before the first step, header of the command included. */
    public static final int PREFIX_LENGTH = CommandHeader.LENGTH + 2;
    /** Bytes before each step's command. */
    public static final int STEP_PREFIX_LENGTH = 4;

    private DirectBuffer buffer;
    private int firstOffset;
    private int count;
    private int stepOffset;
    private int nextOffset;

    /** @param offset where the command (not its body) begins. */
    public AtomicCommand wrap(final DirectBuffer buffer, final int offset) {
        this.buffer = buffer;
        count = buffer.getShort(offset + CommandHeader.LENGTH) & 0xFFFF;
        firstOffset = offset + PREFIX_LENGTH;
        rewind();
        return this;
    }

    /** Goes back to before the first step. */
    public void rewind() {
        nextOffset = firstOffset;
    }

    /** Moves to the next step; called at most {@link #count} times. */
    public void next() {
        stepOffset = nextOffset + STEP_PREFIX_LENGTH;
        nextOffset = stepOffset + buffer.getInt(nextOffset);
    }

    public int count() {
        return count;
    }

    /** Where the step's command begins. */
    public int stepOffset() {
        return stepOffset;
    }

    /** Writes the number of steps; {@code offset} is where the command begins. */
    public static void writeCount(final MutableDirectBuffer buffer, final int offset, final int count) {
        buffer.putShort(offset + CommandHeader.LENGTH, (short) count);
    }

    /** Writes what stands before a step's command. */
    public static void writeStepPrefix(final MutableDirectBuffer buffer, final int offset, final int length) {
        buffer.putInt(offset, length);
    }
}
