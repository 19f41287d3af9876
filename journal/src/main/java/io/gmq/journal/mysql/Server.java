package io.gmq.journal.mysql;

import io.gmq.journal.JournalException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;

/**
 * What the server is like, as far as it matters here.
 *
 * @param version          as it says.
 * @param flush            {@code innodb_flush_log_at_trx_commit}.
 * @param isBinlogUnsynced whether it writes a binary log and does not sync it at each commit.
 * @param packetBytesMax   the longest thing it takes.
 */
record Server(String version, int flush, boolean isBinlogUnsynced, long packetBytesMax) {
    /** What a statement has beside a record. */
    private static final int PACKET_OVERHEAD = 4096;
    private static final int TRIAL_ROWS = 100;
    /** As many as a number up to {@link #TRIAL_ROWS} can have binary digits, and the mark's. */
    private static final int TRIAL_STATEMENTS_MAX = 8;

    static Server look(final Connection connection) throws SQLException {
        return Sql.query(connection, "SELECT VERSION(), @@GLOBAL.innodb_flush_log_at_trx_commit, @@GLOBAL.log_bin AND @@GLOBAL.sync_binlog <> 1,"
            + " @@GLOBAL.max_allowed_packet", rows -> {
                rows.next();
                return new Server(rows.getString(1), rows.getInt(2), rows.getInt(3) != 0, rows.getLong(4));
            });
    }

    /** @throws JournalException if the longest record would not go through. */
    void refuseShortPackets(final int recordBytesMax) {
        final long needed = (long) recordBytesMax + PACKET_OVERHEAD;
        if (packetBytesMax < needed) {
            throw new JournalException("the database takes packets of " + packetBytesMax + " bytes, the longest request needs " + needed
                + ": set the server's max_allowed_packet to at least that, or lower network.max_frame_length or queue.max_message_length");
        }
    }

    /** What a confirmation is worth there, where that is less than it says. */
    List<String> warnings() {
        final List<String> warnings = new ArrayList<>();
        if (flush != 1) {
            warnings.add("the database's innodb_flush_log_at_trx_commit is " + flush
                + ": what is confirmed can be lost when its machine loses power" + (flush == 0 ? ", or when it is killed" : "")
                + "; set it to 1 for 'synced' to mean what it says");
        }
        if (isBinlogUnsynced) {
            warnings.add("the database writes a binary log and its sync_binlog is not 1: what is confirmed can be lost when its machine loses"
                + " power; set it to 1 for 'synced' to mean what it says");
        }
        return warnings;
    }

    /**
     * Stores some records the way all will be, and takes them back: whether they arrive as a few statements can only be seen on
     * the server, by its own counters.
     *
     * @return a warning, or nothing.
     */
    static List<String> tryInserts(final Connection connection) throws SQLException {
        final RecordChunk chunk = new RecordChunk();
        chunk.firstSequence(-TRIAL_ROWS);
        for (int i = 0; i < TRIAL_ROWS; i++) {
            chunk.add(new ExpandableArrayBuffer(Long.BYTES), 0, Long.BYTES);
        }
        connection.setAutoCommit(false);
        final long statementsBefore = counter(connection, "Com_insert");
        final long rowsBefore = counter(connection, "Handler_write");
        try (MultiRowInsert insert = RecordWriter.insertInto(connection)) {
            insert.insert(chunk, 0, TRIAL_ROWS);
        }
        final long statements = counter(connection, "Com_insert") - statementsBefore;
        final long rows = counter(connection, "Handler_write") - rowsBefore;
        connection.rollback();
        connection.setAutoCommit(true);
        return statements > 0 && statements <= TRIAL_STATEMENTS_MAX && rows >= TRIAL_ROWS ? List.of()
            : List.of("the database counts " + statements + " statements for " + TRIAL_ROWS + " rows that were stored together (and " + rows
                + " rows written): something between it and this broker takes them apart, and storing will be slow");
    }

    private static long counter(final Connection connection, final String name) throws SQLException {
        return Sql.query(connection, "SHOW SESSION STATUS LIKE '" + name + "'", rows -> rows.next() ? rows.getLong(2) : 0);
    }
}
