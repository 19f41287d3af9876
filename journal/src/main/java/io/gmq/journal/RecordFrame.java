package io.gmq.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The form in which a batch of records is stored. All numbers are little-endian.
 *
 * <pre>
 *    0       2         3       4              8                16           20       24       32
 *   +-------+---------+-------+--------------+----------------+------------+--------+--------+----------
 *   | magic | version | flags | record count | first sequence | rest bytes | CRC32C | synced | body …
 *   |  u16  |   u8    |  u8   |     i32      |      i64       |    i32     |  i32   |  i64   |
 *   +-------+---------+-------+--------------+----------------+------------+--------+--------+----------
 *
 *   body:  as many times as there are records:  i32 length | bytes
 * </pre>
 *
 * The records of a batch have the sequences from the first on; the next batch begins with the one after the last. Flags are 0.
 * The rest is all that comes behind the checksum. The CRC32C covers everything but itself. Every version has kept the first 24
 * bytes as they are, so that a reader of another one can tell "older" or "newer" from "damaged".
 *
 * <p>{@code synced} is a sequence: all records up to it had been brought to disk when this batch was written. A batch that is lost
 * although a later one says that it was on disk is a damage; one that no later batch vouches for was never confirmed. A journal
 * that was closed ends with a batch without records, which vouches for the last one.
 *
 * <p>Static functions only: the bytes belong to whoever holds the buffer. Public for the storage kinds in the packages below.
 */
public final class RecordFrame {
    /** Bytes before the body. */
    public static final int HEADER_LENGTH = 32;
    /** Bytes before each record in the body. */
    public static final int RECORD_HEADER_LENGTH = 4;
    /** The format this code reads and writes. In format 1 some commands had other bytes, format 2 had no {@code synced}. */
    public static final int VERSION = 3;
    /** The letters GJ. */
    public static final int MAGIC = 0x4A47;

    private static final int VERSION_OFFSET = 2;
    private static final int FLAGS_OFFSET = 3;
    private static final int COUNT_OFFSET = 4;
    private static final int SEQUENCE_OFFSET = 8;
    private static final int REST_BYTES_OFFSET = 16;
    private static final int CRC_OFFSET = 20;
    private static final int REST_OFFSET = 24;
    private static final int SYNCED_OFFSET = 24;

    private RecordFrame() {
    }

    /**
     * Writes the header before a finished body.
     *
     * @param bytes the same memory as {@code buffer}, from its index 0; its position and limit are used.
     */
    public static void write(
        final MutableDirectBuffer buffer,
        final ByteBuffer bytes,
        final int offset,
        final int count,
        final long firstSequence,
        final long synced,
        final int bodyBytes,
        final CRC32C crc) {
        buffer.putShort(offset, (short) MAGIC, LITTLE_ENDIAN);
        buffer.putByte(offset + VERSION_OFFSET, (byte) VERSION);
        buffer.putByte(offset + FLAGS_OFFSET, (byte) 0);
        buffer.putInt(offset + COUNT_OFFSET, count, LITTLE_ENDIAN);
        buffer.putLong(offset + SEQUENCE_OFFSET, firstSequence, LITTLE_ENDIAN);
        buffer.putInt(offset + REST_BYTES_OFFSET, HEADER_LENGTH - REST_OFFSET + bodyBytes, LITTLE_ENDIAN);
        buffer.putLong(offset + SYNCED_OFFSET, synced, LITTLE_ENDIAN);
        buffer.putInt(offset + CRC_OFFSET, crc(bytes, offset, bodyBytes, crc), LITTLE_ENDIAN);
    }

    /** Whether a frame may begin here; needs 4 bytes. */
    public static boolean beginsAt(final DirectBuffer buffer, final int offset) {
        return (buffer.getShort(offset, LITTLE_ENDIAN) & 0xFFFF) == MAGIC;
    }

    public static int version(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + VERSION_OFFSET) & 0xFF;
    }

    public static int count(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + COUNT_OFFSET, LITTLE_ENDIAN);
    }

    public static long firstSequence(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + SEQUENCE_OFFSET, LITTLE_ENDIAN);
    }

    /** Bytes behind the header; of a frame that is no frame, or of another version, it may be negative. */
    public static int bodyBytes(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + REST_BYTES_OFFSET, LITTLE_ENDIAN) - (HEADER_LENGTH - REST_OFFSET);
    }

    public static long synced(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + SYNCED_OFFSET, LITTLE_ENDIAN);
    }

    public static int recordLength(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset, LITTLE_ENDIAN);
    }

    public static void recordLength(final MutableDirectBuffer buffer, final int offset, final int length) {
        buffer.putInt(offset, length, LITTLE_ENDIAN);
    }

    /** Whether the stored checksum is that of the bytes; needs the whole frame. */
    public static boolean isIntact(final DirectBuffer buffer, final ByteBuffer bytes, final int offset, final CRC32C crc) {
        return buffer.getInt(offset + CRC_OFFSET, LITTLE_ENDIAN) == crc(bytes, offset, bodyBytes(buffer, offset), crc);
    }

    /** Whether the body holds as many records as the header says, and nothing else; needs the whole frame. */
    public static boolean isComplete(final DirectBuffer buffer, final int offset) {
        final int end = offset + HEADER_LENGTH + bodyBytes(buffer, offset);
        int remaining = count(buffer, offset);
        int at = offset + HEADER_LENGTH;
        while (remaining > 0 && end - at >= RECORD_HEADER_LENGTH) {
            final int length = recordLength(buffer, at);
            if (length < 0 || length > end - at - RECORD_HEADER_LENGTH) {
                return false;
            }
            at += RECORD_HEADER_LENGTH + length;
            remaining--;
        }
        return remaining == 0 && at == end;
    }

    private static int crc(final ByteBuffer bytes, final int offset, final int bodyBytes, final CRC32C crc) {
        crc.reset();
        crc.update(bytes.limit(offset + CRC_OFFSET).position(offset));
        crc.update(bytes.limit(offset + HEADER_LENGTH + bodyBytes).position(offset + REST_OFFSET));
        bytes.clear();
        return (int) crc.getValue();
    }
}
