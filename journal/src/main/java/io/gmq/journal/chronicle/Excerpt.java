package io.gmq.journal.chronicle;

import java.nio.ByteOrder;

/**
 * The form of what a Chronicle queue file is a row of:
 *
 * <pre>
 *    0                              4
 *   +---+---+----------------------+-----------+---------+
 *   | N | M | length of the bytes  | bytes …   | padding |      N  31: not complete    M  30: Chronicle's own (metadata)
 *   +---+---+----------------------+-----------+---------+
 *    31  30  29 …                0   to a multiple of 4          all little-endian
 * </pre>
 *
 * A header of 0 is where the next one will be: the bytes of an excerpt are written first and its header last.
 *
 * <p>Source of the format: the classes {@code Wires} and {@code AbstractWire} of Chronicle Wire.
 */
final class Excerpt {
    static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    static final int HEADER_LENGTH = 4;

    private static final int NOT_COMPLETE = 0x8000_0000;
    private static final int METADATA = 0x4000_0000;
    private static final int LENGTH_MASK = 0x3FFF_FFFF;

    private Excerpt() {
    }

    static boolean isComplete(final int header) {
        return (header & NOT_COMPLETE) == 0;
    }

    static boolean isMetadata(final int header) {
        return (header & METADATA) != 0;
    }

    static int length(final int header) {
        return header & LENGTH_MASK;
    }

    /** The position of the excerpt behind one of so many bytes. */
    static long next(final long position, final int length) {
        return position + HEADER_LENGTH + length + 3 & ~3L;
    }
}
