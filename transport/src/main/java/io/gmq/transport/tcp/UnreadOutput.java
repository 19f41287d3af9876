package io.gmq.transport.tcp;

import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that what clients leave unread does not take more memory, all together, than it may: names the one of a selector's
 * connections that leaves most, to be ended, as long as it is too much. What one client may leave is bounded apart; this is for many
 * clients that do so at once.
 *
 * <p>Belongs to one selector's thread.
 */
final class UnreadOutput {
    private static final Logger LOG = LoggerFactory.getLogger(UnreadOutput.class);

    private final ChunkPool chunks;
    private final Seldom seldom = new Seldom();
    /** The last one that was named: its memory may still be on its way back. */
    private Connection named;
    private long count;

    UnreadOutput(final ChunkPool chunks) {
        this.chunks = chunks;
    }

    /** Whether somebody may have to go. */
    boolean isTooMuch() {
        return chunks.isOver() && (named == null || named.outbound.isRecycled());
    }

    /** Who is to go, {@code null} for nobody. Looks at all connections: to be asked only where {@link #isTooMuch}. */
    Connection most(final Selector selector, final long nowMs) {
        Connection most = null;
        long mostBytes = 0;
        for (final SelectionKey key : selector.keys()) {
            if (key.attachment() instanceof Connection connection && !connection.isClosed() && connection.outbound.size() > mostBytes) {
                most = connection;
                mostBytes = connection.outbound.size();
            }
        }
        if (most != null) {
            named = most;
            count++;
            if (seldom.isTime(nowMs)) {
                LOG.warn("connection {} is ended with {} bytes unread, {} of them so far: clients leave more unread than the {} bytes"
                    + " there may be in all", most.id(), mostBytes, count, chunks.bytesMax());
            }
        }
        return most;
    }
}
