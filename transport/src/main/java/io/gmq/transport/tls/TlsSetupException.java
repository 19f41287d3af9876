package io.gmq.transport.tls;

/** TLS cannot be had with the files that are named. The message is one line that names the file and says what to do. */
public final class TlsSetupException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TlsSetupException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
