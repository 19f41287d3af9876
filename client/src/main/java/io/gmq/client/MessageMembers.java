package io.gmq.client;

import java.util.Map;

/** The members of a message while it is being read. */
final class MessageMembers {
    private static final byte[] EMPTY = new byte[0];

    long id;
    byte[] payload;
    String text;
    int attempt;
    int priority;
    long publishedMs;
    Map<String, String> headers;

    void reset() {
        id = -1;
        payload = null;
        text = null;
        attempt = 1;
        priority = OutgoingMessage.PRIORITY_DEFAULT;
        publishedMs = -1;
        headers = Map.of();
    }

    Message build(final String queue) {
        return new Message(
            queue, id, payload == null && text == null ? EMPTY : payload, text, attempt, priority, headers, publishedMs);
    }
}
