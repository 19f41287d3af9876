package io.gmq.journal.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Which of the server's sessions does what for the journal. Each holds a lock of that name, which ends with it: so whoever comes
 * next finds the one before, and can end it. One in which nobody is awake any more, in the middle of a transaction, would hold its
 * rows for hours.
 */
final class Sessions {
    /** That of the thread that stores. */
    static final String WRITER = "writer";
    /** That of the keeper. */
    static final String KEEPER = "keeper";

    private static final String NAME = "CONCAT('gmq ', ?, ' ', MD5(DATABASE()))";
    private static final int NO_SUCH_THREAD = 1094;
    /** How long a session that was ended may take to let its lock go. */
    private static final int WAIT_SECONDS = 2;

    private Sessions() {
    }

    /** Makes the connection's session the one that does this, and ends the one before. */
    static void claim(final Connection connection, final String role) throws SQLException {
        end(connection, role);
        if (Sql.number(connection, "SELECT GET_LOCK(" + NAME + ", " + WAIT_SECONDS + ")", role) != 1) {
            throw new SQLException("the session before does not end");
        }
    }

    /** Ends the session that does this, if there is one, and its transaction. */
    static void end(final Connection connection, final String role) throws SQLException {
        final long holder = Sql.number(connection, "SELECT COALESCE(IS_USED_LOCK(" + NAME + "), 0)", role);
        if (holder == 0) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("KILL " + holder);
        } catch (final SQLException e) {
            if (e.getErrorCode() != NO_SUCH_THREAD) {
                throw e;
            }
        }
    }
}
