package io.gmq.bench.load;

/** The load could not be brought to its end; the message is the line that its user sees. */
public final class LoadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With the broker's words, or what is wrong with them. */
    public LoadException(final String message) {
        super(message);
    }

    /** With what the operating system says. */
    public LoadException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
