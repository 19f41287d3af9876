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
    String state;
    String reason;

    void reset() {
        id = -1;
        payload = null;
        text = null;
        attempt = 1;
        priority = OutgoingMessage.PRIORITY_DEFAULT;
        publishedMs = -1;
        headers = Map.of();
        state = null;
        reason = null;
    }

    Message build(final String queue) {
        if (payload == null && text == null) {
            payload = EMPTY;
        }
        return new Message(queue, this);
    }
}
