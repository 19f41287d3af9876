package io.gmq.client;

import java.util.Objects;

/** Which messages to look at. Immutable; each method that sets something gives new options. */
public final class PeekOptions {
    final MessageState state;
    final int max;
    final boolean asText;
    final boolean details;

    private PeekOptions(final MessageState state, final int max, final boolean asText, final boolean details) {
        this.state = state;
        this.max = max;
        this.asText = asText;
        this.details = details;
    }

    /** Up to so many messages, 1 to 1000, that are in a state. */
    public static PeekOptions of(final MessageState state, final int max) {
        return new PeekOptions(Objects.requireNonNull(state, "state"), Checks.range("max", max, 1, 1000), false, false);
    }

    /** Asks for text instead of base64 where a message's bytes are UTF-8: cheaper for those who want text. */
    public PeekOptions asText() {
        return new PeekOptions(state, max, true, details);
    }

    /** Asks for the time of publishing with each message. */
    public PeekOptions details() {
        return new PeekOptions(state, max, asText, true);
    }
}
