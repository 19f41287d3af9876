package io.gmq.client;

import java.util.Objects;

/**
 * How a request to publish is carried out, whatever it publishes. Immutable; each method that sets something gives new options.
 *
 * <pre>
 *   client.publish("orders", message, PublishOptions.NONE.producer("till-7", 4711).durability(Durability.SYNCED));
 * </pre>
 */
public final class PublishOptions {
    /** Confirmed at the level that the broker is configured with; published again when it is sent again. */
    public static final PublishOptions NONE = new PublishOptions(null, null, 0);

    final Durability durability;
    /** {@code null} where the request is not idempotent. */
    final String producer;
    final long sequence;

    private PublishOptions(final Durability durability, final String producer, final long sequence) {
        this.durability = durability;
        this.producer = producer;
        this.sequence = sequence;
    }

    /** The reply comes when the messages have reached this level. */
    public PublishOptions durability(final Durability level) {
        return new PublishOptions(level, producer, sequence);
    }

    /**
     * Makes the request safe to repeat, above all after a {@link GmqUnknownOutcomeException}: what is not above the last sequence that
     * the broker has accepted from this producer is not stored again; {@link Published#duplicate} tells.
     *
     * @param producer who publishes; a name that no other producer has.
     * @param sequence a number that grows from one of its requests to the next, in the order in which they are sent.
     */
    public PublishOptions producer(final String producer, final long sequence) {
        return new PublishOptions(durability, Objects.requireNonNull(producer, "producer"), sequence);
    }
}
