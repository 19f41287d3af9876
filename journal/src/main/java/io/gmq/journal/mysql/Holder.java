package io.gmq.journal.mysql;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/**
 * Holds the lease: renews it in time, and lets what is changed beside the records be changed only by its owner. Owned by one
 * thread at a time: the one that opens the journal, then the keeper's.
 */
final class Holder implements TableAccess {
    /** So often in the time that it lasts. */
    private static final int RENEWALS = 5;

    private final Link link;
    private final Lease lease;
    private long renewedNs;

    Holder(final Link link, final Lease lease) {
        this.link = link;
        this.lease = lease;
        renewedNs = System.nanoTime();
    }

    /** Whether the database can be asked now, as far as is known. */
    boolean isUp() {
        return link.pauseNs() == 0;
    }

    /** For how long nothing need be done for the lease. */
    long restNs() {
        return Math.max(0, TimeUnit.MILLISECONDS.toNanos(lease.leaseMs()) / RENEWALS - (System.nanoTime() - renewedNs));
    }

    /** Renews the lease if a part of its time has passed. */
    void renewIfDue() throws IOException {
        if (restNs() == 0) {
            change(connection -> null);
        }
    }

    /** In the transaction no other owner can come in between. */
    @Override
    public <T> T change(final Work<T> work) throws IOException {
        return run(connection -> {
            connection.setAutoCommit(false);
            lease.renew(connection);
            final T result = work.with(connection);
            connection.commit();
            connection.setAutoCommit(true);
            renewedNs = System.nanoTime();
            return result;
        });
    }

    @Override
    public <T> T read(final Work<T> work) throws IOException {
        renewIfDue();
        return run(work);
    }

    private <T> T run(final Work<T> work) throws IOException {
        try {
            final T result = work.with(link.connection());
            link.onSuccess();
            return result;
        } catch (final SQLException e) {
            if (Reason.isPassing(e)) {
                link.onFailure(e);
            } else {
                link.onRefusal();
            }
            throw new IOException(Reason.of(e), e);
        }
    }

    /** Gives the lease up, where the database can be asked, and closes the connection. */
    void close() {
        if (link.isUp()) {
            try {
                lease.release(link.connection());
            } catch (final SQLException e) {
                link.onFailure(e); // it ends by itself
            }
        }
        link.close();
    }
}
