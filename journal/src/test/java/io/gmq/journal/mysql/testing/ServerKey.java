package io.gmq.journal.mysql.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A key pair and a certificate that nobody vouches for, made by the JDK's keytool, since no class of the JDK makes certificates. */
final class ServerKey {
    private static final String ALIAS = "server";
    private static final String STORE_PASSWORD = "changeit";

    private ServerKey() {
    }

    static void make(final Path certificate, final Path key) throws IOException {
        final Path store = key.resolveSibling("key.p12");
        final Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
            "-alias", ALIAS, "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=localhost", "-validity", "3650",
            "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", STORE_PASSWORD).redirectErrorStream(true).start();
        final String output = new String(keytool.getInputStream().readAllBytes());
        if (Waiting.forExit(keytool) != 0) {
            throw new IOException("keytool made no key: " + output);
        }
        try (InputStream in = Files.newInputStream(store)) {
            final KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, STORE_PASSWORD.toCharArray());
            Files.writeString(certificate, pem("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded()));
            Files.writeString(key, pem("PRIVATE KEY", keys.getKey(ALIAS, STORE_PASSWORD.toCharArray()).getEncoded()));
        } catch (final GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static String pem(final String what, final byte[] bytes) {
        return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + what
            + "-----\n";
    }
}
