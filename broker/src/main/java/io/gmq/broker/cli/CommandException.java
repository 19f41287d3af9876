package io.gmq.broker.cli;

/** A command cannot do what it was asked; the message is the line that its user sees. */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With the line, and what led to it, or null. */
    public CommandException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
