package io.gmq.journal.mysql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;

/** Records one after the other, as rows to be inserted. Owned by one thread at a time. */
final class RecordChunk implements MultiRowInsert.Rows {
    /** What the columns beside the record, and the row itself, take. */
    static final int ROW_BYTES = 40;

    private static final int INITIAL_LENGTH = 64 << 10;
    /** A larger one is not kept once it is empty. */
    private static final int KEPT_LENGTH_MAX = 8 << 20;

    private final CRC32C crc = new CRC32C();
    private byte[] bytes = new byte[INITIAL_LENGTH];
    /** Where each record ends. */
    private int[] ends = new int[1024];
    private int count;
    private int length;
    private long firstSequence;

    void add(final DirectBuffer buffer, final int offset, final int recordLength) {
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
        }
        if (length + recordLength > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + recordLength));
        }
        buffer.getBytes(offset, bytes, length, recordLength);
        length += recordLength;
        ends[count++] = length;
    }

    void clear() {
        count = 0;
        length = 0;
        if (bytes.length > KEPT_LENGTH_MAX) {
            bytes = new byte[INITIAL_LENGTH];
        }
    }

    /** The sequence of its first record. */
    void firstSequence(final long sequence) {
        firstSequence = sequence;
    }

    int count() {
        return count;
    }

    /** That all records together take. */
    long bytes() {
        return length + (long) count * ROW_BYTES;
    }

    @Override
    public int bytes(final int number) {
        return ends[number] - start(number) + ROW_BYTES;
    }

    private int start(final int number) {
        return number == 0 ? 0 : ends[number - 1];
    }

    @Override
    public void set(final PreparedStatement statement, final int first, final int number) throws SQLException {
        final byte[] record = Arrays.copyOfRange(bytes, start(number), ends[number]);
        crc.reset();
        crc.update(record, 0, record.length);
        statement.setLong(first, firstSequence + number);
        statement.setInt(first + 1, (int) crc.getValue());
        statement.setBytes(first + 2, record);
    }
}
