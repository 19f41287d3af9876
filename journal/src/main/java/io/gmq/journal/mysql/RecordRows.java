package io.gmq.journal.mysql;

import io.gmq.journal.JournalException;
import io.gmq.journal.RecoveryHandler;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads rows of the journal's table one by one, and believes none whose checksum is wrong. Owned by one thread; until it is closed
 * nothing else can be asked on its connection.
 */
final class RecordRows implements AutoCloseable {
    private final CRC32C crc = new CRC32C();
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final PreparedStatement query;
    private final ResultSet rows;
    private long done;

    /**
     * @param after the record before the first.
     * @param last  of the records.
     */
    RecordRows(final Connection connection, final long after, final long last) throws SQLException {
        done = after;
        query = connection.prepareStatement("SELECT sequence, checksum, record FROM gmq_journal WHERE sequence > ? AND sequence <= ? ORDER BY sequence",
            ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
        query.setFetchSize(Integer.MIN_VALUE); // Connector/J's way to say: one by one
        query.setLong(1, after);
        query.setLong(2, last);
        rows = query.executeQuery();
    }

    /**
     * Hands over the next record.
     *
     * @return whether there was one; not at the end, nor where the next one is missing.
     * @throws JournalException if it is damaged.
     */
    boolean next(final RecoveryHandler handler) throws SQLException {
        if (!rows.next() || rows.getLong(1) != done + 1) {
            return false;
        }
        final byte[] record = rows.getBytes(3);
        crc.reset();
        crc.update(record, 0, record.length);
        if ((int) crc.getValue() != rows.getInt(2)) {
            throw new JournalException("record " + (done + 1) + " in table gmq_journal is damaged, its checksum is wrong: "
                + "restore the database from a copy; nothing was changed");
        }
        buffer.wrap(record);
        handler.onRecord(done + 1, buffer, 0, record.length);
        done++;
        return true;
    }

    /** The sequence of the last record that was handed over; the one before the first where there was none. */
    long done() {
        return done;
    }

    @Override
    public void close() throws SQLException {
        rows.close();
        query.close();
    }
}
