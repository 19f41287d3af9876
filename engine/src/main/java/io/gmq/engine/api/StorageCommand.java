package io.gmq.engine.api;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The body of {@link CommandType#STORAGE}: whether there is too little room on disk to take in more messages.
 *
 * <pre>
 *   u8 isFull
 * </pre>
 */
public final class StorageCommand {
    /** Bytes of the whole command. */
    public static final int LENGTH = CommandHeader.LENGTH + 1;

    private StorageCommand() {
    }

    /** Writes a body and returns the bytes of the whole command, which begins at {@code offset}. */
    public static int write(final MutableDirectBuffer buffer, final int offset, final boolean isFull) {
        buffer.putByte(offset + CommandHeader.LENGTH, (byte) (isFull ? 1 : 0));
        return LENGTH;
    }

    public static boolean isFull(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + CommandHeader.LENGTH) != 0;
    }
}
