package io.gmq.broker.archive;

import io.gmq.engine.api.MessageState;
import io.gmq.journal.mysql.Migrations;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The archive's tables; {@code docs/archive.md} tells what is in them. */
final class ArchiveTables {
    /** All of them, in the order in which they are made. */
    static final List<String> NAMES = List.of("gmq_message", "gmq_fate", "gmq_archive_position", "gmq_archive_gap");
    /** Of a message that had not ended when the archive was cut off, and was gone when it looked again. */
    static final String UNKNOWN = "unknown";
    /** The states, as a list in SQL, of messages that are there. */
    static final String OPEN = "('" + MessageState.DELAYED.word() + "', '" + MessageState.READY.word() + "', '"
        + MessageState.LEASED.word() + "', '" + MessageState.PARKED.word() + "')";

    private static final String COMPONENT = "archive";

    /** Only ever appended to. */
    private static final List<String> STEPS = List.of(
        """
            CREATE TABLE IF NOT EXISTS gmq_message (
              message BIGINT NOT NULL PRIMARY KEY,
              queue VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
              published_ms BIGINT NOT NULL,
              published_by BIGINT NULL,
              priority TINYINT NOT NULL,
              origin BIGINT NULL,
              headers MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
              payload_bytes INT NOT NULL,
              payload LONGBLOB NULL,
              KEY gmq_message_queue (queue, published_ms),
              KEY gmq_message_published (published_ms)) ENGINE=InnoDB ROW_FORMAT=DYNAMIC""",
        """
            CREATE TABLE IF NOT EXISTS gmq_fate (
              message BIGINT NOT NULL PRIMARY KEY,
              state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
              attempt INT NULL,
              deliveries INT NOT NULL,
              first_delivered_ms BIGINT NULL,
              last_delivered_ms BIGINT NULL,
              delivered_to BIGINT NULL,
              changed_ms BIGINT NOT NULL,
              ended_ms BIGINT NULL,
              ended_by BIGINT NULL,
              reason VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
              became BIGINT NULL,
              KEY gmq_fate_state (state, changed_ms)) ENGINE=InnoDB""",
        """
            CREATE TABLE IF NOT EXISTS gmq_archive_position (
              id TINYINT NOT NULL PRIMARY KEY,
              sequence BIGINT NOT NULL,
              time_ms BIGINT NOT NULL,
              checksum INT NOT NULL,
              written_ms BIGINT NOT NULL) ENGINE=InnoDB""",
        "INSERT IGNORE INTO gmq_archive_position (id, sequence, time_ms, checksum, written_ms) VALUES (1, 0, 0, 0, 0)",
        """
            CREATE TABLE IF NOT EXISTS gmq_archive_gap (
              first_sequence BIGINT NOT NULL PRIMARY KEY,
              last_sequence BIGINT NOT NULL,
              until_ms BIGINT NOT NULL) ENGINE=InnoDB""",
        """
            CREATE OR REPLACE VIEW gmq_archive AS
              SELECT m.message, m.queue, f.state, f.reason, m.published_ms, m.published_by, m.priority, f.attempt, f.deliveries,
                f.first_delivered_ms, f.last_delivered_ms, f.delivered_to, f.changed_ms, f.ended_ms, f.ended_by, m.origin, f.became,
                m.headers, m.payload_bytes, m.payload
              FROM gmq_message m JOIN gmq_fate f ON f.message = m.message""");

    private ArchiveTables() {
    }

    /** Makes those that are not there. */
    static void create(final Connection connection) throws SQLException {
        Migrations.apply(connection, COMPONENT, STEPS);
    }

    /** Drops all of them that are there. */
    static void drop(final Connection connection) throws SQLException {
        create(connection); // refuses those of a newer GMQ
        final List<String> reversed = new ArrayList<>(NAMES);
        Collections.reverse(reversed);
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP VIEW IF EXISTS gmq_archive");
            statement.executeUpdate("DELETE FROM gmq_schema WHERE component = '" + COMPONENT + "'");
            for (final String name : reversed) {
                statement.execute("DROP TABLE IF EXISTS " + name);
            }
        }
    }
}
