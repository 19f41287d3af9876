package io.gmq.engine.api;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The body of {@link CommandType#DRAINED}, which a host gives on behalf of a connection: so many of the bytes that
 * {@link EffectSink#endDelivery} reckoned have been handed to the network.
 *
 * <pre>
 *   i64 bytes
 * </pre>
 */
public final class DrainedCommand {
    /** Bytes of the whole command. */
    public static final int LENGTH = CommandHeader.LENGTH + 8;
    /** Reckoned bytes of pushes that a connection may leave unread; one push may go beyond. A host reports well before. */
    public static final int WINDOW = 1 << 20;

    private DrainedCommand() {
    }

    public static long bytes(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + CommandHeader.LENGTH);
    }

    /** Writes a body and returns the bytes of the whole command, which begins at {@code offset}. */
    public static int write(final MutableDirectBuffer buffer, final int offset, final long bytes) {
        buffer.putLong(offset + CommandHeader.LENGTH, bytes);
        return LENGTH;
    }
}
