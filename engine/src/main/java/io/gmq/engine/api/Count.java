package io.gmq.engine.api;

/** What is counted for each queue, in the order in which it is told. */
public enum Count {
    /** Messages held, in all states together. */
    LENGTH("length"),
    READY("ready"),
    DELAYED("delayed"),
    LEASED("leased"),
    PARKED("parked"),
    /** Payload bytes held. */
    BYTES("bytes"),
    CONSUMERS("consumers"),
    /** Messages that came, dead letters of other queues included. */
    PUBLISHED("published"),
    /** Times that a message was given out. */
    DELIVERED("delivered"),
    /** Messages settled for good, those taken without a lease included. */
    ACKED("acked"),
    /** Messages whose time to live had passed. */
    EXPIRED("expired"),
    /** Messages that went to the dead letter queue. */
    DEAD_LETTERED("dead_lettered"),
    /** Messages that made room for new ones. */
    DROPPED("dropped"),
    /** The age of the ready message with the lowest id; {@link #NONE} where none is ready. */
    OLDEST_READY_MS("oldest_ready_ms");

    /** Stands for no value. */
    public static final long NONE = -1;

    private final String word;

    Count(final String word) {
        this.word = word;
    }

    /** Its name in the protocol. */
    public String word() {
        return word;
    }
}
