package io.gmq.transport.tcp;

/**
 * The connections that have yet to show who they are, the oldest first. Each is in it for a few seconds at most: it shows it, goes,
 * or is ended when its time is over.
 *
 * <p>A list through the connections themselves, so that one can leave it at once wherever it stands, and it never holds more than there
 * are connections. Belongs to one selector's thread.
 */
final class Newcomers {
    /** How long a client may take. */
    static final long TIME_MS = 10_000;

    private Connection first;
    private Connection last;

    boolean isEmpty() {
        return first == null;
    }

    void add(final Connection connection, final long nowMs) {
        connection.isNew = true;
        connection.newUntilMs = nowMs + TIME_MS;
        connection.newBefore = last;
        if (last == null) {
            first = connection;
        } else {
            last.newAfter = connection;
        }
        last = connection;
    }

    /** Takes a connection out, if it is there. */
    void remove(final Connection connection) {
        if (!connection.isNew) {
            return;
        }
        connection.isNew = false;
        if (connection.newBefore == null) {
            first = connection.newAfter;
        } else {
            connection.newBefore.newAfter = connection.newAfter;
        }
        if (connection.newAfter == null) {
            last = connection.newBefore;
        } else {
            connection.newAfter.newBefore = connection.newBefore;
        }
        connection.newBefore = null;
        connection.newAfter = null;
    }

    /** Takes out one whose time is over, or returns {@code null}. */
    Connection takeLate(final long nowMs) {
        final Connection oldest = first;
        if (oldest == null || oldest.newUntilMs > nowMs) {
            return null;
        }
        remove(oldest);
        return oldest;
    }
}
