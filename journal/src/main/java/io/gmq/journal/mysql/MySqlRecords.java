package io.gmq.journal.mysql;

import io.gmq.engine.api.CommandHeader;
import io.gmq.journal.JournalException;
import io.gmq.journal.JournalTail;
import java.sql.Connection;
import java.sql.SQLException;
import org.agrona.concurrent.UnsafeBuffer;

/** Looks into a journal in MySQL from outside: no lease is taken, and nothing is changed. Any thread's. */
public final class MySqlRecords {
    private final Database database;

    public MySqlRecords(final Database database) {
        this.database = database;
    }

    /** The sequence of the oldest record; of the next one to come where there is none. */
    public long firstSequence() {
        return number("SELECT COALESCE((SELECT MIN(sequence) FROM gmq_journal), (SELECT last_sequence + 1 FROM gmq_journal_mark))");
    }

    /** The sequence of the last record; 0 before the first. */
    public long lastSequence() {
        return number("SELECT last_sequence FROM gmq_journal_mark");
    }

    /** When a record was made, milliseconds since 1970; 0 where it is not there. */
    public long timeMs(final long sequence) {
        try (Connection connection = database.connect()) {
            return Sql.query(connection, "SELECT record FROM gmq_journal WHERE sequence = ?",
                rows -> rows.next() ? CommandHeader.timestampMs(new UnsafeBuffer(rows.getBytes(1)), 0) : 0L, sequence);
        } catch (final SQLException e) {
            throw failed(e);
        }
    }

    /** Hands over what is there, up to the last record that there is now. */
    public JournalTail tail() {
        final long last = lastSequence();
        return new MySqlTail(database, () -> last);
    }

    private long number(final String query) {
        try (Connection connection = database.connect()) {
            return Sql.number(connection, query);
        } catch (final SQLException e) {
            throw failed(e);
        }
    }

    private JournalException failed(final SQLException e) {
        return new JournalException("cannot read the journal in the database " + database + ": " + Reason.of(e), e);
    }

    /** The database's address, without the password. */
    @Override
    public String toString() {
        return database.toString();
    }
}
