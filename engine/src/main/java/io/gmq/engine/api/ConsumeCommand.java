package io.gmq.engine.api;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The body of {@link CommandType#CONSUME}. A flyweight over the buffer it was wrapped around. A push is bounded as the reply
 * to a {@link TakeCommand} is.
 *
 * <pre>
 *   i64 leaseMs | i32 credit | i32 pushBytesMax | u8 expansion | u8 flags | u8 nameLength | name
 * </pre>
 */
public final class ConsumeCommand {
    private static final int FIXED_LENGTH = 19;
    private static final int KEEP = 1;

    private DirectBuffer buffer;
    private int body;

    /** @param offset where the command (not its body) begins. */
    public ConsumeCommand wrap(final DirectBuffer buffer, final int offset) {
        this.buffer = buffer;
        body = offset + CommandHeader.LENGTH;
        return this;
    }

    /** As {@link TakeCommand#leaseMs}. */
    public long leaseMs() {
        return buffer.getLong(body);
    }

    public int credit() {
        return buffer.getInt(body + 8);
    }

    public int pushBytesMax() {
        return buffer.getInt(body + 12);
    }

    /** What three bytes of payload become in a push. */
    public int expansion() {
        return buffer.getByte(body + 16);
    }

    /** Whether the leases outlive the connection. */
    public boolean keep() {
        return (buffer.getByte(body + 17) & KEEP) != 0;
    }

    public int nameLength() {
        return buffer.getByte(body + 18) & 0xFF;
    }

    public int nameOffset() {
        return body + FIXED_LENGTH;
    }

    /**
     * Writes a body.
     *
     * @param offset where the command begins.
     * @return the bytes of the whole command.
     */
    public static int write(
        final MutableDirectBuffer buffer,
        final int offset,
        final long leaseMs,
        final int credit,
        final int pushBytesMax,
        final int expansion,
        final boolean keep,
        final DirectBuffer name,
        final int nameOffset,
        final int nameLength) {
        final int body = offset + CommandHeader.LENGTH;
        buffer.putLong(body, leaseMs);
        buffer.putInt(body + 8, credit);
        buffer.putInt(body + 12, pushBytesMax);
        buffer.putByte(body + 16, (byte) expansion);
        buffer.putByte(body + 17, (byte) (keep ? KEEP : 0));
        buffer.putByte(body + 18, (byte) nameLength);
        buffer.putBytes(body + FIXED_LENGTH, name, nameOffset, nameLength);
        return CommandHeader.LENGTH + FIXED_LENGTH + nameLength;
    }
}
