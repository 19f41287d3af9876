package io.gmq.broker.auth;

/** The users' file cannot be used, or not be changed so. The message is the one line that a person needs; it holds no secret. */
public final class UsersException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsersException(final String message) {
        super(message);
    }
}
