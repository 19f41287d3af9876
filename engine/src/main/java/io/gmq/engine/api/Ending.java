package io.gmq.engine.api;

/** How a message ends. The words are stored in archives, the codes in snapshots: never rename or renumber. */
public enum Ending {
    /** Settled for good, or taken without a lease. */
    ACKED("acked"),
    /** Its time to live was over. */
    EXPIRED("expired"),
    /** To make room in a queue that drops its oldest. */
    DROPPED("dropped"),
    PURGED("purged"),
    /** With its queue. */
    DELETED("deleted"),
    /** It went on to a dead letter queue, as another message. */
    DEAD_LETTERED("dead_lettered");

    private static final Ending[] BY_CODE = values();

    private final String word;

    Ending(final String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    public byte code() {
        return (byte) ordinal();
    }

    public static Ending of(final byte code) {
        return BY_CODE[code];
    }
}
