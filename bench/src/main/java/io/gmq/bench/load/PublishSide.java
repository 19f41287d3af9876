package io.gmq.bench.load;

/** The side of a connection that publishes: one constant frame, and how its confirmations look ({@link Tally#confirmed}). */
public interface PublishSide extends Side {
    /** What is published over and over. */
    PublishFrame frame();

    /** Each frame is answered; where not, the window is bounded by what the consumers have got. */
    default boolean isConfirming() {
        return true;
    }

    /** Messages that a queue may hold, as the broker has said when it was asked for; without end where it has not. */
    default long capacity() {
        return Long.MAX_VALUE;
    }
}
