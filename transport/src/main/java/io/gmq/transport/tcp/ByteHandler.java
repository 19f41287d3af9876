package io.gmq.transport.tcp;

import org.agrona.DirectBuffer;

/** Hears what one connection receives. Called from the connection's selector thread. */
public interface ByteHandler {
    /**
     * Bytes have arrived, or those of an earlier call are offered again because they were not all taken.
     *
     * @param bytes the selector's; valid during the call.
     * @return up to where they were taken; what is left is offered again, with more behind it or when there is room.
     */
    int onBytes(byte[] bytes, int from, int to);

    /**
     * More bytes of a long frame have arrived; they are looked at where they are, so that the frame need not be put together before it is
     * whole.
     *
     * @param bytes  the selector's; valid during the call.
     * @param before how many bytes there are before these that were offered and not taken.
     * @return whether to offer all of them now; otherwise they are kept, and offered with those that follow.
     */
    default boolean isOfUse(final DirectBuffer bytes, final int from, final int to, final int before) {
        return true;
    }

    /**
     * The client's socket has taken something; called again until it returns that all that this brings about has been passed
     * on.
     */
    boolean onFlushed();

    /**
     * Asked once, of a new connection: the frame that ends it if its client does not show in time who it is
     * ({@link Connection#onKnown}); {@code null} where nobody wants to know.
     */
    default byte[] lateFrame() {
        return null;
    }

    /** The connection is gone; called until it returns that this has been passed on. */
    boolean onClosed();
}
