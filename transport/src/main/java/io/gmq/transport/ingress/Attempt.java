package io.gmq.transport.ingress;

import io.gmq.transport.codec.Credentials;
import io.gmq.transport.tcp.Connection;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * One attempt of a client to be let in. Made by a selector's thread, decided once by the gate's, and read again by the selector's when it is
 * {@link #isDecided decided}; the connection waits meanwhile.
 */
public final class Attempt {
    /** What became of it. */
    enum Outcome {
        ACCEPTED, WRONG, NOT_SECURE, DEFERRED
    }

    private final Connection connection;
    private final byte[] user;
    private final byte[] password;
    private final boolean isOneShot;
    private Account account;
    private Outcome outcome;
    private long retryAfterMs;
    private volatile boolean isDecided;

    Attempt(final Connection connection, final Credentials credentials, final boolean isOneShot) {
        this.connection = connection;
        user = credentials.user();
        password = credentials.password();
        this.isOneShot = isOneShot;
    }

    /** The user's name as it was given, in UTF-8. */
    public byte[] user() {
        return user;
    }

    /** The password as it was given, in UTF-8; wiped when it is decided. */
    public byte[] password() {
        return password;
    }

    /** Whether it came in the form of the original's clients, who send tokens in the place of words. */
    public boolean isOneShot() {
        return isOneShot;
    }

    /** The client's, or {@code null} where that is not known. */
    public InetAddress address() {
        return connection.remoteAddress();
    }

    /** Whether nobody on the way could read it. */
    public boolean isSecure() {
        return connection.isSecure();
    }

    /** The gate's: the client is who it says. */
    public void accept(final Account its) {
        account = its;
        decide(Outcome.ACCEPTED);
    }

    /** The gate's: there is no such user, or it has another password. */
    public void refuse() {
        decide(Outcome.WRONG);
    }

    /** The gate's: credentials are not looked at where others can read them. */
    public void refuseUnsecured() {
        decide(Outcome.NOT_SECURE);
    }

    /** The gate's: there were too many attempts; it was not looked at. */
    public void defer(final long ms) {
        retryAfterMs = ms;
        decide(Outcome.DEFERRED);
    }

    private void decide(final Outcome its) {
        Arrays.fill(password, (byte) 0);
        outcome = its;
        isDecided = true;
        connection.release();
    }

    boolean isDecided() {
        return isDecided;
    }

    Outcome outcome() {
        return outcome;
    }

    Account account() {
        return account;
    }

    long retryAfterMs() {
        return retryAfterMs;
    }
}
