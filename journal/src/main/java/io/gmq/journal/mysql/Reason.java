package io.gmq.journal.mysql;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;

/** What a database's failure means, and what it says to people. */
public final class Reason {
    private static final String CONNECTION = "08";
    private static final String ROLLED_BACK = "40";
    private static final int LOCK_WAIT = 1205;
    /** The connection was ended from outside, or the server is going down. */
    private static final int KILLED = 1317;

    private Reason() {
    }

    /** Whether it may go by itself: the connection has failed, or somebody else holds what was wanted. */
    static boolean isPassing(final SQLException failure) {
        final String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        return failure instanceof SQLRecoverableException || failure instanceof SQLTransientException
            || failure instanceof SQLNonTransientConnectionException || state.startsWith(CONNECTION) || state.startsWith(ROLLED_BACK)
            || failure.getErrorCode() == LOCK_WAIT || failure.getErrorCode() == KILLED;
    }

    /** On one line: what the driver says, without its advice, and what was behind it, where that is something else. */
    public static String of(final Exception failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        final String what = firstLine(failure);
        final String why = firstLine(root);
        return what.contains(why) ? what : what + " (" + why + ")";
    }

    private static String firstLine(final Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage().strip().lines().findFirst().orElse("");
    }
}
