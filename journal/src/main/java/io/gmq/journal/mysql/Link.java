package io.gmq.journal.mysql;

import io.gmq.journal.JournalException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that is made anew when it has failed: at once the first time, since it may just have been idle for too long, and
 * then with growing pauses. What was under way when it failed has an unknown outcome, which is for its user to find out. Owned by
 * one thread.
 */
final class Link {
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);
    private static final long PAUSE_NS_MIN = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long PAUSE_NS_MAX = TimeUnit.SECONDS.toNanos(2);

    private final Database database;
    private final Outage outage;
    private final Lease lease;
    private final String role;
    private Connection connection;
    private boolean isAway;
    private int failures;
    private long nextNs;

    /** @param role what it does for the owner of the lease: one of {@link Sessions}. */
    Link(final Database database, final Outage outage, final Lease lease, final String role) {
        this.database = database;
        this.outage = outage;
        this.lease = lease;
        this.role = role;
    }

    /** Whether it is connected, as far as is known. */
    boolean isUp() {
        return connection != null;
    }

    /** How long to wait before the next attempt to connect. */
    long pauseNs() {
        return failures < 2 ? 0 : Math.max(0, nextNs - System.nanoTime());
    }

    /**
     * The connection, made if there is none; then what the one before has left unfinished on the server is ended.
     *
     * @throws JournalException if the journal is not ours any more.
     */
    Connection connection() throws SQLException {
        if (connection == null) {
            final Connection made = database.connect();
            try {
                lease.claim(made, role);
            } catch (final SQLException | JournalException e) {
                closeQuietly(made);
                throw e;
            }
            connection = made;
        }
        return connection;
    }

    /** What was done through the connection has worked. */
    void onSuccess() {
        failures = 0;
        if (isAway) {
            isAway = false;
            outage.end();
        }
    }

    /** Something was refused, and will be again: the connection is given up, and the database is there. */
    void onRefusal() {
        close();
        failures++;
        nextNs = System.nanoTime() + Math.min(PAUSE_NS_MAX, PAUSE_NS_MIN << Math.min(failures, 10));
    }

    /** Something has failed: the connection is given up. The second time in a row the database is away. */
    void onFailure(final SQLException reason) {
        onRefusal();
        if (failures > 1 && !isAway) {
            isAway = true;
            outage.begin(reason);
        }
    }

    void close() {
        final Connection closing = connection;
        connection = null;
        closeQuietly(closing);
    }

    /** Where it is closed because it fails, that may fail too. */
    static void closeQuietly(final Connection closing) {
        if (closing == null) {
            return;
        }
        try {
            closing.close();
        } catch (final SQLException e) {
            LOG.debug("closing a connection failed, too: {}", Reason.of(e));
        }
    }
}
