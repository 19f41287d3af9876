package io.gmq.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The batch that is being built: records are copied in one after the other, then the whole is framed (see {@link RecordFrame})
 * and written. Owned by one thread. Its memory is allocated once, off-heap, and used again for each batch. Public for the
 * storage kinds in the packages below.
 */
public final class RecordBatch {
    private static final int CAPACITY_MIN = 256 << 10;

    private final CRC32C crc = new CRC32C();
    private final ByteBuffer bytes;
    private final UnsafeBuffer buffer;
    private final int recordBytesMax;
    private int length = RecordFrame.HEADER_LENGTH;
    private int count;

    public RecordBatch(final int recordBytesMax) {
        this.recordBytesMax = recordBytesMax;
        bytes = ByteBuffer.allocateDirect(capacity(recordBytesMax));
        buffer = new UnsafeBuffer(bytes);
    }

    /** The bytes of the longest frame that a batch for such records can become. */
    public static int capacity(final int recordBytesMax) {
        return Math.max(CAPACITY_MIN, RecordFrame.HEADER_LENGTH + RecordFrame.RECORD_HEADER_LENGTH + recordBytesMax);
    }

    /** Whether a record of this length can still be added; to an empty batch it always can. */
    public boolean hasRoomFor(final int recordLength) {
        return recordLength <= buffer.capacity() - length - RecordFrame.RECORD_HEADER_LENGTH;
    }

    /** @throws IllegalArgumentException if the record is longer than was agreed: a fault of the caller. */
    public void add(final DirectBuffer source, final int offset, final int recordLength) {
        if (recordLength < 0 || recordLength > recordBytesMax) {
            throw new IllegalArgumentException("record of " + recordLength + " bytes, at most " + recordBytesMax + " were agreed");
        }
        RecordFrame.recordLength(buffer, length, recordLength);
        buffer.putBytes(length + RecordFrame.RECORD_HEADER_LENGTH, source, offset, recordLength);
        length += RecordFrame.RECORD_HEADER_LENGTH + recordLength;
        count++;
    }

    /**
     * Puts the header before the records: the frame is then the first {@link #length} of {@link #bytes}.
     *
     * @param synced the sequence up to which all records are on disk by now.
     */
    public void frame(final long firstSequence, final long synced) {
        RecordFrame.write(buffer, bytes, 0, count, firstSequence, synced, length - RecordFrame.HEADER_LENGTH, crc);
    }

    public void clear() {
        length = RecordFrame.HEADER_LENGTH;
        count = 0;
    }

    /** Records in it. */
    public int count() {
        return count;
    }

    /** Bytes of the frame, its header included. */
    public int length() {
        return length;
    }

    /** The memory itself; position and limit are as after {@code clear}. */
    public ByteBuffer bytes() {
        return bytes;
    }
}
