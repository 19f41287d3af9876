package io.gmq.engine.api;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The body of {@link CommandType#PUBLISH}: a queue and 1 to {@link Limits#BATCH_MAX} messages. A flyweight: it points into the
 * buffer that it was wrapped around and is moved from message to message with {@link #next}.
 *
 * <pre>
 *   u8 nameLength | name | u16 count | messages …
 *
 *   message:  i32 payloadLength | u16 headersLength | u8 priority | u8 0 | i64 delayMs | payload | headers ({@link Headers})
 * </pre>
 */
public final class PublishCommand {
    /** Bytes before a message's payload. */
    public static final int MESSAGE_HEADER_LENGTH = 16;
    /** The most bytes that can stand before the first message, header of the command included. */
    public static final int PREFIX_LENGTH_MAX = CommandHeader.LENGTH + 1 + Limits.NAME_LENGTH_MAX + 2;

    private DirectBuffer buffer;
    private int nameOffset;
    private int nameLength;
    private int firstOffset;
    private int count;
    private int messageOffset;
    private int nextOffset;

    /** @param offset where the command (not its body) begins. */
    public PublishCommand wrap(final DirectBuffer buffer, final int offset) {
        this.buffer = buffer;
        nameLength = buffer.getByte(offset + CommandHeader.LENGTH) & 0xFF;
        nameOffset = offset + CommandHeader.LENGTH + 1;
        count = buffer.getShort(nameOffset + nameLength) & 0xFFFF;
        firstOffset = nameOffset + nameLength + 2;
        rewind();
        return this;
    }

    /** Goes back to before the first message. */
    public void rewind() {
        nextOffset = firstOffset;
    }

    /** Moves to the next message; called at most {@link #count} times. */
    public void next() {
        messageOffset = nextOffset;
        nextOffset = messageOffset + MESSAGE_HEADER_LENGTH + payloadLength() + headersLength();
    }

    public int nameOffset() {
        return nameOffset;
    }

    public int nameLength() {
        return nameLength;
    }

    public int count() {
        return count;
    }

    public int payloadLength() {
        return buffer.getInt(messageOffset);
    }

    public int headersLength() {
        return buffer.getShort(messageOffset + 4) & 0xFFFF;
    }

    public int priority() {
        return buffer.getByte(messageOffset + 6);
    }

    public long delayMs() {
        return buffer.getLong(messageOffset + 8);
    }

    /** Where the payload begins; the headers follow it. */
    public int payloadOffset() {
        return messageOffset + MESSAGE_HEADER_LENGTH;
    }

    /** Writes what stands before a message's payload. */
    public static void writeMessageHeader(
        final MutableDirectBuffer buffer,
        final int offset,
        final int payloadLength,
        final int headersLength,
        final int priority,
        final long delayMs) {
        buffer.putInt(offset, payloadLength);
        buffer.putInt(offset + 4, headersLength | priority << 16);
        buffer.putLong(offset + 8, delayMs);
    }

    /**
     * Writes what stands between the command's header and the first message.
     *
     * @param offset where the command begins.
     * @return the bytes written, the command's header counted.
     */
    public static int writePrefix(
        final MutableDirectBuffer buffer, final int offset, final DirectBuffer name, final int nameOffset, final int nameLength, final int count) {
        int at = offset + CommandHeader.LENGTH;
        buffer.putByte(at++, (byte) nameLength);
        buffer.putBytes(at, name, nameOffset, nameLength);
        at += nameLength;
        buffer.putShort(at, (short) count);
        return at + 2 - offset;
    }

    /** What {@link #writePrefix} will write. */
    public static int prefixLength(final int nameLength) {
        return CommandHeader.LENGTH + 1 + nameLength + 2;
    }
}
