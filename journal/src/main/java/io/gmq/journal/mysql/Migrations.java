package io.gmq.journal.mysql;

import io.gmq.journal.JournalException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Brings a component's tables to what this GMQ knows, by numbered steps. Table {@code gmq_schema} has a row for each step that was
 * done. MySQL commits each change of a table at once, so a step is one statement that may be done again after a crash between the
 * step and its row.
 *
 * <p>Safe against other brokers that do the same at the same time: one goes first, the others find it done.
 */
public final class Migrations {
    private static final int LOCK_WAIT_SECONDS = 30;
    /** Longer than the wait for the lock. */
    private static final int NETWORK_TIMEOUT_MS = 2 * LOCK_WAIT_SECONDS * 1000;

    private static final String LOCK = "CONCAT('gmq_schema ', MD5(DATABASE()))";
    private static final String TABLE = """
        CREATE TABLE IF NOT EXISTS gmq_schema (
          component VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
          version INT NOT NULL,
          applied_ms BIGINT NOT NULL,
          PRIMARY KEY (component, version)) ENGINE=InnoDB""";

    private Migrations() {
    }

    /**
     * Does the steps that were not done yet.
     *
     * @param connection in auto-commit.
     * @param component  whose tables: {@code journal}, {@code archive}.
     * @param steps      the first is version 1; only ever appended to. Each is one statement that changes nothing when it is repeated.
     * @throws SQLException     if the database fails; the connection is then of no more use.
     * @throws JournalException if the tables are of a newer GMQ, or another broker does not finish with them.
     */
    public static void apply(final Connection connection, final String component, final List<String> steps) throws SQLException {
        final int timeoutMs = connection.getNetworkTimeout();
        connection.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MS);
        lock(connection);
        try {
            applyLocked(connection, component, steps);
        } catch (final SQLException | JournalException e) {
            unlockAfter(e, connection);
            throw e;
        }
        unlock(connection);
        connection.setNetworkTimeout(Runnable::run, timeoutMs);
    }

    private static void applyLocked(final Connection connection, final String component, final List<String> steps) throws SQLException {
        execute(connection, TABLE);
        final int version = version(connection, component);
        if (version > steps.size()) {
            throw new JournalException("the tables of '" + component + "' in database " + connection.getCatalog() + " are of version "
                + version + ", this GMQ knows them up to version " + steps.size()
                + "; use the newer GMQ that made them, or another database");
        }
        for (int done = version; done < steps.size(); done++) {
            execute(connection, steps.get(done));
            record(connection, component, done + 1);
        }
    }

    private static int version(final Connection connection, final String component) throws SQLException {
        try (PreparedStatement query =
            connection.prepareStatement("SELECT COALESCE(MAX(version), 0) FROM gmq_schema WHERE component = ?")) {
            query.setString(1, component);
            return number(query.executeQuery());
        }
    }

    private static void record(final Connection connection, final String component, final int version) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
            "INSERT INTO gmq_schema (component, version, applied_ms) VALUES (?, ?, ROUND(UNIX_TIMESTAMP(NOW(3)) * 1000))")) {
            insert.setString(1, component);
            insert.setInt(2, version);
            insert.executeUpdate();
        }
    }

    private static void lock(final Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (number(statement.executeQuery("SELECT GET_LOCK(" + LOCK + ", " + LOCK_WAIT_SECONDS + ")")) != 1) {
                throw new JournalException("another broker has been changing the tables of database " + connection.getCatalog() + " for "
                    + LOCK_WAIT_SECONDS + " s; see what it does, and start again");
            }
        }
    }

    private static void unlock(final Connection connection) throws SQLException {
        execute(connection, "DO RELEASE_LOCK(" + LOCK + ")");
    }

    /** The connection may be the reason for the failure, so it may fail here again. */
    private static void unlockAfter(final Exception failure, final Connection connection) {
        try {
            unlock(connection);
        } catch (final SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private static void execute(final Connection connection, final String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int number(final ResultSet rows) throws SQLException {
        rows.next();
        return rows.getInt(1);
    }
}
