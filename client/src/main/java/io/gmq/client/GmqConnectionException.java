package io.gmq.client;

/** There is no connection, or no room on it: the request was not sent, so nothing has changed in the broker. */
public final class GmqConnectionException extends GmqException {
    private static final long serialVersionUID = 1L;

    GmqConnectionException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
