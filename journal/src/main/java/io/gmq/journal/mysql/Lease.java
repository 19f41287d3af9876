package io.gmq.journal.mysql;

import io.gmq.journal.JournalException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The row that says whose the journal is, and until when. Whoever takes it over raises the epoch, in the lease and in the mark of
 * the records; what an owner writes names its epoch, so one that was replaced changes nothing any more, however late it comes.
 * Belongs to whoever holds the connection.
 *
 * <p>That a lease has ended is judged by the server's clock alone. If that clock jumps, a broker may be replaced too early, which
 * stops it and loses nothing.
 */
final class Lease {
    private static final String SELECT = "SELECT owner, epoch, until_ms - " + Tables.NOW_MS
        + " AS left_ms FROM gmq_journal_lease WHERE id = 1";
    private static final String TAKE = "UPDATE gmq_journal_lease SET owner = ?, epoch = epoch + 1, until_ms = " + Tables.NOW_MS
        + " + ? WHERE id = 1 AND epoch = ? AND until_ms <= " + Tables.NOW_MS;
    private static final String RENEW = "UPDATE gmq_journal_lease SET until_ms = " + Tables.NOW_MS
        + " + ? WHERE id = 1 AND epoch = ?";

    private final String owner;
    private final long leaseMs;
    private final long epoch;

    private Lease(final String owner, final long leaseMs, final long epoch) {
        this.owner = owner;
        this.leaseMs = leaseMs;
        this.epoch = epoch;
    }

    /** The lease as it is in the table. */
    record Held(String owner, long epoch, long leftMs) {
        boolean isOver() {
            return leftMs <= 0;
        }
    }

    static Held look(final Connection connection) throws SQLException {
        return Sql.query(connection, SELECT, rows -> {
            rows.next();
            return new Held(rows.getString(1), rows.getLong(2), rows.getLong(3));
        });
    }

    /**
     * Takes over a lease that is over, and ends what its owner has left behind: a session that sleeps in the middle of a transaction
     * would hold its locks for hours.
     *
     * @return empty where somebody was faster.
     * @throws SQLException if it is not known whether it was taken; the connection must be closed then, which takes back what was begun.
     */
    static Optional<Lease> take(final Connection connection, final Held over, final String owner, final long leaseMs) throws SQLException {
        Sessions.end(connection, Sessions.WRITER);
        Sessions.end(connection, Sessions.KEEPER);
        final long epoch = over.epoch() + 1;
        connection.setAutoCommit(false);
        final boolean isTaken = Sql.update(connection, TAKE, owner, leaseMs, over.epoch()) > 0;
        if (isTaken) {
            Sql.update(connection, "UPDATE gmq_journal_mark SET epoch = ? WHERE id = 1", epoch);
        }
        connection.commit();
        connection.setAutoCommit(true);
        return isTaken ? Optional.of(new Lease(owner, leaseMs, epoch)) : Optional.empty();
    }

    long epoch() {
        return epoch;
    }

    long leaseMs() {
        return leaseMs;
    }

    /**
     * Makes it last from now on, and in a transaction keeps others from taking it over until the end of that.
     *
     * @throws JournalException if it is not ours any more.
     */
    void renew(final Connection connection) throws SQLException {
        if (Sql.update(connection, RENEW, leaseMs, epoch) == 0) {
            throw lost(connection);
        }
    }

    /**
     * Makes a new connection the one that does this for us.
     *
     * @throws JournalException if the journal is not ours any more.
     */
    void claim(final Connection connection, final String role) throws SQLException {
        if (look(connection).epoch() != epoch) {
            throw lost(connection); // and the session that does it now is another broker's
        }
        Sessions.claim(connection, role);
    }

    /** Gives it up, if it is still ours: the next broker need not wait. */
    void release(final Connection connection) throws SQLException {
        Sql.update(connection, "UPDATE gmq_journal_lease SET owner = '', until_ms = 0 WHERE id = 1 AND epoch = ?", epoch);
    }

    /** Why what names our epoch was not done. */
    JournalException lost(final Connection connection) throws SQLException {
        final Held held = look(connection);
        return new JournalException(held.epoch() == epoch
            ? "somebody else has changed the tables of the journal, whose owner this broker is"
            : "broker " + held.owner() + " has taken over the database from this one (" + owner
                + "), which was not heard of for more than " + leaseMs + " ms");
    }
}
