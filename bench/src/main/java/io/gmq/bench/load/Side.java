package io.gmq.bench.load;

import org.agrona.DirectBuffer;

/** What one connection knows of its protocol. Belongs to the thread of the connection; allocates nothing once it is open. */
public interface Side {
    /** What the connection sends first; nothing where the protocol has no opening. */
    default byte[] opening() {
        return new byte[0];
    }

    /** All that answers the opening has come: the run may begin. */
    default boolean isOpen() {
        return true;
    }

    /**
     * Reads replies, and reports them to the tally. Nothing is read twice: what has been consumed does not come again, the rest comes
     * again with more behind it. It must be shorter than {@link LoadThread#INPUT_BYTES} / 2, so a long message is consumed in parts.
     *
     * @param in   what has come; valid during the call.
     * @param from the first byte that was not consumed before.
     * @param to   the end.
     * @return the end of what is consumed now.
     * @throws LoadException for a refusal, with the broker's words, and for whatever else is not as the protocol has it.
     */
    int read(DirectBuffer in, int from, int to, Tally tally);
}
