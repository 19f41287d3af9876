package io.gmq.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerCertificatesTest {
    private static final String CIPHER = "PBEWithHmacSHA256AndAES_256";
    private static final String PASSWORD = "correct horse";

    @TempDir
    private Path folder;

    private TlsFiles files(final String certificate, final String key, final String password) {
        return new TlsFiles(folder.resolve(certificate), Optional.of(folder.resolve(key)), password, Optional.empty(), false);
    }

    private static void assertRefused(final TlsFiles files, final String... parts) {
        assertThatThrownBy(() -> new ServerCertificates(files)).isInstanceOf(TlsSetupException.class).hasMessageContainingAll(parts)
            .hasMessageNotContaining("\n").hasMessageNotContaining(PASSWORD);
    }

    private String encryptedKey() throws GeneralSecurityException, IOException {
        final SecretKey secret = SecretKeyFactory.getInstance(CIPHER).generateSecret(new PBEKeySpec(PASSWORD.toCharArray()));
        final Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(Cipher.ENCRYPT_MODE, secret);
        final AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2");
        parameters.init(cipher.getParameters().getEncoded());
        final byte[] encrypted = cipher.doFinal(Certificates.key(folder, Certificates.BROKER).getEncoded());
        return "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(new EncryptedPrivateKeyInfo(parameters, encrypted).getEncoded())
            + "\n-----END ENCRYPTED PRIVATE KEY-----\n";
    }

    @Test
    void shouldReadCertificateAndKeyFromOneFile() {
        Certificates.write(folder.resolve("both.pem"),
            "what people write above\n" + Certificates.BROKER.keyPem() + "and between\n" + Certificates.BROKER.certificatePem());
        final TlsFiles files = new TlsFiles(folder.resolve("both.pem"), Optional.empty(), "", Optional.empty(), false);
        assertThat(new ServerCertificates(files).context()).isNotNull();
    }

    @Test
    void shouldDecryptTheKey() throws Exception {
        Certificates.write(folder, Certificates.BROKER);
        Certificates.write(folder.resolve("encrypted.pem"), encryptedKey());
        assertThat(new ServerCertificates(files("cert.pem", "encrypted.pem", PASSWORD)).context()).isNotNull();
        assertRefused(files("cert.pem", "encrypted.pem", PASSWORD + "!"), "encrypted.pem", "tls.key_password is wrong");
        assertRefused(files("cert.pem", "encrypted.pem", ""), "encrypted.pem", "tls.key_password");
    }

    @Test
    void shouldReadPkcs12() throws Exception {
        final KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("any", Certificates.key(folder, Certificates.BROKER), PASSWORD.toCharArray(),
            new Certificate[] {Certificates.certificate(folder, Certificates.BROKER)});
        final Path path = folder.resolve("store.P12");
        try (OutputStream out = Files.newOutputStream(path)) {
            store.store(out, PASSWORD.toCharArray());
        }
        assertThat(new ServerCertificates(new TlsFiles(path, Optional.empty(), PASSWORD, Optional.empty(), false)).context()).isNotNull();
        assertRefused(new TlsFiles(path, Optional.empty(), "wrong", Optional.empty(), false), "store.P12", "tls.key_password is wrong");
    }

    @Test
    void shouldRefuseAPkcs12FileWithoutAKey() throws Exception {
        final KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        final Path path = folder.resolve("store.pfx");
        try (OutputStream out = Files.newOutputStream(path)) {
            store.store(out, PASSWORD.toCharArray());
        }
        assertRefused(new TlsFiles(path, Optional.empty(), PASSWORD, Optional.empty(), false), "store.pfx", "holds no key");
    }

    @Test
    void shouldRefuseAKeyOfAnotherCertificate() {
        Certificates.write(folder, Certificates.BROKER);
        Certificates.write(folder.resolve("key.pem"), Certificates.OTHER_BROKER.keyPem());
        assertRefused(files("cert.pem", "key.pem", ""), "key.pem is not that of the certificate in", "cert.pem");
    }

    @Test
    void shouldSayWhatIsWrongWithAFile() {
        Certificates.write(folder, Certificates.BROKER);
        Certificates.write(folder.resolve("empty.pem"), "");
        Certificates.write(folder.resolve("old.pem"), "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n");
        Certificates.write(folder.resolve("broken.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertRefused(files("none.pem", "key.pem", ""), "there is no file", "none.pem", "gmq cert");
        assertRefused(files("empty.pem", "key.pem", ""), "empty.pem holds no certificate");
        assertRefused(files("cert.pem", "empty.pem", ""), "empty.pem holds no key");
        assertRefused(files("cert.pem", "old.pem", ""), "old.pem", "EC PRIVATE KEY", "openssl pkcs8");
        assertRefused(files("broken.pem", "key.pem", ""), "broken.pem holds a certificate that cannot be read");
    }

    @Test
    void shouldReadTheFilesAnewOnlyWhenTheyHaveChanged() {
        final ServerCertificates certificates = new ServerCertificates(Certificates.write(folder, Certificates.BROKER));
        final SSLContext first = certificates.context();
        assertThat(certificates.reload()).isFalse();
        assertThat(certificates.context()).isSameAs(first);
        Certificates.write(folder, Certificates.OTHER_BROKER);
        assertThat(certificates.reload()).isTrue();
        assertThat(certificates.context()).isNotSameAs(first);
    }

    @Test
    void shouldKeepTheOldStateUntilTheNewOneIsWhole() throws IOException {
        final ServerCertificates certificates = new ServerCertificates(Certificates.write(folder, Certificates.BROKER));
        final SSLContext first = certificates.context();
        Certificates.write(folder.resolve("cert.pem"), Certificates.OTHER_BROKER.certificatePem() + "\n");
        assertThat(certificates.reload()).as("the key is still the old one").isFalse();
        Files.delete(folder.resolve("key.pem"));
        assertThat(certificates.reload()).isFalse();
        assertThat(certificates.context()).isSameAs(first);
        Certificates.write(folder.resolve("key.pem"), Certificates.OTHER_BROKER.keyPem());
        assertThat(certificates.reload()).isTrue();
        assertThat(certificates.context()).isNotSameAs(first);
    }

    @Test
    void shouldShowNoPassword() {
        assertThat(files("cert.pem", "key.pem", PASSWORD).toString()).doesNotContain(PASSWORD);
        assertThat(Certificates.BROKER.toString()).doesNotContain("PRIVATE");
    }

    @Test
    void shouldRefuseAHostThatIsNone() {
        assertThatThrownBy(() -> SelfSigned.make("gmq", List.of("a b"), 1)).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("'a b'");
    }
}
