package io.gmq.engine.api;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The body of {@link CommandType#BIND} and {@link CommandType#UNBIND}. A flyweight over the buffer it was wrapped around.
 *
 * <pre>
 *   u8 topicLength | u8 nameLength | topic | name
 * </pre>
 *
 * <p>The words of {@code topic} are parted by dots and none is empty; {@code *} is any one word and a last {@code >} any one or
 * more.
 */
public final class BindingCommand {
    private static final int FIXED_LENGTH = 2;

    private DirectBuffer buffer;
    private int body;

    /** @param offset where the command (not its body) begins. */
    public BindingCommand wrap(final DirectBuffer buffer, final int offset) {
        this.buffer = buffer;
        body = offset + CommandHeader.LENGTH;
        return this;
    }

    public int topicLength() {
        return buffer.getByte(body) & 0xFF;
    }

    public int topicOffset() {
        return body + FIXED_LENGTH;
    }

    /** Of the queue. */
    public int nameLength() {
        return buffer.getByte(body + 1) & 0xFF;
    }

    public int nameOffset() {
        return topicOffset() + topicLength();
    }

    /**
     * Writes a body.
     *
     * @param offset where the command begins.
     * @param topic  begins at 0 of its buffer, and so does {@code name}.
     * @return the bytes of the whole command.
     */
    public static int write(
        final MutableDirectBuffer buffer,
        final int offset,
        final DirectBuffer topic,
        final int topicLength,
        final DirectBuffer name,
        final int nameLength) {
        final int body = offset + CommandHeader.LENGTH;
        buffer.putByte(body, (byte) topicLength);
        buffer.putByte(body + 1, (byte) nameLength);
        buffer.putBytes(body + FIXED_LENGTH, topic, 0, topicLength);
        buffer.putBytes(body + FIXED_LENGTH + topicLength, name, 0, nameLength);
        return CommandHeader.LENGTH + FIXED_LENGTH + topicLength + nameLength;
    }
}
