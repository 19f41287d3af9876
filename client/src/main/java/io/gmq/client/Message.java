package io.gmq.client;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A message that was taken, pushed or looked at. It does not change and may be handed from thread to thread. */
public final class Message {
    private final String queue;
    private final long id;
    private final int attempt;
    private final int priority;
    private final long publishedMs;
    private final Map<String, String> headers;
    private final String state;
    private final String reason;
    // One of the two, as it came; the other is made from it when asked for, again each time.
    private final byte[] payload;
    private final String text;

    Message(final String queue, final MessageMembers members) {
        this.queue = queue;
        id = members.id;
        attempt = members.attempt;
        priority = members.priority;
        publishedMs = members.publishedMs;
        headers = members.headers;
        state = members.state;
        reason = members.reason;
        payload = members.payload;
        text = members.text;
    }

    /** The queue it is from. */
    public String queue() {
        return queue;
    }

    /** Its id, unique in the broker. */
    public long id() {
        return id;
    }

    /** Its bytes. For a message that came as bytes this is the one array that holds them: whoever changes it changes the message. */
    public byte[] payload() {
        return payload != null ? payload : text.getBytes(StandardCharsets.UTF_8);
    }

    /** Its bytes as UTF-8, with U+FFFD for what is none. */
    public String text() {
        return text != null ? text : new String(payload, StandardCharsets.UTF_8);
    }

    /** Whether the broker sent it as text, as it does with {@link TakeOptions#asText} where the bytes are UTF-8. */
    public boolean isText() {
        return text != null;
    }

    /** How often it has been given out, this time included; above 1 it may have been worked on before. */
    public int attempt() {
        return attempt;
    }

    /** 0 to 9, higher is delivered first. */
    public int priority() {
        return priority;
    }

    /** What the publisher wrote beside the payload, in the order it was written. */
    public Map<String, String> headers() {
        return headers;
    }

    /** When it was published; known only when asked for with {@code details}. */
    public Optional<Instant> publishedAt() {
        return publishedMs < 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(publishedMs));
    }

    /** Where it is, as the protocol's word; known only of one that was looked at with {@link GmqClient#peek}. */
    public Optional<String> state() {
        return Optional.ofNullable(state);
    }

    /** Why it was set aside, where somebody has said so; known only of one that was looked at. */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    @Override
    public String toString() {
        return "message " + id + " of queue '" + queue + "', attempt " + attempt;
    }
}
