package io.gmq.bench.load;

import java.util.List;

/**
 * A protocol that the generator can load a broker with: makes the two sides of it, which hold what one connection knows. A wire holds
 * no state of a run and may be used for many.
 */
public interface Wire {
    /** What it is called in reports. */
    String name();

    /**
     * The side of a producer's connection.
     *
     * @param queues where it publishes to, by turns, one frame each.
     */
    PublishSide publisher(LoadPlan plan, List<String> queues);

    /**
     * The side of a consumer's connection.
     *
     * @param queues where its messages come from; producers fill them by turns in this order.
     */
    ConsumeSide consumer(LoadPlan plan, List<String> queues);

    /** What a connection that does nothing sends first, and is answered with at least one byte; none where it is silent. */
    default byte[] idle() {
        return new byte[0];
    }

    /** What is sent at the end of a run so that nothing of these queues stays in the broker; its answers are not read. */
    default byte[] cleanUp(final List<String> queues) {
        return new byte[0];
    }
}
