package io.gmq.engine.api;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The body of {@link CommandType#PEEK}. A flyweight over the buffer it was wrapped around. What is shown is bounded as in a
 * {@link TakeCommand}.
 *
 * <pre>
 *   i32 max | i32 replyBytesMax | u8 expansion | u8 state | u8 nameLength | name
 * </pre>
 */
public final class PeekCommand {
    private static final int FIXED_LENGTH = 11;

    private DirectBuffer buffer;
    private int body;

    /** @param offset where the command (not its body) begins. */
    public PeekCommand wrap(final DirectBuffer buffer, final int offset) {
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

    /** What three bytes of payload become in the reply. */
    public int expansion() {
        return buffer.getByte(body + 8);
    }

    public MessageState state() {
        return MessageState.of(buffer.getByte(body + 9));
    }

    public int nameLength() {
        return buffer.getByte(body + 10) & 0xFF;
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
        final int max,
        final int replyBytesMax,
        final int expansion,
        final MessageState state,
        final DirectBuffer name,
        final int nameOffset,
        final int nameLength) {
        final int body = offset + CommandHeader.LENGTH;
        buffer.putInt(body, max);
        buffer.putInt(body + 4, replyBytesMax);
        buffer.putByte(body + 8, (byte) expansion);
        buffer.putByte(body + 9, state.code());
        buffer.putByte(body + 10, (byte) nameLength);
        buffer.putBytes(body + FIXED_LENGTH, name, nameOffset, nameLength);
        return CommandHeader.LENGTH + FIXED_LENGTH + nameLength;
    }
}
