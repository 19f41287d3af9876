package io.gmq.client;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What to set of a queue; what is not named stays as it is. Immutable; each method that sets something gives new options.
 *
 * <pre>
 *   client.configure("orders", ConfigureOptions.NONE.maxAttempts(5).deadLetter("orders-dead"));
 * </pre>
 */
public final class ConfigureOptions {
    /** Sets nothing; the queue is created where there is none. */
    public static final ConfigureOptions NONE = new ConfigureOptions(Map.of());

    /** By the protocol's names, in the order in which they were set: numbers, strings and truth values. */
    final Map<String, Object> members;

    private ConfigureOptions(final Map<String, Object> members) {
        this.members = members;
    }

    private ConfigureOptions with(final String name, final Object value) {
        final Map<String, Object> all = new LinkedHashMap<>(members);
        all.put(name, value);
        return new ConfigureOptions(Collections.unmodifiableMap(all));
    }

    /** How many messages it may hold, in all states together; at most what the broker allows. */
    public ConfigureOptions capacity(final int messages) {
        return with("capacity", (long) messages);
    }

    /** How many bytes a message may have; at most what the broker allows. */
    public ConfigureOptions maxMessageLength(final int bytes) {
        return with("max_message_length", (long) bytes);
    }

    /** For how long messages are leased to those who do not say how long. */
    public ConfigureOptions lease(final Duration lease) {
        return with("lease_ms", Checks.millis("lease", lease));
    }

    /** How often a message is given out before it becomes a dead letter, or is parked where there is no such queue; 0: without end. */
    public ConfigureOptions maxAttempts(final int attempts) {
        return with("max_attempts", (long) attempts);
    }

    /** The queue that takes what has expired or has used up its attempts; the empty string for none. */
    public ConfigureOptions deadLetter(final String queue) {
        return with("dead_letter", Objects.requireNonNull(queue, "deadLetter"));
    }

    /** When messages expire whose publisher did not say; zero: never. For those published from then on. */
    public ConfigureOptions ttl(final Duration ttl) {
        return with("ttl_ms", Checks.millis("ttl", ttl));
    }

    /** What becomes of a message for which there is no room. */
    public ConfigureOptions onFull(final OnFull onFull) {
        return with("on_full", onFull.word());
    }

    /** Whether it gives no messages for now. Publishing and settling go on. */
    public ConfigureOptions paused(final boolean paused) {
        return with("paused", paused);
    }
}
