package io.gmq.transport.tls;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the broker's certificate is, and whose certificates of clients are believed.
 *
 * @param certificate               a chain in PEM, the broker's own first; or PKCS#12 with its key, where the name ends in
 *                                  {@code .p12} or {@code .pfx}.
 * @param key                       the key in PEM; empty where it is in the file of the certificate.
 * @param keyPassword               of the key or of the PKCS#12 file; may be empty.
 * @param clientCa                  certificates in PEM; clients are asked for one that these vouch for. Empty: they are not asked.
 * @param requiresClientCertificate whether a client without one is refused.
 */
public record TlsFiles(
    Path certificate, Optional<Path> key, String keyPassword, Optional<Path> clientCa, boolean requiresClientCertificate) {

    boolean isPkcs12() {
        final String name = certificate.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".p12") || name.endsWith(".pfx");
    }

    List<Path> all() {
        final List<Path> all = new ArrayList<>();
        all.add(certificate);
        key.ifPresent(all::add);
        clientCa.ifPresent(all::add);
        return all;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return all().toString();
    }
}
