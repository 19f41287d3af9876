package io.gmq.transport.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Certificates of a broker and of clients, made once for a run of tests. */
final class Certificates {
    static final SelfSigned BROKER = SelfSigned.make("broker", List.of("localhost", "127.0.0.1"), 2);
    static final SelfSigned OTHER_BROKER = SelfSigned.make("other broker", List.of("localhost", "127.0.0.1"), 2);
    static final SelfSigned CLIENT = SelfSigned.make("alice, the first", List.of(), 2);
    private static final char[] NO_PASSWORD = {};

    private Certificates() {
    }

    /** Writes a certificate and its key into a folder. */
    static TlsFiles write(final Path folder, final SelfSigned broker) {
        write(folder.resolve("cert.pem"), broker.certificatePem());
        write(folder.resolve("key.pem"), broker.keyPem());
        return new TlsFiles(folder.resolve("cert.pem"), Optional.of(folder.resolve("key.pem")), "", Optional.empty(), false);
    }

    static TlsFiles askingClients(final Path folder, final boolean isRequired) {
        final TlsFiles files = write(folder, BROKER);
        final Path ca = write(folder.resolve("ca.pem"), CLIENT.certificatePem());
        return new TlsFiles(files.certificate(), files.key(), "", Optional.of(ca), isRequired);
    }

    static Path write(final Path file, final String text) {
        try {
            return Files.writeString(file, text);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A client that believes one broker and shows a certificate, or none where it is {@code null}. */
    static SSLContext client(final Path folder, final SelfSigned broker, final SelfSigned own) throws GeneralSecurityException, IOException {
        final KeyStore keys = store();
        if (own != null) {
            keys.setKeyEntry("own", key(folder, own), NO_PASSWORD, new Certificate[] {certificate(folder, own)});
        }
        final KeyManagerFactory manager = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        manager.init(keys, NO_PASSWORD);
        final SSLContext context = SSLContext.getInstance("TLS");
        context.init(manager.getKeyManagers(), believing(folder, broker), null);
        return context;
    }

    static TrustManager[] believing(final Path folder, final SelfSigned broker) throws GeneralSecurityException, IOException {
        final KeyStore believed = store();
        believed.setCertificateEntry("broker", certificate(folder, broker));
        final TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(believed);
        return trust.getTrustManagers();
    }

    static X509Certificate certificate(final Path folder, final SelfSigned its) {
        return new PemFile(write(folder.resolve("own.pem"), its.certificatePem())).certificates().get(0);
    }

    static PrivateKey key(final Path folder, final SelfSigned its) {
        return new PemFile(write(folder.resolve("own-key.pem"), its.keyPem())).key("EC", "");
    }

    private static KeyStore store() throws GeneralSecurityException, IOException {
        final KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }
}
