package io.gmq.client;

/** Where a message of a queue is. */
public enum MessageState {
    /** Not to be delivered yet. */
    DELAYED("delayed"),
    /** To be delivered next. */
    READY("ready"),
    /** Given to a consumer that has not settled it. */
    LEASED("leased"),
    /** Set aside until {@link GmqClient#kick}. */
    PARKED("parked");

    private static final MessageState[] ALL = values();

    private final String word;

    MessageState(final String word) {
        this.word = word;
    }

    /** The word for it in the protocol. */
    public String word() {
        return word;
    }

    /**
     * The state of a word.
     *
     * @throws IllegalArgumentException if there is none of that word.
     */
    public static MessageState ofWord(final String word) {
        for (final MessageState state : ALL) {
            if (state.word.equals(word)) {
                return state;
            }
        }
        throw new IllegalArgumentException("'" + word + "' is no state; there are delayed, ready, leased and parked");
    }
}
