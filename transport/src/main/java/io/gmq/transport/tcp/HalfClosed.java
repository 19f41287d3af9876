package io.gmq.transport.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The clients that have ended their half and still wait for answers. Finds out which of them are gone altogether: nothing else
 * tells a client that waits from one that was killed, and what that one had leased must not wait as long as its takes do. To
 * one that is gone, a blank line brings a reset from its system, and the next one, a little later, an error here; to all
 * others, blank lines mean nothing.
 *
 * <p>Belongs to one selector's thread.
 */
final class HalfClosed {
    /** How long a reset may take to come back, and how often to look. */
    static final long ANSWER_MS = 250;
    /** When a client is first asked whether it is still there; the time doubles from one asking to the next. */
    private static final long ASK_MS = 2000;
    private static final int DOUBLINGS_MAX = 10;
    private static final byte[] BLANK_LINE = {'\n'};

    private final List<Connection> connections = new ArrayList<>();

    boolean isEmpty() {
        return connections.isEmpty();
    }

    void add(final Connection connection, final long nowMs) {
        connection.probesAtMs = nowMs + ASK_MS;
        connections.add(connection);
    }

    /** Asks those whose time has come, and forgets those who are ended; {@code gone} is told of those who are gone. */
    void probe(final long nowMs, final Consumer<Connection> gone) {
        for (int i = connections.size() - 1; i >= 0; i--) {
            final Connection connection = connections.get(i);
            if (!connection.isClosed() && !connection.isLingering && nowMs >= connection.probesAtMs) {
                final int probe = connection.probes++;
                connection.probesAtMs = nowMs + (probe % 2 == 0 ? ANSWER_MS : ASK_MS << Math.min(probe, DOUBLINGS_MAX));
                if (!isThere(connection)) {
                    gone.accept(connection);
                }
            }
            if (connection.isClosed() || connection.isLingering) {
                connections.remove(i);
            }
        }
    }

    private static boolean isThere(final Connection connection) {
        try {
            if (connection.outbound.size() == 0) {
                connection.link.write(ByteBuffer.wrap(BLANK_LINE));
            }
            return true;
        } catch (final IOException e) {
            return false;
        }
    }
}
