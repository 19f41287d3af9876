package io.gmq.broker.archive;

import io.gmq.journal.mysql.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Collection;
import java.util.List;

/**
 * Writes to the archive, through a connection of its own. What has become of messages and how far the archive has come are one
 * transaction: so whoever does not know whether it was committed reads the position, and knows. Owned by one thread; only
 * {@link #abort} is any thread's.
 *
 * <p>While it is open it holds a lock in the database that belongs to the connection, so that nobody else writes. Where the server
 * still believes in the connection before, that one is ended. The position is only moved from where this writer knows it to be, so
 * even a writer that has lost its lock without noticing changes nothing.
 */
final class ArchiveWriter implements AutoCloseable {
    /** Of one statement, about; the driver makes it less where the server takes less. */
    private static final long STATEMENT_BYTES_MAX = 1 << 20;
    private static final int STATEMENT_ROWS_MAX = 1000;
    /** Rows of messages that one statement looks at after a gap. */
    private static final int GAP_ROWS_MAX = 5000;
    /** After which the server ends a connection, and its lock with it, on which nothing is said. */
    private static final int SILENCE_S_MAX = 120;
    /** In a packet, beside a payload. */
    private static final long PACKET_OVERHEAD = 64 << 10;

    private static final String LOCK = "CONCAT('gmq_archive ', MD5(DATABASE()))";

    private static final String INSERT_MESSAGES = """
        INSERT INTO gmq_message
          (message, queue, published_ms, published_by, priority, origin, headers, payload_bytes, payload)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON DUPLICATE KEY UPDATE message = VALUES(message)""";

    private static final String INSERT_FATES = """
        INSERT INTO gmq_fate
          (message, state, attempt, deliveries, first_delivered_ms, last_delivered_ms, delivered_to, changed_ms, ended_ms, ended_by, reason, became)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON DUPLICATE KEY UPDATE state = VALUES(state), attempt = COALESCE(VALUES(attempt), attempt),
        """;

    /** As it goes on. */
    private static final String MERGE_FATES = INSERT_FATES + """
        deliveries = deliveries + VALUES(deliveries),
        first_delivered_ms = COALESCE(first_delivered_ms, VALUES(first_delivered_ms)),
        last_delivered_ms = COALESCE(VALUES(last_delivered_ms), last_delivered_ms),
        delivered_to = COALESCE(VALUES(delivered_to), delivered_to), changed_ms = VALUES(changed_ms), ended_ms = VALUES(ended_ms),
        ended_by = VALUES(ended_by), reason = VALUES(reason), became = VALUES(became)""";

    /** As it is found. */
    private static final String FIND_FATES = INSERT_FATES + """
        deliveries = GREATEST(deliveries, VALUES(deliveries)), delivered_to = COALESCE(VALUES(delivered_to), delivered_to),
        changed_ms = VALUES(changed_ms), reason = VALUES(reason)""";

    private static final String MOVE = """
        UPDATE gmq_archive_position
        SET sequence = ?, time_ms = ?, checksum = ?, written_ms = ROUND(UNIX_TIMESTAMP(NOW(3)) * 1000)
        WHERE id = 1 AND sequence = ?""";

    private final Database database;
    private volatile Connection connection;
    /** The server's number of the connection that was opened last; 0 for none. */
    private long number;
    private long payloadBytesMax;

    ArchiveWriter(final Database database) {
        this.database = database;
    }

    boolean isOpen() {
        return connection != null;
    }

    /**
     * Connects, takes the lock, and makes the tables where there are none.
     *
     * @return how far the archive is.
     * @throws SQLException if that fails, or another holds the lock.
     */
    ArchivePosition open() throws SQLException {
        lock();
        ArchiveTables.create(connection);
        return position();
    }

    /** Connects, takes the lock, and makes the tables anew. */
    void recreate() throws SQLException {
        lock();
        ArchiveTables.drop(connection);
        ArchiveTables.create(connection);
    }

    private void lock() throws SQLException {
        close();
        final Connection opened = database.connect();
        connection = opened;
        if (number("SELECT GET_LOCK(" + LOCK + ", 0)") != 1) {
            takeOver();
        }
        execute("SET SESSION wait_timeout = " + SILENCE_S_MAX);
        number = number("SELECT CONNECTION_ID()");
        payloadBytesMax = (number("SELECT @@max_allowed_packet") - PACKET_OVERHEAD) / 2; // quoted, a byte can become two
    }

    /** The holder may be this writer's connection before, of which the server has not noticed that it is dead. */
    private void takeOver() throws SQLException {
        final long holder = number("SELECT COALESCE(IS_USED_LOCK(" + LOCK + "), 0)");
        if (holder != 0 && holder == number) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("KILL " + holder);
            }
        }
        if (number("SELECT GET_LOCK(" + LOCK + ", 1)") != 1) {
            throw new SQLException("the archive is in use by another broker, or being rebuilt (connection " + holder + " of the server)");
        }
    }

    /** Whether somebody writes to the archive of this connection. */
    static boolean isInUse(final Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
            ResultSet rows = statement.executeQuery("SELECT IS_USED_LOCK(" + LOCK + ") IS NOT NULL")) {
            rows.next();
            return rows.getBoolean(1);
        }
    }

    private ArchivePosition position() throws SQLException {
        try (Statement statement = connection.createStatement();
            ResultSet rows = statement.executeQuery("SELECT sequence, time_ms, checksum FROM gmq_archive_position WHERE id = 1")) {
            return rows.next() ? new ArchivePosition(rows.getLong(1), rows.getLong(2), rows.getInt(3)) : ArchivePosition.BEGINNING;
        }
    }

    private long number(final String query) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /**
     * Writes a batch and moves the position, both or nothing.
     *
     * @param from where the position is.
     * @throws SQLException if it is not known whether that was done; then the writer is closed.
     */
    void write(final FateBatch batch, final ArchivePosition from, final ArchivePosition to) throws SQLException {
        inTransaction(() -> {
            move(from, to);
            insertMessages(batch.messages());
            insertFates(MERGE_FATES, batch.fates());
        });
    }

    /** Notes messages as they are found when the archive begins, or begins again. May be repeated, and moves nothing. */
    void found(final FateBatch batch) throws SQLException {
        inTransaction(() -> {
            insertMessages(batch.messages());
            insertFates(FIND_FATES, batch.fates());
        });
    }

    /** Says of all messages that had not ended that it is not known what became of them. May be repeated, and moves nothing. */
    void forgetOpen(final long atMs) throws SQLException {
        final String update = "UPDATE gmq_fate SET state = ?, changed_ms = ?, reason = NULL WHERE state IN " + ArchiveTables.OPEN
            + " ORDER BY message LIMIT " + GAP_ROWS_MAX;
        try (PreparedStatement statement = connection.prepareStatement(update)) {
            statement.setString(1, ArchiveTables.UNKNOWN);
            statement.setLong(2, atMs);
            int forgotten = GAP_ROWS_MAX;
            while (forgotten == GAP_ROWS_MAX) {
                forgotten = statement.executeUpdate();
            }
        } catch (final SQLException e) {
            throw closed(e);
        }
    }

    /** Moves the position over records that the archive never saw, and notes which. */
    void skip(final ArchivePosition from, final ArchivePosition to) throws SQLException {
        inTransaction(() -> {
            move(from, to);
            try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO gmq_archive_gap (first_sequence, last_sequence, until_ms) VALUES (?, ?, ?)
                ON DUPLICATE KEY UPDATE last_sequence = VALUES(last_sequence), until_ms = VALUES(until_ms)""")) {
                insert.setLong(1, from.sequence() + 1);
                insert.setLong(2, to.sequence());
                insert.setLong(3, to.timeMs());
                insert.executeUpdate();
            }
        });
    }

    private void inTransaction(final Work work) throws SQLException {
        try {
            execute("START TRANSACTION");
            work.run();
            execute("COMMIT");
        } catch (final SQLException e) {
            throw closed(e);
        }
    }

    private void execute(final String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Says something, so that the connection stays. */
    void ping() throws SQLException {
        try {
            execute("DO 1");
        } catch (final SQLException e) {
            throw closed(e);
        }
    }

    private SQLException closed(final SQLException cause) {
        close();
        return cause;
    }

    private void move(final ArchivePosition from, final ArchivePosition to) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(MOVE)) {
            update.setLong(1, to.sequence());
            update.setLong(2, to.timeMs());
            update.setInt(3, to.checksum());
            update.setLong(4, from.sequence());
            if (update.executeUpdate() != 1) {
                throw new SQLException("the archive is not at sequence " + from.sequence() + " any more: somebody else has written to it");
            }
        }
    }

    private void insertMessages(final List<MessageRow> rows) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT_MESSAGES)) {
            long bytes = 0;
            int count = 0;
            for (final MessageRow row : rows) {
                set(insert, row);
                insert.addBatch();
                bytes += row.payload().length;
                if (++count == STATEMENT_ROWS_MAX || bytes >= STATEMENT_BYTES_MAX) {
                    insert.executeBatch();
                    bytes = 0;
                    count = 0;
                }
            }
            insert.executeBatch();
        }
    }

    private void set(final PreparedStatement insert, final MessageRow row) throws SQLException {
        insert.setLong(1, row.message());
        insert.setString(2, row.queue());
        insert.setLong(3, row.publishedMs());
        if (row.publishedBy() == MessageRow.NOT_KNOWN) {
            insert.setNull(4, Types.BIGINT);
        } else {
            insert.setLong(4, row.publishedBy());
        }
        insert.setInt(5, row.priority());
        setOrNull(insert, 6, row.origin());
        insert.setString(7, row.headers());
        insert.setInt(8, row.payload().length);
        insert.setBytes(9, row.payload().length > payloadBytesMax ? null : row.payload());
    }

    private void insertFates(final String sql, final Collection<FateRow> rows) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            int count = 0;
            for (final FateRow row : rows) {
                set(insert, row);
                insert.addBatch();
                if (++count == STATEMENT_ROWS_MAX) {
                    insert.executeBatch();
                    count = 0;
                }
            }
            insert.executeBatch();
        }
    }

    private static void set(final PreparedStatement insert, final FateRow row) throws SQLException {
        insert.setLong(1, row.message);
        insert.setString(2, row.state);
        if (row.attempt == FateRow.NOT_KNOWN) {
            insert.setNull(3, Types.INTEGER);
        } else {
            insert.setInt(3, row.attempt);
        }
        insert.setInt(4, row.deliveries);
        setOrNull(insert, 5, row.firstDeliveredMs);
        setOrNull(insert, 6, row.lastDeliveredMs);
        setOrNull(insert, 7, row.deliveredTo);
        insert.setLong(8, row.changedMs);
        setOrNull(insert, 9, row.endedMs);
        if (row.endedMs == 0) {
            insert.setNull(10, Types.BIGINT);
        } else {
            insert.setLong(10, row.endedBy);
        }
        insert.setString(11, row.reason);
        setOrNull(insert, 12, row.became);
    }

    /** 0 stands for none. */
    private static void setOrNull(final PreparedStatement insert, final int at, final long value) throws SQLException {
        if (value == 0) {
            insert.setNull(at, Types.BIGINT);
        } else {
            insert.setLong(at, value);
        }
    }

    /** Lets whatever the writer waits for fail soon. Any thread's. */
    void abort() {
        final Connection its = connection;
        if (its != null) {
            try {
                its.abort(Runnable::run);
            } catch (final SQLException e) {
                close(its);
            }
        }
    }

    @Override
    public void close() {
        final Connection its = connection;
        connection = null;
        if (its != null) {
            close(its);
        }
    }

    private static void close(final Connection its) {
        try {
            its.close();
        } catch (final SQLException ignored) {
            // it was of no more use, and what was open in it the server rolls back
        }
    }

    /** What happens within a transaction. */
    @FunctionalInterface
    private interface Work {
        void run() throws SQLException;
    }
}
