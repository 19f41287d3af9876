package io.gmq.client;

/**
 * A request was handed to the connection and its reply never came: the connection broke, was closed, or the time was up. What it
 * asked for may or may not have happened. Taking, settling and looking can simply be tried again. A publish that is tried again may put
 * its message there twice, unless it names a {@link PublishOptions#producer producer and sequence}.
 */
public final class GmqUnknownOutcomeException extends GmqException {
    private static final long serialVersionUID = 1L;

    GmqUnknownOutcomeException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
