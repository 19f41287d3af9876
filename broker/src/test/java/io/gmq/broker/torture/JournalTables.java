package io.gmq.broker.torture;

import io.gmq.journal.mysql.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.zip.CRC32C;

/** What the tables of a journal in a database must look like at any moment, whoever works on them. */
final class JournalTables {
    private JournalTables() {
    }

    /**
     * What was found.
     *
     * @param epoch how often the journal was taken over.
     */
    record Facts(long first, long last, long records, long mark, long epoch) {
    }

    /** @throws Violation if a record is missing, damaged, or beyond the mark. */
    static Facts audit(final Database database) {
        try (Connection connection = database.connect()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ); // all as of one moment
            connection.setAutoCommit(false);
            final Facts facts = read(connection);
            connection.rollback();
            return facts;
        } catch (final SQLException e) {
            throw new Violation("the tables cannot be read: " + e, e);
        }
    }

    private static Facts read(final Connection connection) throws SQLException {
        final CRC32C crc = new CRC32C();
        long first = 0;
        long last = 0;
        long records = 0;
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("SELECT sequence, checksum, record FROM gmq_journal ORDER BY sequence")) {
                while (rows.next()) {
                    final long sequence = rows.getLong(1);
                    if (records > 0 && sequence != last + 1) {
                        throw new Violation("record " + sequence + " follows record " + last);
                    }
                    crc.reset();
                    crc.update(rows.getBytes(3));
                    if ((int) crc.getValue() != rows.getInt(2)) {
                        throw new Violation("record " + sequence + " has another checksum than its row says");
                    }
                    first = records == 0 ? sequence : first;
                    last = sequence;
                    records++;
                }
            }
            try (ResultSet rows = statement.executeQuery("SELECT last_sequence, epoch FROM gmq_journal_mark")) {
                rows.next();
                final Facts facts = new Facts(first, last, records, rows.getLong(1), rows.getLong(2));
                if (records > 0 && last != facts.mark) {
                    throw new Violation("the last record and the mark differ: " + facts);
                }
                if (rows.next()) {
                    throw new Violation("there are two marks");
                }
                return facts;
            }
        }
    }
}
