package io.gmq.transport.tcp;

import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;

/**
 * Sees to it that what clients leave unread does not take more memory, all together, than it may: names the one of a selector's
 * connections that leaves most, to be ended, as long as it is too much, and lets only those go on asking who leave little. What one
 * client may leave is bounded apart; this is for many clients that do so at once.
 *
 * <p>Belongs to one selector's thread.
 */
final class UnreadOutput {
    /** What a client may leave unread, and still be read, while there is too much in all. */
    private static final long SHARE = 64 << 10;

    private final ChunkPool chunks;
    /** Those that were named and whose memory is on its way back: it takes until all they had asked for is through the ring. */
    private final ArrayDeque<Connection> named = new ArrayDeque<>();
    private boolean isOver;

    UnreadOutput(final ChunkPool chunks) {
        this.chunks = chunks;
    }

    /** Looks at what there is, once in each round. */
    void look() {
        isOver = chunks.isOver();
    }

    /** What one client may leave unread before its requests are no longer read, where it may leave so much otherwise. */
    long max(final long otherwise) {
        return isOver ? Math.min(SHARE, otherwise) : otherwise;
    }

    /** Whether somebody has to go, also when all that is on its way back will be. */
    boolean isTooMuch() {
        return isOver && chunks.bytes() - returning() > chunks.bytesMax();
    }

    private long returning() {
        while (!named.isEmpty() && named.peek().outbound.isRecycled()) {
            named.poll();
        }
        long bytes = 0;
        for (final Connection connection : named) {
            bytes += connection.outbound.isRecycled() ? 0 : connection.outbound.size();
        }
        return bytes;
    }

    /** Who is to go, {@code null} for nobody. Looks at all connections: to be asked only where {@link #isTooMuch}. */
    Connection most(final Selector selector) {
        Connection most = null;
        long mostBytes = 0;
        for (final SelectionKey key : selector.keys()) {
            if (key.attachment() instanceof Connection connection && !connection.isClosed() && connection.outbound.size() > mostBytes) {
                most = connection;
                mostBytes = connection.outbound.size();
            }
        }
        if (most != null) {
            named.add(most);
        }
        return most;
    }
}
