package io.gmq.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates, and a key in PKCS#8, in the text form of RFC 7468. All errors are {@link IllegalArgumentException} with one line. */
final class PemFile {
    private static final long LENGTH_MAX = 1 << 20;
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    private final Path path;
    private final String text;

    PemFile(final Path path) {
        this.path = path;
        try {
            if (Files.size(path) > LENGTH_MAX) {
                throw new IllegalArgumentException(path + " is longer than any file of certificates or keys");
            }
            text = Files.readString(path, StandardCharsets.ISO_8859_1);
        } catch (final NoSuchFileException e) {
            throw new IllegalArgumentException("there is no file " + path, e);
        } catch (final IOException e) {
            throw new IllegalArgumentException("cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    /** All certificates, in their order; at least one. */
    List<X509Certificate> certificates() {
        final List<X509Certificate> certificates = new ArrayList<>();
        try {
            final CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (final byte[] der : blocks("CERTIFICATE")) {
                certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
            }
        } catch (final CertificateException e) {
            throw new IllegalArgumentException(path + " holds a certificate that cannot be read: " + e.getMessage(), e);
        }
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException(path + " holds no certificate in PEM, which begins with -----BEGIN CERTIFICATE-----");
        }
        return certificates;
    }

    /** The first key. */
    PrivateKey key(final String algorithm) {
        final List<byte[]> keys = blocks("PRIVATE KEY");
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(path + " holds no key that begins with -----BEGIN PRIVATE KEY-----"
                + "; others are converted with: openssl pkcs8 -topk8 -nodes -in OLD.pem -out NEW.pem");
        }
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(keys.get(0)));
        } catch (final GeneralSecurityException e) {
            throw new IllegalArgumentException(path + " holds no " + algorithm + " key, which the certificate belongs to", e);
        }
    }

    private List<byte[]> blocks(final String label) {
        final List<byte[]> blocks = new ArrayList<>();
        final Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            if (matcher.group(1).equals(label)) {
                blocks.add(bytes(matcher.group(2)));
            }
        }
        return blocks;
    }

    private byte[] bytes(final String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException(path + " has a block that is no base64", e);
        }
    }
}
