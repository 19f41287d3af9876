package io.gmq.engine.api;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The body of the commands that name a queue and little else: {@link CommandType#LENGTH}, {@link CommandType#DESCRIBE},
 * {@link CommandType#KICK}, {@link CommandType#PURGE} and {@link CommandType#DELETE}.
 *
 * <pre>
 *   i32 argument | u8 nameLength | name
 * </pre>
 *
 * <p>{@code argument} is for a kick how many messages, for a purge a set of {@link MessageState#bit}s, for a delete
 * {@link #IF_EMPTY} or 0, else 0.
 */
public final class QueueCommand {
    /** Delete only if the queue holds nothing. */
    public static final int IF_EMPTY = 1;

    private static final int FIXED_LENGTH = 5;

    private QueueCommand() {
    }

    public static int argument(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + CommandHeader.LENGTH);
    }

    public static int nameLength(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + CommandHeader.LENGTH + 4) & 0xFF;
    }

    public static int nameOffset(final int offset) {
        return offset + CommandHeader.LENGTH + FIXED_LENGTH;
    }

    /** Writes a body and returns the bytes of the whole command, which begins at {@code offset}. */
    public static int write(
        final MutableDirectBuffer buffer,
        final int offset,
        final int argument,
        final DirectBuffer name,
        final int nameOffset,
        final int nameLength) {
        buffer.putInt(offset + CommandHeader.LENGTH, argument);
        buffer.putByte(offset + CommandHeader.LENGTH + 4, (byte) nameLength);
        buffer.putBytes(nameOffset(offset), name, nameOffset, nameLength);
        return CommandHeader.LENGTH + FIXED_LENGTH + nameLength;
    }
}
