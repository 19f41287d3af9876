package io.gmq.transport.tcp;

import java.util.Arrays;

/**
 * What the connections of one selector have sent and nobody has taken yet, because it is no whole frame or because there was
 * no room. Little of it is copied to the front of the next read; more has a buffer of its own, which grows with the frame, and
 * all those together are bounded.
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
        if (bytes + length - connection.pending.length > bytesMax) {
            return false;
        }
        replace(connection, Arrays.copyOf(connection.pending, length));
        return true;
    }

    /** Keeps what was not taken: the bytes of an array from a place on. */
    void keep(final Connection connection, final byte[] from, final int taken, final int left) {
        if (left == 0) {
            if (connection.pending.length > COPIED_MAX) {
                replace(connection, Connection.NOTHING);
            }
        } else if (from == connection.pending) {
            System.arraycopy(from, taken, from, 0, left);
        } else {
            if (connection.pending.length < left) {
                replace(connection, new byte[Math.max(COPIED_MAX, left)]);
            }
            System.arraycopy(from, taken, connection.pending, 0, left);
        }
        connection.pendingLength = left;
    }

    void drop(final Connection connection) {
        replace(connection, Connection.NOTHING);
        connection.pendingLength = 0;
    }

    private void replace(final Connection connection, final byte[] buffer) {
        bytes += buffer.length - connection.pending.length;
        connection.pending = buffer;
    }
}
