package io.gmq.engine.api;

/** What can be stored at present, as the host's journal sees it. */
public enum StorageState {
    /** Everything. */
    READY("ready"),
    /** No more messages, since there is too little room on disk; what is here can be taken and settled. */
    FULL("full"),
    /** Nothing: whatever stores does not answer. */
    AWAY("away");

    private static final StorageState[] BY_CODE = values();

    private final String word;

    StorageState(final String word) {
        this.word = word;
    }

    /** The word for it in documents. */
    public String word() {
        return word;
    }

    /** Part of the journal's format. */
    public byte code() {
        return (byte) ordinal();
    }

    /** @throws IllegalArgumentException if no state has this code: the record is of a newer version, or damaged. */
    public static StorageState of(final int code) {
        if (code < 0 || code >= BY_CODE.length) {
            throw new IllegalArgumentException("unknown state of the storage " + code);
        }
        return BY_CODE[code];
    }
}
