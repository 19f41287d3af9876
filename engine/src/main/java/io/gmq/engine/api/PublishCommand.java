package io.gmq.engine.api;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The body of {@link CommandType#PUBLISH}: a queue or a topic and 1 to {@link Limits#BATCH_MAX} messages. A flyweight: it points
 * into the buffer that it was wrapped around and is moved from message to message with {@link #next}.
 *
 * <pre>
 *   u8 flags | u8 nameLength | u8 producerLength | name | producer | i64 sequence (only with a producer) | u16 count | messages …
 *
 *   message:  i32 payloadLength | u16 headersLength | u8 priority | u8 flags | payload | headers ({@link Headers})
 *             | i64 delayMs (only if there is one) | i64 ttlMs (only if it says something)
 * </pre>
 */
public final class PublishCommand {
    /** Bytes before a message's payload. */
    public static final int MESSAGE_HEADER_LENGTH = 8;
    /** The most bytes that can stand behind a message's headers. */
    public static final int MESSAGE_TRAILER_LENGTH_MAX = 2 * Long.BYTES;
    /** The time to live of a message that names none: that of its queue. */
    public static final long QUEUE_TTL = -1;

    private static final int FIXED_LENGTH = 3;
    /** The most bytes that can stand before the first message, header of the command included. */
    public static final int PREFIX_LENGTH_MAX =
        CommandHeader.LENGTH + FIXED_LENGTH + 2 * Limits.NAME_LENGTH_MAX + Long.BYTES + Short.BYTES;

    private static final int TOPIC = 1;
    private static final int DELAY = 1;
    private static final int TTL = 1 << 1;

    private DirectBuffer buffer;
    private int body;
    private int firstOffset;
    private int count;
    private int messageOffset;
    private int nextOffset;

    /** @param offset where the command (not its body) begins. */
    public PublishCommand wrap(final DirectBuffer buffer, final int offset) {
        this.buffer = buffer;
        body = offset + CommandHeader.LENGTH;
        final int countOffset = producerOffset() + (producerLength() == 0 ? 0 : producerLength() + Long.BYTES);
        count = buffer.getShort(countOffset) & 0xFFFF;
        firstOffset = countOffset + Short.BYTES;
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
        nextOffset = trailerOffset() + Long.BYTES * Integer.bitCount(flags());
    }

    /** Whether the name is that of a topic. */
    public boolean isTopic() {
        return (buffer.getByte(body) & TOPIC) != 0;
    }

    /** Where the name of the queue or topic begins. */
    public int nameOffset() {
        return body + FIXED_LENGTH;
    }

    public int nameLength() {
        return buffer.getByte(body + 1) & 0xFF;
    }

    public int producerOffset() {
        return nameOffset() + nameLength();
    }

    /** 0 where the request names no producer. */
    public int producerLength() {
        return buffer.getByte(body + 2) & 0xFF;
    }

    /** The producer's own number for this request; there must be a producer. */
    public long producerSequence() {
        return buffer.getLong(producerOffset() + producerLength());
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

    private int flags() {
        return buffer.getByte(messageOffset + 7);
    }

    /** Where the payload begins; the headers follow it. */
    public int payloadOffset() {
        return messageOffset + MESSAGE_HEADER_LENGTH;
    }

    private int trailerOffset() {
        return payloadOffset() + payloadLength() + headersLength();
    }

    public long delayMs() {
        return (flags() & DELAY) == 0 ? 0 : buffer.getLong(trailerOffset());
    }

    /** 0 for ever, {@link #QUEUE_TTL} for what the queue says. */
    public long ttlMs() {
        return (flags() & TTL) == 0 ? QUEUE_TTL : buffer.getLong(nextOffset - Long.BYTES);
    }

    /**
     * Writes what stands before and behind a message's payload and headers, which the caller puts in between.
     *
     * @param offset where the message begins.
     * @return where the next message begins.
     */
    public static int writeMessage(
        final MutableDirectBuffer buffer,
        final int offset,
        final int payloadLength,
        final int headersLength,
        final int priority,
        final long delayMs,
        final long ttlMs) {
        final int flags = (delayMs == 0 ? 0 : DELAY) | (ttlMs == QUEUE_TTL ? 0 : TTL);
        buffer.putInt(offset, payloadLength);
        buffer.putInt(offset + 4, headersLength | priority << 16 | flags << 24);
        int at = offset + MESSAGE_HEADER_LENGTH + payloadLength + headersLength;
        if (delayMs != 0) {
            buffer.putLong(at, delayMs);
            at += Long.BYTES;
        }
        if (ttlMs != QUEUE_TTL) {
            buffer.putLong(at, ttlMs);
            at += Long.BYTES;
        }
        return at;
    }

    /**
     * Writes what stands between the command's header and the first message.
     *
     * @param offset         where the command begins.
     * @param name           of the queue or topic, from 0 of its buffer on, as the producer's.
     * @param producerLength 0 for no producer.
     * @return the bytes written, the command's header counted.
     */
    public static int writePrefix(
        final MutableDirectBuffer buffer,
        final int offset,
        final boolean isTopic,
        final DirectBuffer name,
        final int nameLength,
        final DirectBuffer producer,
        final int producerLength,
        final long sequence,
        final int count) {
        int at = offset + CommandHeader.LENGTH;
        buffer.putByte(at, (byte) (isTopic ? TOPIC : 0));
        buffer.putByte(at + 1, (byte) nameLength);
        buffer.putByte(at + 2, (byte) producerLength);
        at += FIXED_LENGTH;
        buffer.putBytes(at, name, 0, nameLength);
        at += nameLength;
        if (producerLength > 0) {
            buffer.putBytes(at, producer, 0, producerLength);
            at += producerLength;
            buffer.putLong(at, sequence);
            at += Long.BYTES;
        }
        buffer.putShort(at, (short) count);
        return at + Short.BYTES - offset;
    }

    /** What {@link #writePrefix} will write. */
    public static int prefixLength(final int nameLength, final int producerLength) {
        return CommandHeader.LENGTH + FIXED_LENGTH + nameLength + (producerLength == 0 ? 0 : producerLength + Long.BYTES) + Short.BYTES;
    }
}
