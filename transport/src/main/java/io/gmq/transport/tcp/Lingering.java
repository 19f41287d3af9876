package io.gmq.transport.tcp;

import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * The clients whose connection the broker has ended, and that have not ended theirs yet: what they still send is read and
 * dropped for a while, since closing with bytes unread would make the system reset the connection and throw away the last reply.
 *
 * <p>Belongs to one selector's thread.
 */
final class Lingering {
    /** How long a client may take to notice that the broker has ended the connection. */
    private static final long LINGER_MS = 2000;

    private final ArrayDeque<Connection> connections = new ArrayDeque<>();

    void add(final Connection connection, final long nowMs) {
        connection.isLingering = true;
        connection.lingersUntilMs = nowMs + LINGER_MS;
        connections.add(connection);
    }

    boolean isEmpty() {
        return connections.isEmpty();
    }

    /** Forgets those that are closed, and closes those whose time is over; how many. */
    int end(final long nowMs, final Consumer<Connection> close) {
        int count = 0;
        while (!connections.isEmpty() && (connections.peek().isClosed() || connections.peek().lingersUntilMs <= nowMs)) {
            close.accept(connections.poll());
            count++;
        }
        return count;
    }
}
