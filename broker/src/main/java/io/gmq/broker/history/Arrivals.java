package io.gmq.broker.history;

import io.gmq.engine.api.StateMachine;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/**
 * Finds what came into a queue: by its name, by topics that it was bound to then, and as dead letters. Owned by one thread.
 */
public final class Arrivals {
    private final Witness witness;
    private final Publications publications;
    private final String queue;

    /** Begins with a state of the past. */
    public Arrivals(final StateMachine engine, final String queue) {
        witness = new Witness(engine);
        publications = new Publications(witness);
        this.queue = queue;
    }

    /** Applies a record. */
    public void apply(final DirectBuffer buffer, final int offset, final int length) {
        witness.apply(buffer, offset, length);
    }

    /** Applies a record and tells what came into the queue with it. */
    public void apply(
        final long timeMs, final DirectBuffer buffer, final int offset, final int length, final Consumer<Arrival> listener) {
        witness.apply(buffer, offset, length);
        publications.into(queue, timeMs, buffer, offset, listener);
    }
}
