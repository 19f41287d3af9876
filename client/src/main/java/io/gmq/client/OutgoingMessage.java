package io.gmq.client;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A message to publish: bytes or text, and what goes with it. Immutable; each method that sets something gives a new one.
 *
 * <pre>
 *   client.publish("orders", OutgoingMessage.of("hello").priority(7).delay(Duration.ofMinutes(1)).header("trace", "4711"));
 * </pre>
 */
public final class OutgoingMessage {
    /** The priority of a message that names none. */
    public static final int PRIORITY_DEFAULT = 4;

    final byte[] payload;
    final String text;
    final int priority;
    final long delayMs;
    /** 0 for none, -1 for what the queue is configured with. */
    final long ttlMs;
    final Map<String, String> headers;

    private OutgoingMessage(
        final byte[] payload,
        final String text,
        final int priority,
        final long delayMs,
        final long ttlMs,
        final Map<String, String> headers) {
        this.payload = payload;
        this.text = text;
        this.priority = priority;
        this.delayMs = delayMs;
        this.ttlMs = ttlMs;
        this.headers = headers;
    }

    /** A message of bytes; the array is not copied and must not change until the message has been published. */
    public static OutgoingMessage of(final byte[] payload) {
        return new OutgoingMessage(Objects.requireNonNull(payload, "payload"), null, PRIORITY_DEFAULT, 0, -1, Map.of());
    }

    /** A message of text, stored as its UTF-8 bytes. */
    public static OutgoingMessage of(final String text) {
        return new OutgoingMessage(null, Objects.requireNonNull(text, "text"), PRIORITY_DEFAULT, 0, -1, Map.of());
    }

    /** 0 to 9, higher is delivered first; 4 unless set. */
    public OutgoingMessage priority(final int priority) {
        return new OutgoingMessage(payload, text, Checks.priority(priority), delayMs, ttlMs, headers);
    }

    /** Not to be delivered before this much time has passed. */
    public OutgoingMessage delay(final Duration delay) {
        return new OutgoingMessage(payload, text, priority, Checks.millis("delay", delay), ttlMs, headers);
    }

    /**
     * Dropped, or put into the dead letter queue, when it has not been taken by then; counted from publishing. Zero: it may stay for
     * ever, also where the queue is configured otherwise.
     */
    public OutgoingMessage ttl(final Duration ttl) {
        return new OutgoingMessage(payload, text, priority, delayMs, Checks.millis("ttl", ttl), headers);
    }

    /** One more header; one of the same name is replaced. The broker takes up to 32, together up to 4096 bytes. */
    public OutgoingMessage header(final String name, final String value) {
        return headers(Map.of(name, value));
    }

    /** More headers; those of the same names are replaced. */
    public OutgoingMessage headers(final Map<String, String> more) {
        final Map<String, String> all = new LinkedHashMap<>(headers);
        more.forEach((name, value) ->
            all.put(Objects.requireNonNull(name, "name of a header"), Objects.requireNonNull(value, "value of a header")));
        return new OutgoingMessage(payload, text, priority, delayMs, ttlMs, Collections.unmodifiableMap(all));
    }
}
