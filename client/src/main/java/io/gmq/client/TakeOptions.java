package io.gmq.client;

import java.time.Duration;

/**
 * How to take messages. Immutable; each method that sets something gives new options.
 *
 * <pre>
 *   client.take("orders", TakeOptions.max(10).wait(Duration.ofSeconds(5)).lease(Duration.ofMinutes(1)));
 * </pre>
 */
public final class TakeOptions {
    /** One message, if there is one now, leased for as long as the queue is configured. */
    public static final TakeOptions ONE = new TakeOptions(1, 0, -1, false, false, false, null);

    final int max;
    final long waitMs;
    final long leaseMs;
    final boolean keep;
    final boolean asText;
    final boolean details;
    final Durability durability;

    private TakeOptions(
        final int max,
        final long waitMs,
        final long leaseMs,
        final boolean keep,
        final boolean asText,
        final boolean details,
        final Durability durability) {
        this.max = max;
        this.waitMs = waitMs;
        this.leaseMs = leaseMs;
        this.keep = keep;
        this.asText = asText;
        this.details = details;
        this.durability = durability;
    }

    /** Up to this many messages, 1 to 1000: those that are there, never waiting for more than the first. */
    public static TakeOptions max(final int messages) {
        return new TakeOptions(Checks.range("max", messages, 1, 1000), 0, -1, false, false, false, null);
    }

    /** Waits this long for the first message; creates the queue if there is none yet. */
    public TakeOptions wait(final Duration wait) {
        return new TakeOptions(max, Checks.millis("wait", wait), leaseMs, keep, asText, details, durability);
    }

    /** For how long the messages are this client's to settle; zero settles them at once. */
    public TakeOptions lease(final Duration lease) {
        return new TakeOptions(max, waitMs, Checks.millis("lease", lease), keep, asText, details, durability);
    }

    /** Leaves the leases standing when this connection closes; without it they end with the connection. */
    public TakeOptions keep() {
        return new TakeOptions(max, waitMs, leaseMs, true, asText, details, durability);
    }

    /** Asks for text instead of base64 where a message's bytes are UTF-8: cheaper for those who want text. */
    public TakeOptions asText() {
        return new TakeOptions(max, waitMs, leaseMs, keep, true, details, durability);
    }

    /** Asks for the time of publishing with each message. */
    public TakeOptions details() {
        return new TakeOptions(max, waitMs, leaseMs, keep, asText, true, durability);
    }

    /** For takes that settle at once (a lease of zero): how far that must have come. */
    public TakeOptions durability(final Durability level) {
        return new TakeOptions(max, waitMs, leaseMs, keep, asText, details, level);
    }
}
