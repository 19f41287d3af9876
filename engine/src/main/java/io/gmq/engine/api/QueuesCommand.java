package io.gmq.engine.api;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The body of {@link CommandType#QUEUES}: which part of the sorted list of queues. A flyweight over the buffer it was wrapped
 * around.
 *
 * <pre>
 *   i32 max | i32 replyBytesMax | u8 prefixLength | u8 afterLength | prefix | after
 * </pre>
 */
public final class QueuesCommand {
    /** What a queue costs in a reply beside its name. */
    public static final int QUEUE_OVERHEAD = 480;
    /** What a byte of a name can cost in a reply: names have no control characters, so a quote or a backslash is the worst. */
    public static final int NAME_EXPANSION = 2;

    private static final int FIXED_LENGTH = 10;

    private DirectBuffer buffer;
    private int body;

    /** @param offset where the command (not its body) begins. */
    public QueuesCommand wrap(final DirectBuffer buffer, final int offset) {
        this.buffer = buffer;
        body = offset + CommandHeader.LENGTH;
        return this;
    }

    public int max() {
        return buffer.getInt(body);
    }

    public int replyBytesMax() {
        return buffer.getInt(body + 4);
    }

    public int prefixLength() {
        return buffer.getByte(body + 8) & 0xFF;
    }

    public int prefixOffset() {
        return body + FIXED_LENGTH;
    }

    /** Bytes of the name behind which the list begins; 0 for from the start. */
    public int afterLength() {
        return buffer.getByte(body + 9) & 0xFF;
    }

    public int afterOffset() {
        return prefixOffset() + prefixLength();
    }

    /**
     * Writes a body.
     *
     * @param offset where the command begins.
     * @param names  holds prefix and after.
     * @return the bytes of the whole command.
     */
    public static int write(
        final MutableDirectBuffer buffer,
        final int offset,
        final int max,
        final int replyBytesMax,
        final DirectBuffer prefix,
        final int prefixLength,
        final DirectBuffer after,
        final int afterLength) {
        final int body = offset + CommandHeader.LENGTH;
        buffer.putInt(body, max);
        buffer.putInt(body + 4, replyBytesMax);
        buffer.putByte(body + 8, (byte) prefixLength);
        buffer.putByte(body + 9, (byte) afterLength);
        buffer.putBytes(body + FIXED_LENGTH, prefix, 0, prefixLength);
        buffer.putBytes(body + FIXED_LENGTH + prefixLength, after, 0, afterLength);
        return CommandHeader.LENGTH + FIXED_LENGTH + prefixLength + afterLength;
    }
}
