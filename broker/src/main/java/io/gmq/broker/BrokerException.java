package io.gmq.broker;

/** Why a broker cannot start, in one line that says what to do. */
public final class BrokerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BrokerException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
