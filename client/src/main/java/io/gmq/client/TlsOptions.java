package io.gmq.client;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * How a client convinces itself of the broker, and the broker of itself, by certificates. Immutable; each method that sets something
 * gives new options. The files are read anew at each connect.
 *
 * <p>The broker's certificate must be for the host that is connected to. TLS is 1.3, or 1.2 with a broker that has nothing newer.
 */
public final class TlsOptions {
    /** Believes whom the Java installation believes, and has no certificate of its own. */
    public static final TlsOptions DEFAULT = new TlsOptions(null, null, null);

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final String ALIAS = "gmq";
    private static final char[] NO_PASSWORD = {};

    private final Path ca;
    private final Path certificate;
    private final Path key;

    private TlsOptions(final Path ca, final Path certificate, final Path key) {
        this.ca = ca;
        this.certificate = certificate;
        this.key = key;
    }

    /** Believes the certificates in this file, in PEM, and no others; one that vouches for itself among them. */
    public TlsOptions ca(final Path pem) {
        return new TlsOptions(Objects.requireNonNull(pem, "pem"), certificate, key);
    }

    /**
     * Shows a certificate to a broker that asks for one.
     *
     * @param chain the certificate and those that vouch for it, in PEM.
     * @param its   its key, in PEM and not encrypted; may be in the same file.
     */
    public TlsOptions certificate(final Path chain, final Path its) {
        return new TlsOptions(ca, Objects.requireNonNull(chain, "chain"), Objects.requireNonNull(its, "its"));
    }

    /**
     * Agrees with the broker on a connected socket.
     *
     * @throws SSLException if one of both does not accept the other.
     */
    static Socket handshake(final SSLContext context, final Socket socket, final String host, final int port) throws IOException {
        final SSLSocket secured = (SSLSocket) context.getSocketFactory().createSocket(socket, host, port, true);
        final SSLParameters parameters = secured.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    /**
     * What these options come to, for one who speaks the protocol without this library.
     *
     * @throws IllegalArgumentException if a file cannot be used.
     */
    public SSLContext context() {
        try {
            final SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(), believed(), null);
            return context;
        } catch (final GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("the certificates for TLS cannot be used: " + e.getMessage(), e);
        }
    }

    private KeyManager[] keys() throws GeneralSecurityException, IOException {
        if (certificate == null) {
            return new KeyManager[0];
        }
        final List<X509Certificate> chain = new PemFile(certificate).certificates();
        final KeyStore store = emptyStore();
        store.setKeyEntry(ALIAS, new PemFile(key).key(chain.get(0).getPublicKey().getAlgorithm()), NO_PASSWORD,
            chain.toArray(Certificate[]::new));
        final KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    /** {@code null} for those whom Java believes. */
    private TrustManager[] believed() throws GeneralSecurityException, IOException {
        if (ca == null) {
            return null;
        }
        final List<X509Certificate> certificates = new PemFile(ca).certificates();
        final KeyStore store = emptyStore();
        for (int i = 0; i < certificates.size(); i++) {
            store.setCertificateEntry(ALIAS + i, certificates.get(i));
        }
        final TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        final KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    /** Why there is no agreement: the innermost cause says it, and what to do about the common ones. */
    static String reason(final SSLException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        final String message = String.valueOf(cause.getMessage());
        if (message.contains("unable to find valid certification path")) {
            return "nobody whom this client believes vouches for the broker's certificate; name one with a CA file";
        }
        if (message.contains("protocol_version") || message.contains("Unsupported or unrecognized SSL message")) {
            return "that port does not speak TLS; use the broker's port for it, or connect without";
        }
        if (message.contains("bad_certificate") || message.contains("certificate_required")
            || message.contains("certificate_unknown") || message.contains("unknown_ca")) {
            return "the broker did not accept this client's certificate, or wants one (" + message + ")";
        }
        return message;
    }
}
