package io.gmq.engine.api;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The body of {@link CommandType#DIGEST}: what the state at the last {@link CommandType#CHECKPOINT} before it hashes to.
 *
 * <pre>
 *   i64 digest
 * </pre>
 */
public final class DigestCommand {
    /** Bytes of the whole command. */
    public static final int LENGTH = CommandHeader.LENGTH + Long.BYTES;

    private DigestCommand() {
    }

    /** Writes a body and returns the bytes of the whole command, which begins at {@code offset}. */
    public static int write(final MutableDirectBuffer buffer, final int offset, final long digest) {
        buffer.putLong(offset + CommandHeader.LENGTH, digest);
        return LENGTH;
    }

    public static long digest(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + CommandHeader.LENGTH);
    }
}
