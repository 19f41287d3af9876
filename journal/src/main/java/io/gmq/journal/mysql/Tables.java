package io.gmq.journal.mysql;

import java.util.List;

/**
 * The tables of a journal in MySQL.
 *
 * <pre>
 *   gmq_journal          sequence, checksum, record       a row for each record, sequences without gaps
 *   gmq_journal_mark     epoch, last_sequence, format     one row: who may write, and how far the records go; changed with them
 *   gmq_journal_lease    owner, epoch, until_ms           one row: whose the journal is, and until when
 *   gmq_snapshot         id, name                         a row for each snapshot, and for one that is being written
 *   gmq_snapshot_part    snapshot, position, bytes        its bytes, a piece a row
 * </pre>
 *
 * {@code checksum} is the CRC32C of the record's bytes. Times are milliseconds since 1970 on the server's clock, the only one that
 * counts here.
 */
final class Tables {
    static final int OWNER_LENGTH_MAX = 255;
    /** Of records, and of how they lie in the tables. Goes up with {@link io.gmq.journal.RecordFrame#VERSION}, too. */
    static final int FORMAT = 1;
    /** The server's clock. */
    static final String NOW_MS = "CAST(ROUND(UNIX_TIMESTAMP(NOW(3)) * 1000) AS SIGNED)";

    static final String COMPONENT = "journal";
    /** Only ever appended to. */
    static final List<String> MIGRATIONS = List.of(
        """
            CREATE TABLE IF NOT EXISTS gmq_journal (
              sequence BIGINT NOT NULL PRIMARY KEY,
              checksum INT NOT NULL,
              record LONGBLOB NOT NULL) ENGINE=InnoDB""",
        """
            CREATE TABLE IF NOT EXISTS gmq_journal_mark (
              id TINYINT NOT NULL PRIMARY KEY,
              epoch BIGINT NOT NULL,
              last_sequence BIGINT NOT NULL,
              format INT NOT NULL) ENGINE=InnoDB""",
        "INSERT IGNORE INTO gmq_journal_mark (id, epoch, last_sequence, format) VALUES (1, 0, 0, " + FORMAT + ")",
        """
            CREATE TABLE IF NOT EXISTS gmq_journal_lease (
              id TINYINT NOT NULL PRIMARY KEY,
              owner VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
              epoch BIGINT NOT NULL,
              until_ms BIGINT NOT NULL) ENGINE=InnoDB""",
        "INSERT IGNORE INTO gmq_journal_lease (id, owner, epoch, until_ms) VALUES (1, '', 0, 0)",
        """
            CREATE TABLE IF NOT EXISTS gmq_snapshot (
              id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
              name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL UNIQUE) ENGINE=InnoDB""",
        """
            CREATE TABLE IF NOT EXISTS gmq_snapshot_part (
              snapshot BIGINT NOT NULL,
              position BIGINT NOT NULL,
              bytes LONGBLOB NOT NULL,
              PRIMARY KEY (snapshot, position)) ENGINE=InnoDB""");

    private Tables() {
    }
}
