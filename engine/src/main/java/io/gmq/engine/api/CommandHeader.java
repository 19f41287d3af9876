package io.gmq.engine.api;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The first bytes of every command, the same in the ring and in the journal. Little-endian, no padding between commands
 * assumed.
 *
 * <pre>
 *   0      1        2              3   4              8             16           24            32
 *   | type | level  | presentation | 0 | promised     | timestampMs | connection | correlation | body …
 * </pre>
 *
 * <p>{@code level} is the {@link Durability} its reply waits for. {@code presentation}, {@code correlation} and {@code promised}
 * (room for a reply that may come late) mean nothing to the engine: it hands them back with the reply ({@link ReplyTo}). {@code connection} is the host's number for who asks; 0 is
 * the host itself.
 */
public final class CommandHeader {
    public static final int LENGTH = 32;
    /** The connection number of commands that the host itself gives. */
    public static final long HOST = 0;
    /** The correlation of a request without an id. */
    public static final long NO_CORRELATION = -1;

    private static final int LEVEL = 1;
    private static final int PRESENTATION = 2;
    private static final int PROMISED = 4;
    private static final int TIMESTAMP = 8;
    private static final int CONNECTION = 16;
    private static final int CORRELATION = 24;

    private CommandHeader() {
    }

    public static void write(
        final MutableDirectBuffer buffer,
        final int offset,
        final CommandType type,
        final long timestampMs,
        final long connection) {
        write(buffer, offset, type, Durability.MEMORY, 0, timestampMs, connection, NO_CORRELATION);
    }

    public static void write(
        final MutableDirectBuffer buffer,
        final int offset,
        final CommandType type,
        final Durability level,
        final int presentation,
        final long timestampMs,
        final long connection,
        final long correlation) {
        buffer.putLong(offset, (type.code() & 0xFF) | (long) level.code() << 8 | (long) (presentation & 0xFF) << 16);
        buffer.putLong(offset + TIMESTAMP, timestampMs);
        buffer.putLong(offset + CONNECTION, connection);
        buffer.putLong(offset + CORRELATION, correlation);
    }

    /** Notes how many bytes are set aside for a reply that may have to wait; 0 after {@link #write}. */
    public static void promised(final MutableDirectBuffer buffer, final int offset, final int bytes) {
        buffer.putInt(offset + PROMISED, bytes);
    }

    public static int promised(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + PROMISED);
    }

    public static CommandType type(final DirectBuffer buffer, final int offset) {
        return CommandType.of(buffer.getByte(offset));
    }

    public static Durability level(final DirectBuffer buffer, final int offset) {
        return Durability.of(buffer.getByte(offset + LEVEL));
    }

    public static int presentation(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + PRESENTATION) & 0xFF;
    }

    /** Milliseconds since 1970, UTC. */
    public static long timestampMs(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + TIMESTAMP);
    }

    public static long connection(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + CONNECTION);
    }

    public static long correlation(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + CORRELATION);
    }
}
