package io.gmq.journal.mysql;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/** A way to the tables. Whoever has one says which thread's it is. */
interface TableAccess {
    /** What is done with a connection. */
    @FunctionalInterface
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /** Reads something. */
    <T> T read(Work<T> work) throws IOException;

    /** Does something in a transaction of its own. */
    <T> T change(Work<T> work) throws IOException;
}
