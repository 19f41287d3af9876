package io.gmq.transport.tls;

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
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Certificates and keys in the text form of RFC 7468. What stands around the blocks, and blocks of other kinds, are passed over.
 * Keys are in PKCS#8, as it is or encrypted.
 */
final class PemFile {
    private static final long LENGTH_MAX = 1 << 20;
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String KEY = "PRIVATE KEY";
    private static final String ENCRYPTED_KEY = "ENCRYPTED PRIVATE KEY";

    private final Path path;
    private final List<Block> blocks = new ArrayList<>();

    private record Block(String label, String base64) {
    }

    /** @throws TlsSetupException if the file cannot be read. */
    PemFile(final Path path) {
        this.path = path;
        final Matcher matcher = BLOCK.matcher(new String(read(path), StandardCharsets.ISO_8859_1));
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
    }

    /** The bytes of a file of this kind, which are not many. */
    static byte[] read(final Path path) {
        try {
            if (Files.size(path) > LENGTH_MAX) {
                throw new TlsSetupException(path + " is longer than any file of certificates or keys; name another", null);
            }
            return Files.readAllBytes(path);
        } catch (final NoSuchFileException e) {
            throw new TlsSetupException("there is no file " + path + "; 'gmq cert' makes a certificate and a key", e);
        } catch (final IOException e) {
            throw new TlsSetupException(
                "cannot read " + path + ": " + e.getMessage() + "; the broker's user must be allowed to", e);
        }
    }

    /** All certificates, in their order; at least one. */
    List<X509Certificate> certificates() {
        final List<X509Certificate> certificates = new ArrayList<>();
        try {
            final CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (final Block block : blocks) {
                if (block.label.equals(CERTIFICATE)) {
                    certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(bytes(block))));
                }
            }
        } catch (final CertificateException e) {
            throw new TlsSetupException(path + " holds a certificate that cannot be read: " + e.getMessage(), e);
        }
        if (certificates.isEmpty()) {
            throw new TlsSetupException(path + " holds no certificate in PEM, which begins with -----BEGIN CERTIFICATE-----", null);
        }
        return certificates;
    }

    /**
     * The key.
     *
     * @param algorithm the kind of key that the certificate belongs to.
     * @param password  of an encrypted one.
     */
    PrivateKey key(final String algorithm, final String password) {
        for (final Block block : blocks) {
            if (block.label.equals(KEY)) {
                return key(algorithm, new PKCS8EncodedKeySpec(bytes(block)));
            }
            if (block.label.equals(ENCRYPTED_KEY)) {
                return key(algorithm, decrypted(bytes(block), password));
            }
            if (block.label.endsWith(KEY)) {
                throw new TlsSetupException(path + " holds a key in an old form, " + block.label
                    + "; convert it with: openssl pkcs8 -topk8 -nodes -in OLD.pem -out NEW.pem", null);
            }
        }
        throw new TlsSetupException(path + " holds no key in PEM, which begins with -----BEGIN PRIVATE KEY-----", null);
    }

    private PrivateKey key(final String algorithm, final KeySpec spec) {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(spec);
        } catch (final GeneralSecurityException e) {
            throw new TlsSetupException(path + " holds no " + algorithm + " key, which the certificate belongs to", e);
        }
    }

    private KeySpec decrypted(final byte[] bytes, final String password) {
        if (password.isEmpty()) {
            throw new TlsSetupException("the key in " + path + " is encrypted; give its password with tls.key_password", null);
        }
        try {
            final EncryptedPrivateKeyInfo encrypted = new EncryptedPrivateKeyInfo(bytes);
            final PBEKeySpec secret = new PBEKeySpec(password.toCharArray());
            final String algorithm = cipherOf(encrypted);
            final Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(Cipher.DECRYPT_MODE, SecretKeyFactory.getInstance(algorithm).generateSecret(secret), encrypted.getAlgParameters());
            return encrypted.getKeySpec(cipher);
        } catch (final IOException | GeneralSecurityException e) {
            throw new TlsSetupException("the key in " + path + " cannot be decrypted: tls.key_password is wrong, or the file is", e);
        }
    }

    /** The parameters of PBES2 say which cipher it is, and the JDK tells so in no other way. */
    private static String cipherOf(final EncryptedPrivateKeyInfo encrypted) {
        return encrypted.getAlgName().equals("PBES2") ? encrypted.getAlgParameters().toString() : encrypted.getAlgName();
    }

    private byte[] bytes(final Block block) {
        try {
            return Base64.getMimeDecoder().decode(block.base64);
        } catch (final IllegalArgumentException e) {
            throw new TlsSetupException(path + " has a block '" + block.label + "' that is no base64", e);
        }
    }
}
