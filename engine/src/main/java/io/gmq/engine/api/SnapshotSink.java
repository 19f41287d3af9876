package io.gmq.engine.api;

import org.agrona.DirectBuffer;

/** Hears the entries of a snapshot. What they mean is the engine's matter; whoever stores them keeps bytes and order. */
@FunctionalInterface
public interface SnapshotSink {
    /** For those who only want the digest. */
    SnapshotSink NONE = (head, headLength, tail, tailOffset, tailLength) -> { };

    /**
     * One entry, in two pieces that belong together. Never refused; copied before this returns.
     *
     * @param head its first bytes, from the buffer's beginning on.
     * @param tail the rest of it, which may be empty.
     */
    void entry(DirectBuffer head, int headLength, DirectBuffer tail, int tailOffset, int tailLength);
}
