package io.gmq.journal.mysql;

import io.gmq.journal.JournalException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way into a journal in MySQL: reaches the database, brings its tables to what this GMQ knows, and waits for the lease. Used
 * once, by the thread that opens the journal; it waits on that thread.
 */
final class Opening implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);
    private static final long RETRY_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final String ACCESS_DENIED = "28000";
    private static final int DATABASE_DENIED = 1044;
    private static final int NO_SUCH_DATABASE = 1049;

    private final MySqlSettings settings;
    private Connection connection;
    private boolean isPrepared;

    /** @throws JournalException if the database is not reached for as long as the settings say, or waiting would not help. */
    Opening(final MySqlSettings settings) {
        this.settings = settings;
        connection = connect();
    }

    /** The connection, for whatever is to be read before others are made. */
    Connection connection() {
        return connection;
    }

    private Connection connect() {
        final long startNs = System.nanoTime();
        final long waitNs = TimeUnit.MILLISECONDS.toNanos(settings.startWaitMs());
        boolean isTold = false;
        while (true) {
            try {
                return settings.database().connect();
            } catch (final SQLException e) {
                refuseHopeless(e);
                if (System.nanoTime() - startNs >= waitNs) {
                    throw new JournalException("cannot reach the database " + settings.database() + ": " + Reason.of(e)
                        + "; see that it runs and that database.dsn is right (tried for " + seconds(settings.startWaitMs())
                        + " s, database.start_wait_ms)", e);
                }
                if (!isTold) {
                    isTold = true;
                    LOG.warn("cannot reach the database {}: {}; trying for {} s", settings.database(), Reason.of(e),
                        seconds(settings.startWaitMs()));
                }
            }
            LockSupport.parkNanos(this, RETRY_NS);
        }
    }

    private static String seconds(final long ms) {
        return String.format(Locale.ROOT, ms % 1000 == 0 ? "%.0f" : "%.1f", ms / 1000.0);
    }

    /** What no waiting will change. */
    private void refuseHopeless(final SQLException e) {
        if (ACCESS_DENIED.equals(e.getSQLState()) || e.getErrorCode() == DATABASE_DENIED) {
            throw new JournalException("the database " + settings.database() + " does not let us in: " + Reason.of(e)
                + "; see user, password and rights", e);
        }
        if (e.getErrorCode() == NO_SUCH_DATABASE) {
            throw new JournalException("there is no such database: " + settings.database() + "; create it, with all rights for the user", e);
        }
    }

    /** Makes or alters the tables, and says what there is to know about the server. */
    private void prepare() throws SQLException {
        final Server server = Server.look(connection);
        server.refuseShortPackets(settings.recordBytesMax());
        Migrations.apply(connection, Tables.COMPONENT, Tables.MIGRATIONS);
        final long format = Sql.number(connection, "SELECT format FROM gmq_journal_mark WHERE id = 1");
        if (format != Tables.FORMAT) {
            throw new JournalException("the journal in database " + settings.database() + " has format " + format + ", this release reads format "
                + Tables.FORMAT + ": use the release of GMQ that wrote it");
        }
        Server.tryInserts(connection).forEach(LOG::warn);
        server.warnings().forEach(LOG::warn);
        isPrepared = true;
    }

    /** Prepares the tables and waits until the journal is ours, also while the database goes and comes. */
    Lease lease() throws SQLException {
        String told = "";
        while (true) {
            try {
                if (!isPrepared) {
                    prepare();
                }
                final Lease.Held held = Lease.look(connection);
                final Optional<Lease> taken =
                    held.isOver() ? Lease.take(connection, held, settings.owner(), settings.leaseMs()) : Optional.empty();
                if (taken.isPresent()) {
                    LOG.info("the database {} is this broker's, epoch {}{}", settings.database(), taken.get().epoch(),
                        held.owner().isEmpty() ? "" : "; taken over from " + held.owner() + ", which was not heard of any more");
                    return taken.get();
                }
                if (!held.isOver() && !told.equals(held.owner())) {
                    told = held.owner();
                    LOG.warn("the database {} belongs to the broker {}; this one waits, and takes over when that one has stopped or is not"
                        + " heard of for {} s", settings.database(), held.owner(), seconds(settings.leaseMs()));
                }
            } catch (final SQLException e) {
                if (!Reason.isPassing(e)) {
                    throw e;
                }
                LOG.debug("asking for the lease has failed: {}", Reason.of(e));
                close();
                connection = connect();
            }
            LockSupport.parkNanos(this, LOOK_NS);
        }
    }

    @Override
    public void close() {
        Link.closeQuietly(connection);
    }
}
