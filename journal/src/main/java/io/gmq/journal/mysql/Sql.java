package io.gmq.journal.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Short forms for statements that are not worth keeping prepared. Every value is a parameter. */
final class Sql {
    private Sql() {
    }

    /** What is done with rows. */
    @FunctionalInterface
    interface Reading<T> {
        T read(ResultSet rows) throws SQLException;
    }

    /** Executes a statement and returns how many rows it met, whether their values changed or not. */
    static long update(final Connection connection, final String sql, final Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters)) {
            return statement.executeLargeUpdate();
        }
    }

    static <T> T query(final Connection connection, final String sql, final Reading<T> reading, final Object... parameters)
        throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters); ResultSet rows = statement.executeQuery()) {
            return reading.read(rows);
        }
    }

    /** The number in the first column of the first row, which must be there. */
    static long number(final Connection connection, final String sql, final Object... parameters) throws SQLException {
        return query(connection, sql, rows -> {
            rows.next();
            return rows.getLong(1);
        }, parameters);
    }

    private static PreparedStatement prepare(final Connection connection, final String sql, final Object... parameters) throws SQLException {
        final PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }
}
