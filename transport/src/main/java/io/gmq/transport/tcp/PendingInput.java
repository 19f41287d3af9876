package io.gmq.transport.tcp;

import java.util.Arrays;
import java.util.LinkedHashSet;

/**
 * What the connections of one selector have sent and nobody has taken yet, because it is no whole frame or because there was
 * no room. Little of it is copied to the front of the next read; more has a buffer of its own, which grows with the frame, and
 * all those together are bounded.
 *
 * <p>Where there is no memory for more, it is taken from the client that has gone longest without finishing a frame: one that is about
 * to finish its own in a moment is never that one, while one that sends slowly, or sends and does not read, becomes it.
 *
 * <p>Belongs to one selector's thread.
 */
final class PendingInput {
    /** Up to here, what is left of a read is copied before the next one. */
    static final int COPIED_MAX = 4096;
    private static final int GROWTH = 4;

    private final int lengthMax;
    private final int lengthMin;
    private final long bytesMax;
    /** Those with more than is copied, the one that has gone longest without a whole frame first. */
    private final LinkedHashSet<Connection> holders = new LinkedHashSet<>();
    private long bytes;

    /**
     * @param lengthMin bytes of a buffer of its own, at least.
     * @param lengthMax bytes of the same, at most.
     * @param bytesMax  bytes of all of them together.
     */
    PendingInput(final int lengthMin, final int lengthMax, final long bytesMax) {
        this.lengthMin = lengthMin;
        this.lengthMax = lengthMax;
        this.bytesMax = bytesMax;
    }

    /** Makes room for more of a long frame; says whether there is memory for it. */
    boolean tryGrow(final Connection connection) {
        if (connection.pendingLength * 2 <= connection.pending.length) {
            return true;
        }
        final int wanted = Math.min(lengthMax, Math.max(connection.pendingLength * GROWTH, lengthMin));
        final int length = Math.max(wanted, connection.pendingLength + 1);
        if (!hasRoomFor(connection, length)) {
            return false;
        }
        replace(connection, Arrays.copyOf(connection.pending, length));
        return true;
    }

    /**
     * Keeps what was not taken: the bytes of an array from a place on.
     *
     * @return whether there is memory for it; if not, nothing has been kept.
     */
    boolean keep(final Connection connection, final byte[] from, final int taken, final int left) {
        if (left == 0) {
            if (connection.pending.length > COPIED_MAX) {
                replace(connection, Connection.NOTHING);
            }
        } else if (from == connection.pending) {
            System.arraycopy(from, taken, from, 0, left);
        } else {
            if (connection.pending.length < left) {
                final int length = Math.max(COPIED_MAX, left);
                if (!hasRoomFor(connection, length)) {
                    return false;
                }
                replace(connection, new byte[length]);
            }
            System.arraycopy(from, taken, connection.pending, 0, left);
        }
        connection.pendingLength = left;
        if (taken > 0 && connection.pending.length > COPIED_MAX) {
            holders.remove(connection);
            holders.add(connection);
        }
        return true;
    }

    void drop(final Connection connection) {
        replace(connection, Connection.NOTHING);
        connection.pendingLength = 0;
    }

    /** Who is to make room when there is none: never one that waits for the broker. {@code null} where there is nobody. */
    Connection slowest() {
        for (final Connection connection : holders) {
            if (!connection.isStalled) {
                return connection;
            }
        }
        return null;
    }

    /** Of all buffers. */
    long bytes() {
        return bytes;
    }

    private boolean hasRoomFor(final Connection connection, final int length) {
        return bytes + length - connection.pending.length <= bytesMax;
    }

    private void replace(final Connection connection, final byte[] buffer) {
        bytes += buffer.length - connection.pending.length;
        connection.pending = buffer;
        if (buffer.length > COPIED_MAX) {
            holders.add(connection);
        } else if (!holders.isEmpty()) {
            holders.remove(connection);
        }
    }
}
