package io.gmq.broker.archive;

/** An archive and a journal do not belong together; only a person can say which one is right. */
final class OtherJournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OtherJournalException(final String message) {
        super(message);
    }
}
