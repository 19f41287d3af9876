package io.gmq.transport.tcp;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The connections whose two sides have not agreed yet on how to talk. Each has a while for that; then it is ended, so that nobody
 * holds a place by saying nothing.
 *
 * <p>Belongs to one selector's thread. One that is closed must be taken out at once, or a flood of them would be held here.
 */
final class Handshakes {
    /** How long a client may take. */
    static final long HANDSHAKE_MS = 10_000;

    /** In the order in which they came. */
    private final Set<Connection> connections = new LinkedHashSet<>();

    boolean isEmpty() {
        return connections.isEmpty();
    }

    void add(final Connection connection, final long nowMs) {
        connection.establishedByMs = nowMs + HANDSHAKE_MS;
        connections.add(connection);
    }

    void remove(final Connection connection) {
        connections.remove(connection);
    }

    /** Takes out those whose time is over; {@code late} is told of them. */
    void end(final long nowMs, final Consumer<Connection> late) {
        while (!connections.isEmpty()) {
            final Iterator<Connection> inOrder = connections.iterator();
            final Connection first = inOrder.next();
            if (first.establishedByMs > nowMs) {
                return;
            }
            inOrder.remove();
            late.accept(first);
        }
    }
}
