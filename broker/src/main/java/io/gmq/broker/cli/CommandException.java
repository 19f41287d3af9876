package io.gmq.broker.cli;

/** A command cannot do what it was asked; the message is the line that its user sees. */
final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
