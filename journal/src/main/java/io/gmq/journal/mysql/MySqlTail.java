package io.gmq.journal.mysql;

import io.gmq.journal.JournalException;
import io.gmq.journal.JournalTail;
import io.gmq.journal.RecoveryHandler;
import io.gmq.journal.snapshot.Snapshots;
import io.gmq.journal.snapshot.TailBase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Follows the journal's table on a connection of its own, with rows coming as they are asked for. Owned by one thread, which makes
 * the connection when it needs it, and another when that has failed.
 */
final class MySqlTail implements JournalTail, TableAccess {
    private static final int ROWS_AT_ONCE = 10_000;
    /** The server ends a connection on which it cannot send rows, after a minute unless it was told otherwise. */
    private static final long OPEN_NS_MAX = TimeUnit.SECONDS.toNanos(15);

    private final Database database;
    private final LongSupplier stored;
    private final TailBase base;
    private Connection connection;
    private RecoveryHandler handler;
    private long done;
    /** Those that are being read, {@code null} for none. */
    private RecordRows rows;
    private long rowsLast;
    private long readNs;

    /** @param stored says up to which sequence records are stored; any thread's. */
    MySqlTail(final Database database, final LongSupplier stored) {
        this.database = database;
        this.stored = stored;
        base = new TailBase(new Snapshots(new TableFiles(this), MySqlRecovery.FOLDER));
    }

    @Override
    public long synced() {
        return stored.getAsLong();
    }

    @Override
    public long begin(final long sequenceMax, final RecoveryHandler its) {
        return begun(base.begin(sequenceMax, firstSequence(), its), its);
    }

    @Override
    public long beginOldest(final RecoveryHandler its) {
        return begun(base.beginOldest(firstSequence(), its), its);
    }

    private long begun(final long sequence, final RecoveryHandler its) {
        if (sequence != GONE) {
            handler = its;
            done = sequence;
        }
        return sequence;
    }

    /** Of the oldest record; of the next one to come where there is none. */
    private long firstSequence() {
        final long next = stored.getAsLong() + 1;
        try {
            return read(tables -> Sql.number(tables, "SELECT COALESCE(MIN(sequence), ?) FROM gmq_journal", next));
        } catch (final IOException e) {
            throw JournalException.of("cannot follow the journal in the database " + database, e);
        }
    }

    @Override
    public int poll(final int recordsMax) {
        final long last = Math.min(stored.getAsLong(), done + recordsMax);
        final long before = done;
        while (done < last) {
            if (!asked(this::readNext)) {
                return GONE;
            }
        }
        return Math.toIntExact(done - before);
    }

    private boolean readNext(final Connection tables) throws SQLException {
        final long nowNs = System.nanoTime();
        if (rows != null && nowNs - readNs > OPEN_NS_MAX) {
            close(); // the server may have given them up, and us
            return readNext(connected());
        }
        readNs = nowNs;
        if (rows == null) {
            rowsLast = Math.min(stored.getAsLong(), done + ROWS_AT_ONCE);
            rows = new RecordRows(tables, done, rowsLast);
        }
        final boolean isThere = rows.next(handler);
        done = rows.done();
        if (!isThere || done == rowsLast) {
            endRows();
        }
        return isThere;
    }

    private void endRows() throws SQLException {
        final RecordRows ending = rows;
        rows = null;
        if (ending != null) {
            ending.close();
        }
    }

    private Connection connected() throws SQLException {
        if (connection == null) {
            connection = database.connect();
        }
        return connection;
    }

    private boolean asked(final Work<Boolean> work) {
        try {
            return work.with(connected());
        } catch (final SQLException e) {
            close();
            throw new JournalException("cannot follow the journal in the database " + database + ": " + Reason.of(e), e);
        }
    }

    @Override
    public <T> T read(final Work<T> work) throws IOException {
        try {
            endRows();
            return work.with(connected());
        } catch (final SQLException e) {
            close();
            throw new IOException(Reason.of(e), e);
        }
    }

    @Override
    public <T> T change(final Work<T> work) {
        throw new UnsupportedOperationException("who follows changes nothing");
    }

    @Override
    public void close() {
        final Connection closing = connection;
        connection = null;
        rows = null;
        Link.closeQuietly(closing);
    }
}
