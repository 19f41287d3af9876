package io.gmq.engine.api;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The body of {@link CommandType#LENGTH}: a queue's name.
 *
 * <pre>
 *   u8 nameLength | name
 * </pre>
 */
public final class LengthCommand {
    private LengthCommand() {
    }

    public static int nameLength(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + CommandHeader.LENGTH) & 0xFF;
    }

    public static int nameOffset(final int offset) {
        return offset + CommandHeader.LENGTH + 1;
    }

    /** Writes a body and returns the bytes of the whole command, which begins at {@code offset}. */
    public static int write(
        final MutableDirectBuffer buffer, final int offset, final DirectBuffer name, final int nameOffset, final int nameLength) {
        buffer.putByte(offset + CommandHeader.LENGTH, (byte) nameLength);
        buffer.putBytes(nameOffset(offset), name, nameOffset, nameLength);
        return CommandHeader.LENGTH + 1 + nameLength;
    }
}
