package io.gmq.transport.tcp;

import java.io.IOException;

/** Client and broker do not understand each other, and the connection has to end. The message says why, on one line. */
public final class LinkException extends IOException {
    private static final long serialVersionUID = 1;

    private final transient byte[] lastBytes;

    /** @param lastBytes what the client gets to see of it, as it goes to its socket; may be empty. */
    public LinkException(final String message, final byte[] lastBytes, final Throwable cause) {
        super(message, cause);
        this.lastBytes = lastBytes.clone();
    }

    byte[] lastBytes() {
        return lastBytes;
    }
}
