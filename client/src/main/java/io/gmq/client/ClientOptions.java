package io.gmq.client;

import java.time.Duration;
import java.util.Objects;

/** How a client behaves. Immutable; each method that sets something gives new options. */
public final class ClientOptions {
    /** 5 s to connect, 30 s for a reply, 4096 requests on their way, replies of up to 128 MiB. */
    public static final ClientOptions DEFAULT = new ClientOptions(5_000, 30_000, 4096, 128 << 20, null, null, null);

    final int connectTimeoutMs;
    final long requestTimeoutMs;
    final int maxInFlight;
    final int maxReplyLength;
    /** {@code null} without TLS. */
    final TlsOptions tls;
    /** {@code null} where the client does not say who it is. */
    final String user;
    final String password;

    private ClientOptions(
        final int connectTimeoutMs,
        final long requestTimeoutMs,
        final int maxInFlight,
        final int maxReplyLength,
        final TlsOptions tls,
        final String user,
        final String password) {
        this.connectTimeoutMs = connectTimeoutMs;
        this.requestTimeoutMs = requestTimeoutMs;
        this.maxInFlight = maxInFlight;
        this.maxReplyLength = maxReplyLength;
        this.tls = tls;
        this.user = user;
        this.password = password;
    }

    /** How long connecting may take, at least 1 ms. */
    public ClientOptions connectTimeout(final Duration timeout) {
        final long ms = Math.min(Integer.MAX_VALUE, Checks.millis("connectTimeout", timeout));
        return new ClientOptions(Math.max(1, (int) ms), requestTimeoutMs, maxInFlight, maxReplyLength, tls, user, password);
    }

    /**
     * How long a reply may take before its future fails with {@link GmqUnknownOutcomeException}, at least 1 ms. For a take that
     * waits, the time it waits comes on top. Looked at a few times a second, so it may be somewhat later.
     */
    public ClientOptions requestTimeout(final Duration timeout) {
        return new ClientOptions(
            connectTimeoutMs, Math.max(1, Checks.millis("requestTimeout", timeout)), maxInFlight, maxReplyLength, tls, user, password);
    }

    /** How many requests may be without a reply, 1 to 1,048,576; who sends one more waits until there is room. */
    public ClientOptions maxInFlight(final int requests) {
        return new ClientOptions(
            connectTimeoutMs, requestTimeoutMs, Checks.range("maxInFlight", requests, 1, 1 << 20), maxReplyLength, tls, user, password);
    }

    /** The longest reply that is read, in bytes; a longer one breaks the connection. */
    public ClientOptions maxReplyLength(final int bytes) {
        return new ClientOptions(
            connectTimeoutMs, requestTimeoutMs, maxInFlight, Checks.range("maxReplyLength", bytes, 1024, Integer.MAX_VALUE - 64), tls, user,
            password);
    }

    /** Connects with TLS. The time for connecting holds for its handshake, too. */
    public ClientOptions tls(final TlsOptions options) {
        return new ClientOptions(
            connectTimeoutMs, requestTimeoutMs, maxInFlight, maxReplyLength, Objects.requireNonNull(options, "options"), user, password);
    }

    /** Who the client is, where the broker has accounts: said before anything else, when it connects. */
    public ClientOptions credentials(final String user, final String password) {
        return new ClientOptions(connectTimeoutMs, requestTimeoutMs, maxInFlight, maxReplyLength, tls, Objects.requireNonNull(user, "user"),
            Objects.requireNonNull(password, "password"));
    }
}
