package io.gmq.engine.api;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The body of {@link CommandType#ACK}, {@link CommandType#NACK}, {@link CommandType#EXTEND} and {@link CommandType#PARK}: which leases, and what shall
 * become of them. A flyweight over the buffer it was wrapped around.
 *
 * <pre>
 *   i64 durationMs | i32 attempt | u8 priority | u8 selection | u16 count | u8 nameLength | u8 reasonLength | name | reason | i64 id …
 * </pre>
 *
 * <p>{@code durationMs} is the delay of a nack and the new lease of an extend; {@code reason} is that of a park. A {@link #RANGE} has two ids, both included.
 */
public final class SettleCommand {
    /** One id; not leased is a refusal. */
    public static final int ONE = 0;
    /** A list of ids; those that are not leased are listed as missing. */
    public static final int LIST = 1;
    /** All that this connection has leased between two ids. */
    public static final int RANGE = 2;
    /** The attempt of a request that names none. */
    public static final int ANY_ATTEMPT = 0;
    /** The priority of a request that leaves it as it is. */
    public static final int SAME_PRIORITY = -1;
    /** The most bytes that can stand before the first id, header of the command included. */
    public static final int PREFIX_LENGTH_MAX = CommandHeader.LENGTH + 18 + 2 * Limits.NAME_LENGTH_MAX;

    private static final int FIXED_LENGTH = 18;

    private DirectBuffer buffer;
    private int body;
    private int idsOffset;

    /** @param offset where the command (not its body) begins. */
    public SettleCommand wrap(final DirectBuffer buffer, final int offset) {
        this.buffer = buffer;
        body = offset + CommandHeader.LENGTH;
        idsOffset = reasonOffset() + reasonLength();
        return this;
    }

    /** The delay of a nack, the lease of an extend ({@link TakeCommand#DEFAULT_LEASE} for the configured one). */
    public long durationMs() {
        return buffer.getLong(body);
    }

    public int attempt() {
        return buffer.getInt(body + 8);
    }

    public int priority() {
        return buffer.getByte(body + 12);
    }

    /** {@link #ONE}, {@link #LIST} or {@link #RANGE}. */
    public int selection() {
        return buffer.getByte(body + 13);
    }

    public int count() {
        return buffer.getShort(body + 14) & 0xFFFF;
    }

    public int nameLength() {
        return buffer.getByte(body + 16) & 0xFF;
    }

    public int nameOffset() {
        return body + FIXED_LENGTH;
    }

    public int reasonLength() {
        return buffer.getByte(body + 17) & 0xFF;
    }

    public int reasonOffset() {
        return nameOffset() + nameLength();
    }

    public long id(final int index) {
        return buffer.getLong(idsOffset + index * Long.BYTES);
    }

    /**
     * Writes a body but for its ids.
     *
     * @param offset where the command begins.
     * @return the bytes before the first id, the command's header counted.
     */
    public static int write(
        final MutableDirectBuffer buffer,
        final int offset,
        final long durationMs,
        final int attempt,
        final int priority,
        final int selection,
        final int count,
        final DirectBuffer name,
        final int nameOffset,
        final int nameLength,
        final DirectBuffer reason,
        final int reasonLength) {
        final int body = offset + CommandHeader.LENGTH;
        buffer.putLong(body, durationMs);
        buffer.putInt(body + 8, attempt);
        buffer.putByte(body + 12, (byte) priority);
        buffer.putByte(body + 13, (byte) selection);
        buffer.putShort(body + 14, (short) count);
        buffer.putByte(body + 16, (byte) nameLength);
        buffer.putByte(body + 17, (byte) reasonLength);
        buffer.putBytes(body + FIXED_LENGTH, name, nameOffset, nameLength);
        buffer.putBytes(body + FIXED_LENGTH + nameLength, reason, 0, reasonLength);
        return prefixLength(nameLength + reasonLength);
    }

    /** What stands before the first id, for a name and a reason of so many bytes together. */
    public static int prefixLength(final int namesLength) {
        return CommandHeader.LENGTH + FIXED_LENGTH + namesLength;
    }

    public static void writeId(final MutableDirectBuffer buffer, final int offset, final int index, final long id) {
        buffer.putLong(offset + index * Long.BYTES, id);
    }
}
