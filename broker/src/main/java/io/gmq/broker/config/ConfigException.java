package io.gmq.broker.config;

/**
 * A configuration the broker does not start with. The message is the one line that a person needs: key, value, where it
 * stands and what would be right. It holds no secret and no line break.
 */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConfigException(final String message) {
        super(message.replaceAll("\\p{Cntrl}", "?"));
    }
}
