package io.gmq.client;

import java.time.Duration;

/**
 * How messages are pushed. Immutable; each method that sets something gives new options.
 *
 * <pre>
 *   client.consume("orders", ConsumeOptions.credit(100).lease(Duration.ofMinutes(1)).asText());
 * </pre>
 */
public final class ConsumeOptions {
    private static final int CREDIT_MAX = 100_000;

    final int credit;
    final long leaseMs;
    final boolean keep;
    final boolean asText;
    final boolean details;

    private ConsumeOptions(
        final int credit, final long leaseMs, final boolean keep, final boolean asText, final boolean details) {
        this.credit = credit;
        this.leaseMs = leaseMs;
        this.keep = keep;
        this.asText = asText;
        this.details = details;
    }

    /**
     * Up to this many messages, 1 to 100,000, may be unsettled at a time. They are held by this client, so this also bounds its
     * memory.
     */
    public static ConsumeOptions credit(final int messages) {
        return new ConsumeOptions(checked(messages), -1, false, false, false);
    }

    static int checked(final int credit) {
        return Checks.range("credit", credit, 1, CREDIT_MAX);
    }

    /**
     * For how long each message is this client's to settle, counted from when the broker sends it. Zero settles it as it is sent;
     * credit then comes only from {@link Consumer#credit}.
     */
    public ConsumeOptions lease(final Duration lease) {
        return new ConsumeOptions(credit, Checks.millis("lease", lease), keep, asText, details);
    }

    /** Leaves the leases standing when this connection closes; without it they end with the connection. */
    public ConsumeOptions keep() {
        return new ConsumeOptions(credit, leaseMs, true, asText, details);
    }

    /** Asks for text instead of base64 where a message's bytes are UTF-8: cheaper for those who want text. */
    public ConsumeOptions asText() {
        return new ConsumeOptions(credit, leaseMs, keep, true, details);
    }

    /** Asks for the time of publishing with each message. */
    public ConsumeOptions details() {
        return new ConsumeOptions(credit, leaseMs, keep, asText, true);
    }
}
