package io.gmq.engine.api;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The body of {@link CommandType#STORAGE}: what can be stored from here on.
 *
 * <pre>
 *   u8 code of a StorageState
 * </pre>
 */
public final class StorageCommand {
    /** Bytes of the whole command. */
    public static final int LENGTH = CommandHeader.LENGTH + 1;

    private StorageCommand() {
    }

    /** Writes a body and returns the bytes of the whole command, which begins at {@code offset}. */
    public static int write(final MutableDirectBuffer buffer, final int offset, final StorageState state) {
        buffer.putByte(offset + CommandHeader.LENGTH, state.code());
        return LENGTH;
    }

    public static StorageState state(final DirectBuffer buffer, final int offset) {
        return StorageState.of(buffer.getByte(offset + CommandHeader.LENGTH));
    }
}
