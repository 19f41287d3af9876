package io.gmq.transport.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManagerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the broker shows to those who connect with TLS, and whom it believes: the newest state of the {@link TlsFiles} that was whole.
 *
 * <p>Connections take from it on their selectors' threads; one other thread asks whether the files have {@link #reload changed}.
 *
 * <p>Protocols are TLS 1.3 and 1.2, ciphers those that keep past sessions secret when the key is stolen (ECDHE) and that cannot be
 * tampered with (AEAD): the recommended ones of RFC 9325.
 */
public final class ServerCertificates {
    private static final Logger LOG = LoggerFactory.getLogger(ServerCertificates.class);
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final String[] CIPHERS = {
        "TLS_AES_128_GCM_SHA256",
        "TLS_AES_256_GCM_SHA384",
        "TLS_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
    };
    /** Sessions that clients may take up again without a new exchange of keys. */
    private static final int SESSIONS_MAX = 10_000;
    private static final int SESSION_SECONDS = 3600;
    private static final String ALIAS = "gmq";
    private static final char[] NO_PASSWORD = {};
    private static final byte[] SIGNED = {'G', 'M', 'Q'};
    private static final Map<String, String> SIGNATURES = Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    static {
        // Both are the whole process's and cannot be given to one engine; whoever has set them knows why.
        setUnlessSet("jdk.tls.rejectClientInitiatedRenegotiation", "true");
        setUnlessSet("jdk.tls.namedGroups", "x25519,secp256r1,secp384r1,secp521r1");
    }

    private final TlsFiles files;
    private List<Stamp> seen;
    private volatile SSLContext context;

    /** What tells that a file is another than it was. */
    private record Stamp(FileTime changed, long length, Object file) {
        static Stamp of(final Path path) {
            try {
                final BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
                return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
            } catch (final IOException e) {
                return new Stamp(null, -1, null);
            }
        }
    }

    /**
     * Reads the files.
     *
     * @throws TlsSetupException if they do not make a whole.
     */
    public ServerCertificates(final TlsFiles files) {
        this.files = files;
        seen = stamps();
        context = load();
    }

    private static void setUnlessSet(final String property, final String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    private List<Stamp> stamps() {
        return files.all().stream().map(Stamp::of).toList();
    }

    /**
     * Reads the files again if they have changed; those who are connected keep what they have. Where they make no whole, the old
     * state stays, and the log says why. One thread's.
     *
     * @return whether there is a new state.
     */
    public boolean reload() {
        final List<Stamp> now = stamps();
        if (now.equals(seen)) {
            return false;
        }
        seen = now;
        try {
            context = load();
            LOG.info("TLS: certificates are read anew from {}", files);
            return true;
        } catch (final TlsSetupException e) {
            LOG.warn("TLS: the certificates read before stay in use: {}", e.getMessage());
            return false;
        }
    }

    SSLContext context() {
        return context;
    }

    SSLEngine newEngine(final SSLContext of) {
        final SSLEngine engine = of.createSSLEngine();
        engine.setUseClientMode(false);
        final SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setCipherSuites(CIPHERS);
        parameters.setUseCipherSuitesOrder(true);
        if (files.requiresClientCertificate()) {
            parameters.setNeedClientAuth(true);
        } else {
            parameters.setWantClientAuth(files.clientCa().isPresent());
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    private SSLContext load() {
        try {
            final KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(files.isPkcs12() ? ofPkcs12() : ofPem(), files.isPkcs12() ? files.keyPassword().toCharArray() : NO_PASSWORD);
            final TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(trusted());
            final SSLContext loaded = SSLContext.getInstance("TLS");
            loaded.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
            final SSLSessionContext sessions = loaded.getServerSessionContext();
            sessions.setSessionCacheSize(SESSIONS_MAX);
            sessions.setSessionTimeout(SESSION_SECONDS);
            return loaded;
        } catch (final GeneralSecurityException | IOException e) {
            throw new TlsSetupException("the certificate in " + files.certificate() + " cannot be used: " + e.getMessage(), e);
        }
    }

    private KeyStore ofPem() throws GeneralSecurityException, IOException {
        final PemFile certificates = new PemFile(files.certificate());
        final List<X509Certificate> chain = certificates.certificates();
        final PemFile keys = files.key().isPresent() ? new PemFile(files.key().get()) : certificates;
        final PrivateKey key = keys.key(chain.get(0).getPublicKey().getAlgorithm(), files.keyPassword());
        check(key, chain.get(0));
        final KeyStore store = emptyStore();
        store.setKeyEntry(ALIAS, key, NO_PASSWORD, chain.toArray(Certificate[]::new));
        return store;
    }

    private KeyStore ofPkcs12() throws GeneralSecurityException {
        final KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(new ByteArrayInputStream(PemFile.read(files.certificate())), files.keyPassword().toCharArray());
        } catch (final IOException e) {
            throw new TlsSetupException(
                files.certificate() + " cannot be opened as PKCS#12: tls.key_password is wrong, or the file is", e);
        }
        for (final String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                return store;
            }
        }
        throw new TlsSetupException(files.certificate() + " holds no key; export one with: openssl pkcs12 -export -inkey KEY -in CHAIN", null);
    }

    /** No certificates mean that nobody is believed, and not those whom the system believes. */
    private KeyStore trusted() throws GeneralSecurityException, IOException {
        final KeyStore store = emptyStore();
        if (files.clientCa().isPresent()) {
            final List<X509Certificate> certificates = new PemFile(files.clientCa().get()).certificates();
            for (int i = 0; i < certificates.size(); i++) {
                store.setCertificateEntry(ALIAS + i, certificates.get(i));
            }
        }
        return store;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        final KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    /** Finds a key of another certificate now and not with the first client; they are often replaced one after the other. */
    private void check(final PrivateKey key, final X509Certificate certificate) throws GeneralSecurityException {
        final String algorithm = SIGNATURES.get(key.getAlgorithm());
        if (algorithm == null) {
            throw new TlsSetupException(
                files.certificate() + " has a key of kind " + key.getAlgorithm() + "; use one of " + SIGNATURES.keySet(), null);
        }
        final Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(SIGNED);
        final byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(SIGNED);
        if (!signature.verify(signed)) {
            throw new TlsSetupException("the key in " + files.key().orElse(files.certificate())
                + " is not that of the certificate in " + files.certificate(), null);
        }
    }
}
