package io.gmq.journal.mysql;

import io.gmq.journal.JournalException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stores records, many in a transaction, with the mark that says how far they go. Owned by the storing thread, but for what says
 * otherwise.
 *
 * <p>A transaction whose commit was not answered may have happened. So after a failure the mark is read first: where it says that
 * the records are there, they are not stored again; where not, they are, all of them. Nobody else moves the mark, since it names the
 * epoch of our {@link Lease}.
 */
final class RecordWriter {
    private static final int ROWS_MAX = 16 * 1024;
    private static final long BYTES_MAX = 8L << 20;
    /** A transaction that takes longer lets the database count as away; the sooner the more of the room behind it is taken. */
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(2);
    private static final double PATIENCE_LEAST = 0.25;
    private static final String MARK =
        "UPDATE gmq_journal_mark SET last_sequence = ? WHERE id = 1 AND epoch = ? AND last_sequence = ?";
    private static final long IDLE = 0;

    private final Link link;
    private final Lease lease;
    private final CountDownLatch givenUp = new CountDownLatch(1);
    private PreparedStatement mark;
    private MultiRowInsert insert;
    private boolean isUnsure;
    private volatile long stored;
    private volatile long startNs = IDLE;

    /** The mark as it is in its table. */
    private record Mark(long epoch, long lastSequence) {
        private static Mark of(final ResultSet rows) throws SQLException {
            rows.next();
            return new Mark(rows.getLong(1), rows.getLong(2));
        }
    }

    /** @param stored sequence of the last record that is stored. */
    RecordWriter(final Link link, final Lease lease, final long stored) {
        this.link = link;
        this.lease = lease;
        this.stored = stored;
    }

    /** Any thread's: up to which sequence records are stored. */
    long stored() {
        return stored;
    }

    /**
     * Any thread's: whether the database takes suspiciously long.
     *
     * @param fill how much of the room for records that wait is taken, from 0 to 1.
     */
    boolean isStalled(final double fill) {
        final long start = startNs;
        return start != IDLE && System.nanoTime() - start > PATIENCE_NS * Math.max(PATIENCE_LEAST, 1 - fill);
    }

    /** Any thread's: the process ends, so what fails from here on is not tried again. */
    void giveUp() {
        givenUp.countDown();
    }

    /**
     * Stores records that follow the last stored one.
     *
     * @return whether that was done; if not, {@link #giveUp} was called.
     * @throws JournalException if the journal is not ours any more.
     */
    boolean store(final RecordChunk chunk) {
        chunk.firstSequence(stored + 1);
        int from = 0;
        while (from < chunk.count()) {
            final int to = to(chunk, from);
            if (!store(chunk, from, to)) {
                return false;
            }
            stored += to - from;
            from = to;
        }
        return true;
    }

    /** The end of what goes into one transaction. */
    private static int to(final RecordChunk chunk, final int from) {
        long bytes = chunk.bytes(from);
        int to = from + 1;
        while (to < chunk.count() && to - from < ROWS_MAX && bytes + chunk.bytes(to) <= BYTES_MAX) {
            bytes += chunk.bytes(to);
            to++;
        }
        return to;
    }

    private boolean store(final RecordChunk chunk, final int from, final int to) {
        startNs = System.nanoTime() | 1;
        try {
            while (!tryStore(chunk, from, to)) {
                if (isGivenUp()) {
                    return false;
                }
            }
            return true;
        } finally {
            startNs = IDLE;
        }
    }

    private boolean tryStore(final RecordChunk chunk, final int from, final int to) {
        try {
            if (!isDone(to - from)) {
                transact(chunk, from, to);
            }
            isUnsure = false;
            startNs = IDLE; // before anybody is told that it is back
            link.onSuccess();
            return true;
        } catch (final SQLIntegrityConstraintViolationException e) {
            throw new JournalException("the database holds records behind sequence " + stored
                + ", the last one that this broker has stored: somebody else has changed the journal's tables", e);
        } catch (final SQLException e) {
            isUnsure = true;
            link.onFailure(e);
            return false;
        }
    }

    private boolean isGivenUp() {
        try {
            return givenUp.await(link.pauseNs(), TimeUnit.NANOSECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Connects if need be, and finds out whether records are there whose commit was not answered. */
    private boolean isDone(final int count) throws SQLException {
        if (!link.isUp()) {
            prepare(link.connection());
        }
        if (!isUnsure) {
            return false;
        }
        // Waits for the transaction that was under way, should it still be.
        final Mark found = Sql.query(link.connection(), "SELECT epoch, last_sequence FROM gmq_journal_mark WHERE id = 1 FOR UPDATE", Mark::of);
        link.connection().rollback();
        if (found.epoch != lease.epoch()) {
            throw lease.lost(link.connection()); // what is there may be as many records, of another broker
        }
        final long last = found.lastSequence;
        if (last != stored && last != stored + count) {
            throw new JournalException("the database holds records up to sequence " + last + ", this broker has stored "
                + stored + " and was storing " + count + " more: somebody else has changed the journal's tables");
        }
        return last != stored;
    }

    private void prepare(final Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        mark = connection.prepareStatement(MARK);
        insert = insertInto(connection);
    }

    static MultiRowInsert insertInto(final Connection connection) throws SQLException {
        return new MultiRowInsert(connection, "INSERT INTO gmq_journal (sequence, checksum, record) VALUES", 3, "");
    }

    private void transact(final RecordChunk chunk, final int from, final int to) throws SQLException {
        mark.setLong(1, stored + to - from);
        mark.setLong(2, lease.epoch());
        mark.setLong(3, stored);
        if (mark.executeUpdate() == 0) {
            throw lease.lost(link.connection());
        }
        insert.insert(chunk, from, to);
        link.connection().commit();
    }

    /** The closing thread's, when no other runs. */
    void close() {
        link.close();
    }
}
