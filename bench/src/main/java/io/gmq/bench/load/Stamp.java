package io.gmq.bench.load;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What every message begins with: which it is, and when it was due. Letters {@code a} to {@code p}, four bits each, so that it is at
 * once text, base64, and fit for any protocol, and eight letters are written and read as one word.
 *
 * <pre>
 *   0        8        12       16       24
 *   +--------+--------+--------+--------+
 *   |sequence|producer|due, ns           |   due: since the beginning of the run, 48 bits
 *   +--------+--------+--------+--------+
 * </pre>
 */
public final class Stamp {
    /** Its length. */
    public static final int CHARS = 24;
    /** The length of what a message too short for all of it has. */
    public static final int SEQUENCE_CHARS = 8;

    private static final long LETTERS = 0x6161616161616161L;
    private static final long LOW_NIBBLES = 0x0F0F0F0F0F0F0F0FL;
    private static final int DUE_HIGH_BITS = 16;

    private Stamp() {
    }

    /** How much of a stamp so many characters have room for. */
    public static int charsIn(final int chars) {
        return chars >= CHARS ? CHARS : chars >= SEQUENCE_CHARS ? SEQUENCE_CHARS : 0;
    }

    /** Eight letters for 32 bits, the lowest four first. */
    static long letters(final int value) {
        long x = value & 0xFFFFFFFFL;
        x = (x | x << 16) & 0x0000FFFF0000FFFFL;
        x = (x | x << 8) & 0x00FF00FF00FF00FFL;
        x = (x | x << 4) & LOW_NIBBLES;
        return x + LETTERS;
    }

    /** The 32 bits of eight letters. */
    static int value(final long letters) {
        long x = letters - LETTERS;
        if ((x & ~LOW_NIBBLES) != 0) {
            throw new LoadException("a message has come that this run has not sent");
        }
        x = (x | x >>> 4) & 0x00FF00FF00FF00FFL;
        x = (x | x >>> 8) & 0x0000FFFF0000FFFFL;
        return (int) (x | x >>> 16);
    }

    static void putSequence(final MutableDirectBuffer buffer, final int at, final int sequence) {
        buffer.putLong(at, letters(sequence), ByteOrder.LITTLE_ENDIAN);
    }

    /** The word in the middle: the producer, and the upper bits of when it was due. */
    static long middle(final int producer, final long dueNs) {
        return letters(producer | (int) (dueNs >>> Integer.SIZE) << DUE_HIGH_BITS);
    }

    static void putMiddle(final MutableDirectBuffer buffer, final int at, final long middle) {
        buffer.putLong(at + 8, middle, ByteOrder.LITTLE_ENDIAN);
    }

    static void putDue(final MutableDirectBuffer buffer, final int at, final long due) {
        buffer.putLong(at + 16, due, ByteOrder.LITTLE_ENDIAN);
    }

    static int sequence(final DirectBuffer buffer, final int at) {
        return value(buffer.getLong(at, ByteOrder.LITTLE_ENDIAN));
    }

    static long middle(final DirectBuffer buffer, final int at) {
        return buffer.getLong(at + 8, ByteOrder.LITTLE_ENDIAN);
    }

    static long due(final DirectBuffer buffer, final int at) {
        return buffer.getLong(at + 16, ByteOrder.LITTLE_ENDIAN);
    }

    static int producer(final long middle) {
        return value(middle) & 0xFFFF;
    }

    static long dueNs(final long middle, final long due) {
        return (value(middle) >>> DUE_HIGH_BITS & 0xFFFFL) << Integer.SIZE | value(due) & 0xFFFFFFFFL;
    }
}
