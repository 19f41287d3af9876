package io.gmq.transport.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.naming.ldap.Rdn;

/**
 * A new key, and a certificate for it that vouches for itself: to try TLS, and for tests. The JDK has no interface for this, but its
 * {@code keytool} makes one; it is run as a process of its own, and its password is in no argument.
 *
 * @param certificatePem the certificate, with the names that clients may use for its owner; for servers and clients alike.
 * @param keyPem         the key in PKCS#8, not encrypted: a secret.
 */
public record SelfSigned(String certificatePem, String keyPem) {
    private static final String ALIAS = "gmq";
    private static final String PASSWORD_VARIABLE = "GMQ_KEYTOOL_PASSWORD";
    private static final int PASSWORD_BYTES = 24;
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9*_.-]+");

    /**
     * Makes both; it takes about a second.
     *
     * @param commonName of its owner.
     * @param hosts      host names and addresses of its owner.
     * @param days       how long it is valid.
     * @throws IllegalArgumentException if a host is neither a name nor an address.
     * @throws TlsSetupException        if keytool is not there, or fails.
     */
    public static SelfSigned make(final String commonName, final List<String> hosts, final int days) {
        final byte[] secret = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(secret);
        final String password = Base64.getUrlEncoder().encodeToString(secret);
        try {
            final Path folder = Files.createTempDirectory("gmq-cert");
            final Path store = folder.resolve("store.p12");
            try {
                run(command(commonName, hosts, days, store), password);
                return read(store, password.toCharArray());
            } finally {
                Files.deleteIfExists(store);
                Files.delete(folder);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(final String commonName, final List<String> hosts, final int days, final Path store) {
        final List<String> command = new ArrayList<>(List.of(keytool().toString(), "-genkeypair", "-alias", ALIAS, "-keyalg", "EC",
            "-groupname", "secp256r1", "-sigalg", "SHA256withECDSA", "-validity", Integer.toString(days), "-dname",
            "CN=" + Rdn.escapeValue(commonName), "-ext", "eku=serverAuth,clientAuth", "-storetype", "PKCS12", "-keystore",
            store.toString(), "-storepass:env", PASSWORD_VARIABLE));
        if (!hosts.isEmpty()) {
            command.add("-ext");
            command.add("san=" + hosts.stream().map(SelfSigned::alternativeName).collect(Collectors.joining(",")));
        }
        return command;
    }

    private static String alternativeName(final String host) {
        if (ADDRESS.matcher(host).matches()) {
            return "ip:" + host;
        }
        if (HOST.matcher(host).matches()) {
            return "dns:" + host;
        }
        throw new IllegalArgumentException("'" + host + "' is neither a host name nor an address");
    }

    private static Path keytool() {
        final Path bin = Path.of(System.getProperty("java.home"), "bin");
        final Path keytool = Files.exists(bin.resolve("keytool.exe")) ? bin.resolve("keytool.exe") : bin.resolve("keytool");
        if (!Files.isExecutable(keytool)) {
            throw new TlsSetupException("there is no " + keytool + ", which makes certificates; run this with a whole JDK, or use openssl", null);
        }
        return keytool;
    }

    private static void run(final List<String> command, final String password) throws IOException {
        final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put(PASSWORD_VARIABLE, password);
        builder.environment().remove("JDK_JAVA_OPTIONS");
        final Process process = builder.start();
        process.getOutputStream().close();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new TlsSetupException("keytool could not make a certificate: " + said.strip().replaceAll("\\s+", " "), null);
            }
        } catch (final InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new TlsSetupException("interrupted while keytool was making a certificate", e);
        }
    }

    private static SelfSigned read(final Path store, final char[] password) throws IOException {
        try (InputStream in = Files.newInputStream(store)) {
            final KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, password);
            return new SelfSigned(pem("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded()),
                pem("PRIVATE KEY", keys.getKey(ALIAS, password).getEncoded()));
        } catch (final GeneralSecurityException e) {
            throw new TlsSetupException("keytool made a certificate that cannot be read: " + e.getMessage(), e);
        }
    }

    private static String pem(final String label, final byte[] der) {
        final String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    /** Without the key. */
    @Override
    public String toString() {
        return certificatePem;
    }
}
