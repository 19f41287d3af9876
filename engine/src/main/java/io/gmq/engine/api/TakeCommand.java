package io.gmq.engine.api;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The body of {@link CommandType#TAKE}. A flyweight over the buffer it was wrapped around.
 *
 * <pre>
 *   i64 waitMs | i64 leaseMs | i32 max | i32 replyBytesMax | u8 expansion | u8 flags | u8 nameLength | name
 * </pre>
 *
 * <p>{@code replyBytesMax} and {@code expansion} bound what is given by the size of the reply, without the engine knowing what
 * a reply looks like: a message counts {@link #MESSAGE_OVERHEAD} plus its payload bytes times {@code expansion} thirds plus
 * its header bytes times six, and the first one is always given.
 */
public final class TakeCommand {
    /** What a message costs in a reply beside its payload and headers. */
    public static final int MESSAGE_OVERHEAD = 160;
    /** What a byte of a header can cost in a reply. */
    public static final int HEADER_EXPANSION = 6;
    /** The lease that stands for the configured one. */
    public static final long DEFAULT_LEASE = -1;

    private static final int FIXED_LENGTH = 27;
    private static final int KEEP = 1;

    private DirectBuffer buffer;
    private int body;

    /** @param offset where the command (not its body) begins. */
    public TakeCommand wrap(final DirectBuffer buffer, final int offset) {
        this.buffer = buffer;
        body = offset + CommandHeader.LENGTH;
        return this;
    }

    public long waitMs() {
        return buffer.getLong(body);
    }

    /** How long the messages are leased, 0 for settled at once, {@link #DEFAULT_LEASE} for the configured time. */
    public long leaseMs() {
        return buffer.getLong(body + 8);
    }

    public int max() {
        return buffer.getInt(body + 16);
    }

    public int replyBytesMax() {
        return buffer.getInt(body + 20);
    }

    /** What three bytes of payload become in the reply. */
    public int expansion() {
        return buffer.getByte(body + 24);
    }

    /** Whether the leases outlive the connection. */
    public boolean keep() {
        return (buffer.getByte(body + 25) & KEEP) != 0;
    }

    public int nameLength() {
        return buffer.getByte(body + 26) & 0xFF;
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
        final long waitMs,
        final long leaseMs,
        final int max,
        final int replyBytesMax,
        final int expansion,
        final boolean keep,
        final DirectBuffer name,
        final int nameOffset,
        final int nameLength) {
        final int body = offset + CommandHeader.LENGTH;
        buffer.putLong(body, waitMs);
        buffer.putLong(body + 8, leaseMs);
        buffer.putInt(body + 16, max);
        buffer.putInt(body + 20, replyBytesMax);
        buffer.putByte(body + 24, (byte) expansion);
        buffer.putByte(body + 25, (byte) (keep ? KEEP : 0));
        buffer.putByte(body + 26, (byte) nameLength);
        buffer.putBytes(body + FIXED_LENGTH, name, nameOffset, nameLength);
        return CommandHeader.LENGTH + FIXED_LENGTH + nameLength;
    }
}
