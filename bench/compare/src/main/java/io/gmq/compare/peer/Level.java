package io.gmq.compare.peer;

/** What a confirmed message survives; the words are GMQ's. Rows of one level are compared with each other. */
public enum Level {
    /** Nothing. */
    MEMORY("memory"),
    /** The death of the broker's process: the operating system has it. */
    WRITTEN("written"),
    /** A loss of power: it was synced to disk before the confirmation. */
    SYNCED("synced");

    private final String word;

    Level(final String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
