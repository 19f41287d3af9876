package io.gmq.engine.api;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The body of the commands about a consumer that there is, {@link CommandType#CREDIT} and {@link CommandType#CANCEL}.
 *
 * <pre>
 *   i64 consumer | i32 credit
 * </pre>
 *
 * <p>{@code credit} is what is added, 0 for a cancel.
 */
public final class ConsumerCommand {
    /** Bytes of the whole command. */
    public static final int LENGTH = CommandHeader.LENGTH + 12;

    private ConsumerCommand() {
    }

    /** The number that the reply to its consume gave. */
    public static long consumer(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + CommandHeader.LENGTH);
    }

    public static int credit(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + CommandHeader.LENGTH + 8);
    }

    /** Writes a body and returns the bytes of the whole command, which begins at {@code offset}. */
    public static int write(final MutableDirectBuffer buffer, final int offset, final long consumer, final int credit) {
        buffer.putLong(offset + CommandHeader.LENGTH, consumer);
        buffer.putInt(offset + CommandHeader.LENGTH + 8, credit);
        return LENGTH;
    }
}
