package io.gmq.client;

/** What a full queue does about a message that is published to it. */
public enum OnFull {
    /** It refuses the message, with {@code queue_full}. */
    REJECT("reject"),
    /** It drops its oldest message that is not leased; where all are, it refuses. */
    DROP_OLDEST("drop_oldest");

    private static final OnFull[] ALL = values();

    private final String word;

    OnFull(final String word) {
        this.word = word;
    }

    /** The word for it in the protocol. */
    public String word() {
        return word;
    }

    /**
     * What a word stands for.
     *
     * @throws IllegalArgumentException if it is none of them.
     */
    public static OnFull ofWord(final String word) {
        for (final OnFull onFull : ALL) {
            if (onFull.word.equals(word)) {
                return onFull;
            }
        }
        throw new IllegalArgumentException("'" + word + "' is nothing a full queue can do; there are reject and drop_oldest");
    }
}
