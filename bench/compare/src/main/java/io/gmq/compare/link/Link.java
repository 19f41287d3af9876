package io.gmq.compare.link;

/**
 * A producer and a consumer on one queue of a broker, by the broker's official Java client, used the way its manual recommends for
 * throughput. The queue is new, and gone with the link.
 *
 * <p>One thread publishes, one polls, and the client's own report confirmations to the {@link Flow}.
 */
public interface Link {
    /** Publishes without waiting for the confirmation, which goes to {@link Flow#confirmed}. The array is the link's from then on. */
    void publish(byte[] payload) throws Exception;

    /** Called when the window is full: sends what the link has collected, if it does. */
    default void flush() throws Exception {
    }

    /**
     * Subscribes, where the client's own threads hand messages to {@link Flow#received} and settle them. Called before anything is
     * published.
     */
    default void subscribe() throws Exception {
    }

    /**
     * Takes messages, hands them to {@link Flow#received} and settles them, until {@link Flow#isOver}, where the client is to be asked
     * for them.
     */
    default void poll() throws Exception {
    }

    /** Publishes one message and returns when it is confirmed. Nothing else is on its way. */
    void publishAndWait(byte[] payload) throws Exception;

    /** Ends the connections and removes the queue. */
    void close() throws Exception;
}
