package io.gmq.engine.api;

/** Where a message that is held stands. The words and the bits are part of the protocol and of recorded commands. */
public enum MessageState {
    /** Not to be given out before its time. */
    DELAYED("delayed"),
    /** To be given out next, in the order of priority and then id. */
    READY("ready"),
    /** Given to somebody who has not settled it. */
    LEASED("leased"),
    /** Set aside until it is kicked. */
    PARKED("parked");

    /** All states but {@link #LEASED}: what a purge takes that names none. */
    public static final int ALL_BUT_LEASED = DELAYED.bit() | READY.bit() | PARKED.bit();

    private static final MessageState[] BY_CODE = values();

    private final String word;

    MessageState(final String word) {
        this.word = word;
    }

    /** The word for it in the protocol. */
    public String word() {
        return word;
    }

    public byte code() {
        return (byte) ordinal();
    }

    /** One bit of a set of states. */
    public int bit() {
        return 1 << ordinal();
    }

    public static MessageState of(final byte code) {
        return BY_CODE[code];
    }
}
