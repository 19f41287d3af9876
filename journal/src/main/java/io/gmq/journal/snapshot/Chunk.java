package io.gmq.journal.snapshot;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Entries on their way to the file. Owned by one thread at a time: filled by the logic stage's, then handed over to the keeper's,
 * which writes it. Its memory is off-heap and is used again, see {@link ChunkPool}.
 */
final class Chunk {
    private final ByteBuffer bytes;
    private final UnsafeBuffer buffer;
    private int limit;
    private int length;
    private int count;

    Chunk(final int capacity) {
        bytes = ByteBuffer.allocateDirect(capacity);
        buffer = new UnsafeBuffer(bytes);
    }

    /** The bytes that a chunk needs which holds nothing but one entry. */
    static int lengthFor(final int entryLength) {
        return SnapshotFormat.CHUNK_HEADER_LENGTH + SnapshotFormat.ENTRY_HEADER_LENGTH + entryLength;
    }

    /** Makes it empty, to hold no more than this with its header. */
    void begin(final int lengthMax) {
        limit = lengthMax;
        length = SnapshotFormat.CHUNK_HEADER_LENGTH;
        count = 0;
    }

    boolean hasRoomFor(final int entryLength) {
        return entryLength <= limit - length - SnapshotFormat.ENTRY_HEADER_LENGTH;
    }

    void add(final DirectBuffer head, final int headLength, final DirectBuffer tail, final int tailOffset, final int tailLength) {
        SnapshotFormat.entryLength(buffer, length, headLength + tailLength);
        final int at = length + SnapshotFormat.ENTRY_HEADER_LENGTH;
        buffer.putBytes(at, head, 0, headLength);
        buffer.putBytes(at + headLength, tail, tailOffset, tailLength);
        length = at + headLength + tailLength;
        count++;
    }

    /** Writes its header; the chunk is then {@link #sealed}. Returns its checksum. */
    int seal(final int number, final int before, final CRC32C crc) {
        return SnapshotFormat.writeChunk(buffer, bytes, number, before, count, length - SnapshotFormat.CHUNK_HEADER_LENGTH, crc);
    }

    /** What is to be written, from position to limit. */
    ByteBuffer sealed() {
        return bytes.clear().limit(length);
    }

    /** Bytes that it takes in memory. */
    int capacity() {
        return buffer.capacity();
    }

    /** Bytes that it takes in the file. */
    int length() {
        return length;
    }

    /** Entries in it. */
    int count() {
        return count;
    }

    /** Gives its memory back at once; it must not be used any more. */
    void free() {
        buffer.wrap(0, 0);
        BufferUtil.free(bytes);
    }
}
