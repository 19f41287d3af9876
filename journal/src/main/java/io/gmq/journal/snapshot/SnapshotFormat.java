package io.gmq.journal.snapshot;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A snapshot file, format version 1. All numbers are little-endian, nothing is padded, and nothing follows the end mark.
 *
 * <pre>
 *   file      header | chunk … | end mark
 *
 *   header     0  8 bytes  "GMQSNAPS"
 *              8  i32      format version
 *             12  i64      time when it was begun, milliseconds since 1970
 *             20  i32      CRC32C of the 20 bytes before
 *
 *   chunk      0  i32      "CHNK"
 *              4  i32      its number, from 0
 *              8  i32      the CRC32C of the chunk before, of the header for the first
 *             12  i32      entries
 *             16  i32      bytes of the body, B
 *             20  i32      CRC32C of the 20 bytes before and of the body
 *             24  B bytes  body, as often as there are entries:  i32 length | bytes
 *
 *   end mark   0  i32      "ENDS"
 *              4  i32      chunks
 *              8  i64      entries
 *             16  i64      sequence of the last record that is covered
 *             24  i64      digest of the state
 *             32  i64      time of the last record that is covered, milliseconds since 1970
 *             40  i32      the CRC32C of the last chunk, of the header where there is none
 *             44  i32      CRC32C of the 44 bytes before
 * </pre>
 *
 * Each part names the checksum of the one before, so a block that a disk has lost, and that still holds a good chunk of an
 * earlier snapshot, is noticed too. The header has this form in all versions: a file of another version can say so, and a flipped
 * bit in the version is not taken for one.
 */
final class SnapshotFormat {
    static final int VERSION = 1;
    static final int HEADER_LENGTH = 24;
    static final int CHUNK_HEADER_LENGTH = 24;
    static final int END_LENGTH = 48;
    static final int ENTRY_HEADER_LENGTH = 4;
    /** Entries share a chunk up to this length, its header included; a longer entry has a chunk of its own. */
    static final int CHUNK_LENGTH = 512 << 10;
    /** The longest message with its headers, and room for what else an engine may tell. */
    static final int ENTRY_LENGTH_MAX = 32 << 20;
    static final int BODY_LENGTH_MAX = ENTRY_HEADER_LENGTH + ENTRY_LENGTH_MAX;

    private static final long MAGIC = 0x5350_414E_5351_4D47L;
    private static final int CHUNK = 0x4B4E_4843;
    private static final int END = 0x5344_4E45;

    private static final int VERSION_OFFSET = 8;
    private static final int CREATED_OFFSET = 12;
    private static final int HEADER_CRC_OFFSET = 20;

    private static final int NUMBER_OFFSET = 4;
    private static final int BEFORE_OFFSET = 8;
    private static final int COUNT_OFFSET = 12;
    private static final int BODY_LENGTH_OFFSET = 16;
    private static final int CHUNK_CRC_OFFSET = 20;

    private static final int CHUNKS_OFFSET = 4;
    private static final int ENTRIES_OFFSET = 8;
    private static final int SEQUENCE_OFFSET = 16;
    private static final int DIGEST_OFFSET = 24;
    private static final int COVERED_OFFSET = 32;
    private static final int LAST_OFFSET = 40;
    private static final int END_CRC_OFFSET = 44;

    private SnapshotFormat() {
    }

    /**
     * Writes the header.
     *
     * @param bytes the same memory as {@code buffer}; its position and limit are used.
     * @return its checksum.
     */
    static int writeHeader(final MutableDirectBuffer buffer, final ByteBuffer bytes, final long createdMs, final CRC32C crc) {
        buffer.putLong(0, MAGIC, LITTLE_ENDIAN);
        buffer.putInt(VERSION_OFFSET, VERSION, LITTLE_ENDIAN);
        buffer.putLong(CREATED_OFFSET, createdMs, LITTLE_ENDIAN);
        return seal(buffer, bytes, HEADER_CRC_OFFSET, 0, crc);
    }

    /** Writes the header before a finished body, and returns its checksum. */
    static int writeChunk(
        final MutableDirectBuffer buffer,
        final ByteBuffer bytes,
        final int number,
        final int before,
        final int count,
        final int bodyLength,
        final CRC32C crc) {
        buffer.putInt(0, CHUNK, LITTLE_ENDIAN);
        buffer.putInt(NUMBER_OFFSET, number, LITTLE_ENDIAN);
        buffer.putInt(BEFORE_OFFSET, before, LITTLE_ENDIAN);
        buffer.putInt(COUNT_OFFSET, count, LITTLE_ENDIAN);
        buffer.putInt(BODY_LENGTH_OFFSET, bodyLength, LITTLE_ENDIAN);
        return seal(buffer, bytes, CHUNK_CRC_OFFSET, bodyLength, crc);
    }

    static void writeEnd(
        final MutableDirectBuffer buffer, final ByteBuffer bytes, final SnapshotInfo info, final int last, final CRC32C crc) {
        buffer.putInt(0, END, LITTLE_ENDIAN);
        buffer.putInt(CHUNKS_OFFSET, info.chunks(), LITTLE_ENDIAN);
        buffer.putLong(ENTRIES_OFFSET, info.entries(), LITTLE_ENDIAN);
        buffer.putLong(SEQUENCE_OFFSET, info.sequence(), LITTLE_ENDIAN);
        buffer.putLong(DIGEST_OFFSET, info.digest(), LITTLE_ENDIAN);
        buffer.putLong(COVERED_OFFSET, info.coveredMs(), LITTLE_ENDIAN);
        buffer.putInt(LAST_OFFSET, last, LITTLE_ENDIAN);
        seal(buffer, bytes, END_CRC_OFFSET, 0, crc);
    }

    static boolean isHeader(final DirectBuffer buffer) {
        return buffer.getLong(0, LITTLE_ENDIAN) == MAGIC;
    }

    static boolean isHeaderIntact(final DirectBuffer buffer, final ByteBuffer bytes, final CRC32C crc) {
        return isIntact(buffer, bytes, HEADER_CRC_OFFSET, 0, crc);
    }

    static int version(final DirectBuffer buffer) {
        return buffer.getInt(VERSION_OFFSET, LITTLE_ENDIAN);
    }

    static long createdMs(final DirectBuffer buffer) {
        return buffer.getLong(CREATED_OFFSET, LITTLE_ENDIAN);
    }

    static int headerCrc(final DirectBuffer buffer) {
        return buffer.getInt(HEADER_CRC_OFFSET, LITTLE_ENDIAN);
    }

    static boolean isChunk(final DirectBuffer buffer) {
        return buffer.getInt(0, LITTLE_ENDIAN) == CHUNK;
    }

    /** Whether the stored checksum is that of the bytes; needs the whole chunk. */
    static boolean isChunkIntact(final DirectBuffer buffer, final ByteBuffer bytes, final CRC32C crc) {
        return isIntact(buffer, bytes, CHUNK_CRC_OFFSET, bodyLength(buffer), crc);
    }

    static int number(final DirectBuffer buffer) {
        return buffer.getInt(NUMBER_OFFSET, LITTLE_ENDIAN);
    }

    static int before(final DirectBuffer buffer) {
        return buffer.getInt(BEFORE_OFFSET, LITTLE_ENDIAN);
    }

    static int count(final DirectBuffer buffer) {
        return buffer.getInt(COUNT_OFFSET, LITTLE_ENDIAN);
    }

    static int bodyLength(final DirectBuffer buffer) {
        return buffer.getInt(BODY_LENGTH_OFFSET, LITTLE_ENDIAN);
    }

    static int chunkCrc(final DirectBuffer buffer) {
        return buffer.getInt(CHUNK_CRC_OFFSET, LITTLE_ENDIAN);
    }

    static int entryLength(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset, LITTLE_ENDIAN);
    }

    static void entryLength(final MutableDirectBuffer buffer, final int offset, final int length) {
        buffer.putInt(offset, length, LITTLE_ENDIAN);
    }

    static boolean isEnd(final DirectBuffer buffer) {
        return buffer.getInt(0, LITTLE_ENDIAN) == END;
    }

    static boolean isEndIntact(final DirectBuffer buffer, final ByteBuffer bytes, final CRC32C crc) {
        return isIntact(buffer, bytes, END_CRC_OFFSET, 0, crc);
    }

    static int chunks(final DirectBuffer buffer) {
        return buffer.getInt(CHUNKS_OFFSET, LITTLE_ENDIAN);
    }

    static long entries(final DirectBuffer buffer) {
        return buffer.getLong(ENTRIES_OFFSET, LITTLE_ENDIAN);
    }

    static long sequence(final DirectBuffer buffer) {
        return buffer.getLong(SEQUENCE_OFFSET, LITTLE_ENDIAN);
    }

    static long digest(final DirectBuffer buffer) {
        return buffer.getLong(DIGEST_OFFSET, LITTLE_ENDIAN);
    }

    static long coveredMs(final DirectBuffer buffer) {
        return buffer.getLong(COVERED_OFFSET, LITTLE_ENDIAN);
    }

    /** The checksum of the part before the end mark, as the mark names it. */
    static int last(final DirectBuffer buffer) {
        return buffer.getInt(LAST_OFFSET, LITTLE_ENDIAN);
    }

    private static int seal(
        final MutableDirectBuffer buffer, final ByteBuffer bytes, final int crcOffset, final int bodyLength, final CRC32C crc) {
        final int value = crc(bytes, crcOffset, bodyLength, crc);
        buffer.putInt(crcOffset, value, LITTLE_ENDIAN);
        return value;
    }

    private static boolean isIntact(
        final DirectBuffer buffer, final ByteBuffer bytes, final int crcOffset, final int bodyLength, final CRC32C crc) {
        return buffer.getInt(crcOffset, LITTLE_ENDIAN) == crc(bytes, crcOffset, bodyLength, crc);
    }

    /** Of all that is before the checksum, and of the body after it. */
    private static int crc(final ByteBuffer bytes, final int crcOffset, final int bodyLength, final CRC32C crc) {
        final int body = crcOffset + Integer.BYTES;
        crc.reset();
        crc.update(bytes.limit(crcOffset).position(0));
        crc.update(bytes.limit(body + bodyLength).position(body));
        bytes.clear();
        return (int) crc.getValue();
    }
}
