package io.gmq.engine.api;

/** What becomes of a publish to a queue that is full. The codes are part of the format of recorded commands. */
public enum OnFull {
    /** It is refused. */
    REJECT("reject"),
    /** The message with the lowest id that is not leased goes. */
    DROP_OLDEST("drop_oldest");

    private static final OnFull[] BY_CODE = values();

    private final String word;

    OnFull(final String word) {
        this.word = word;
    }

    /** The word for it in the protocol. */
    public String word() {
        return word;
    }

    public byte code() {
        return (byte) ordinal();
    }

    public static OnFull of(final long code) {
        return BY_CODE[(int) code];
    }
}
