package io.gmq.engine.api;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The body of {@link CommandType#CONFIGURE}: the settings that are given, the others stay. A flyweight over the buffer it was
 * wrapped around.
 *
 * <pre>
 *   i32 given | i64 value (one for each {@link Setting}, in its order) … | u8 nameLength | u8 deadLetterLength | name | deadLetter
 * </pre>
 *
 * <p>{@code given} is a set of {@link Setting#bit}s and {@link #DEAD_LETTER}. An empty {@code deadLetter} is none.
 */
public final class ConfigureCommand {
    /** The bit for the dead letter queue in {@link #given}. */
    public static final int DEAD_LETTER = 1 << 31;
    /** The longest a whole command of this type can be. */
    public static final int LENGTH_MAX;

    private static final Setting[] SETTINGS = Setting.values();
    private static final int FIXED_LENGTH = 4 + SETTINGS.length * Long.BYTES + 2;

    static {
        LENGTH_MAX = CommandHeader.LENGTH + FIXED_LENGTH + 2 * Limits.NAME_LENGTH_MAX;
    }

    private DirectBuffer buffer;
    private int body;

    /** @param offset where the command (not its body) begins. */
    public ConfigureCommand wrap(final DirectBuffer buffer, final int offset) {
        this.buffer = buffer;
        body = offset + CommandHeader.LENGTH;
        return this;
    }

    public int given() {
        return buffer.getInt(body);
    }

    /** Meaningless where its bit is not in {@link #given}. */
    public long value(final Setting setting) {
        return buffer.getLong(body + 4 + setting.ordinal() * Long.BYTES);
    }

    public int nameLength() {
        return buffer.getByte(body + FIXED_LENGTH - 2) & 0xFF;
    }

    public int nameOffset() {
        return body + FIXED_LENGTH;
    }

    public int deadLetterLength() {
        return buffer.getByte(body + FIXED_LENGTH - 1) & 0xFF;
    }

    public int deadLetterOffset() {
        return nameOffset() + nameLength();
    }

    /**
     * Writes a body.
     *
     * @param offset   where the command begins.
     * @param given    which of {@code settings} count.
     * @param settings the values; those that are not given are ignored.
     * @param name     of the queue, from 0 of its buffer on.
     * @return the bytes of the whole command.
     */
    public static int write(
        final MutableDirectBuffer buffer,
        final int offset,
        final int given,
        final QueueSettings settings,
        final DirectBuffer name,
        final int nameLength) {
        final int body = offset + CommandHeader.LENGTH;
        buffer.putInt(body, given);
        int at = body + 4;
        for (final Setting setting : SETTINGS) {
            buffer.putLong(at, settings.get(setting));
            at += Long.BYTES;
        }
        buffer.putByte(at++, (byte) nameLength);
        buffer.putByte(at++, (byte) settings.deadLetterLength());
        buffer.putBytes(at, name, 0, nameLength);
        buffer.putBytes(at + nameLength, settings.deadLetter(), 0, settings.deadLetterLength());
        return CommandHeader.LENGTH + FIXED_LENGTH + nameLength + settings.deadLetterLength();
    }
}
