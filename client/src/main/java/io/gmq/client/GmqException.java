package io.gmq.client;

/** What went wrong with a request or a connection; the subclasses say whether anything may have changed in the broker. */
public sealed class GmqException extends RuntimeException
    permits GmqConnectionException, GmqRefusedException, GmqUnknownOutcomeException {
    private static final long serialVersionUID = 1L;

    GmqException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
