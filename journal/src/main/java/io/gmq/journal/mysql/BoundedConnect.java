package io.gmq.journal.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes a connection on a thread of its own and waits for it no longer than told: the driver bounds each read, but neither the look-up
 * of a name nor all its reads together. A connection that comes too late is closed.
 */
final class BoundedConnect {
    private BoundedConnect() {
    }

    /**
     * @param address for errors.
     * @param open    makes the connection; ends by itself at some time.
     */
    static Connection within(final int timeoutMs, final DatabaseAddress address, final Callable<Connection> open) throws SQLException {
        final CompletableFuture<Connection> attempt = new CompletableFuture<>();
        final Thread thread = new Thread(() -> run(open, attempt), "gmq-connect");
        thread.setDaemon(true);
        thread.start();
        try {
            return attempt.get(timeoutMs, TimeUnit.MILLISECONDS);
        } catch (final ExecutionException e) {
            throw failure(address, e.getCause());
        } catch (final TimeoutException e) {
            abandon(attempt);
            throw new SQLTimeoutException("no connection to " + address + " within " + timeoutMs + " ms");
        } catch (final InterruptedException e) {
            abandon(attempt);
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while connecting to " + address);
        }
    }

    private static void run(final Callable<Connection> open, final CompletableFuture<Connection> attempt) {
        try {
            final Connection connection = open.call();
            if (!attempt.complete(connection)) {
                connection.close();
            }
        } catch (final Throwable e) {
            attempt.completeExceptionally(e);
        }
    }

    private static void abandon(final CompletableFuture<Connection> attempt) throws SQLException {
        if (!attempt.cancel(false) && !attempt.isCompletedExceptionally()) {
            attempt.join().close();
        }
    }

    private static SQLException failure(final DatabaseAddress address, final Throwable cause) {
        if (cause instanceof SQLException e) {
            return e;
        }
        if (cause instanceof Error e) {
            throw e;
        }
        return new SQLException("no connection to " + address, cause);
    }
}
