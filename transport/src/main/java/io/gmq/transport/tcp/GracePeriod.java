package io.gmq.transport.tcp;

import java.util.LinkedHashMap;

/**
 * The connections that have a while for something, all equally long: to end a handshake, to show who they are, to notice that they are
 * ended. Each is taken out when it has done so or is gone, so there are never more here than there are connections.
 *
 * <p>Belongs to one selector's thread.
 */
final class GracePeriod {
    private final long lengthMs;
    /** Those who came first, and when their time is over. */
    private final LinkedHashMap<Connection, Long> connections = new LinkedHashMap<>();

    GracePeriod(final long lengthMs) {
        this.lengthMs = lengthMs;
    }

    /** Its time begins. */
    void add(final Connection connection, final long nowMs) {
        connections.put(connection, nowMs + lengthMs);
    }

    void remove(final Connection connection) {
        if (!connections.isEmpty()) {
            connections.remove(connection);
        }
    }

    /** Takes out one whose time is over, or returns {@code null}. */
    Connection takeLate(final long nowMs) {
        if (connections.isEmpty()) {
            return null;
        }
        final var first = connections.entrySet().iterator().next();
        if (first.getValue() > nowMs) {
            return null;
        }
        connections.remove(first.getKey());
        return first.getKey();
    }
}
