package io.gmq.engine.api;

/** What can be set for one queue, beside its dead letter queue. The order is part of the format of recorded commands. */
public enum Setting {
    /** Messages the queue may hold, in all states together. */
    CAPACITY("capacity"),
    /** Bytes of a message. */
    MAX_MESSAGE_LENGTH("max_message_length"),
    /** How long a lease lasts where the request does not say. */
    LEASE_MS("lease_ms"),
    /** How often a message may be given out; 0 for as often as needed. */
    MAX_ATTEMPTS("max_attempts"),
    /** Time to live of messages that bring none; 0 for ever. */
    TTL_MS("ttl_ms"),
    /** A code of {@link OnFull}. */
    ON_FULL("on_full"),
    /** 1 while nothing is given out. */
    PAUSED("paused");

    private final String word;

    Setting(final String word) {
        this.word = word;
    }

    /** Its name in the protocol. */
    public String word() {
        return word;
    }

    /** One bit of a set of settings. */
    public int bit() {
        return 1 << ordinal();
    }
}
