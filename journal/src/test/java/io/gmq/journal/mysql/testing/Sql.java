package io.gmq.journal.mysql.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Single statements, for tests. */
public final class Sql {
    private Sql() {
    }

    public static void execute(final Connection connection, final String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first row's values as text, separated by {@code |}. */
    public static String row(final Connection connection, final String query) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            final StringBuilder values = new StringBuilder(String.valueOf(rows.getString(1)));
            for (int column = 2; column <= rows.getMetaData().getColumnCount(); column++) {
                values.append('|').append(rows.getString(column));
            }
            return values.toString();
        }
    }

    public static long number(final Connection connection, final String query) throws SQLException {
        return Long.parseLong(row(connection, query));
    }
}
