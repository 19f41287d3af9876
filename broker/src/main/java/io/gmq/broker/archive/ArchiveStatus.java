package io.gmq.broker.archive;

import io.gmq.journal.mysql.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How an archive stands, as its database says.
 *
 * @param position  how far it has come; none where there is no archive.
 * @param writtenMs when it was written last, by the database's clock; 0 for never.
 * @param isInUse   whether a broker follows, or it is being rebuilt.
 * @param tables    what it takes.
 * @param gaps      records that it will never have.
 */
public record ArchiveStatus(Optional<ArchivePosition> position, long writtenMs, boolean isInUse, List<TableSize> tables, List<Gap> gaps) {
    /**
     * A table.
     *
     * @param rows  about how many.
     * @param bytes with its indexes, about.
     */
    public record TableSize(String name, long rows, long bytes) {
    }

    /**
     * Records that are missing.
     *
     * @param untilMs time of the last of them.
     */
    public record Gap(long first, long last, long untilMs) {
    }

    /** Asks the database; changes nothing. */
    public static ArchiveStatus of(final Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            final List<TableSize> tables = tables(connection);
            if (tables.size() < ArchiveTables.NAMES.size()) {
                return new ArchiveStatus(Optional.empty(), 0, false, tables, List.of());
            }
            final boolean isInUse = ArchiveWriter.isInUse(connection);
            try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT sequence, time_ms, checksum, written_ms FROM gmq_archive_position WHERE id = 1")) {
                row.next();
                return new ArchiveStatus(Optional.of(new ArchivePosition(row.getLong(1), row.getLong(2), row.getInt(3))), row.getLong(4), isInUse,
                    tables, gaps(connection));
            }
        }
    }

    private static List<TableSize> tables(final Connection connection) throws SQLException {
        final List<TableSize> tables = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("""
            SELECT table_rows, data_length + index_length FROM information_schema.tables
            WHERE table_schema = DATABASE() AND table_name = ?""")) {
            for (final String name : ArchiveTables.NAMES) {
                query.setString(1, name);
                try (ResultSet row = query.executeQuery()) {
                    if (row.next()) {
                        tables.add(new TableSize(name, row.getLong(1), row.getLong(2)));
                    }
                }
            }
        }
        return tables;
    }

    private static List<Gap> gaps(final Connection connection) throws SQLException {
        final List<Gap> gaps = new ArrayList<>();
        try (Statement statement = connection.createStatement();
            ResultSet rows = statement.executeQuery("SELECT first_sequence, last_sequence, until_ms FROM gmq_archive_gap ORDER BY first_sequence")) {
            while (rows.next()) {
                gaps.add(new Gap(rows.getLong(1), rows.getLong(2), rows.getLong(3)));
            }
        }
        return gaps;
    }
}
