package io.gmq.broker.tls;

import io.gmq.client.TlsOptions;
import io.gmq.transport.tls.SelfSigned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Certificates that vouch for themselves, made for a run of tests.
 *
 * @param folder where their files are.
 */
record TestCertificates(Path folder) {
    /** Makes one for this machine; its files and its common name have the same name. */
    void make(final String name) throws IOException {
        make(name, name);
    }

    /** Makes one for this machine, in whatever files. */
    void make(final String files, final String commonName) throws IOException {
        make(files, commonName, List.of("localhost", "127.0.0.1"));
    }

    void make(final String files, final String commonName, final List<String> hosts) throws IOException {
        final SelfSigned made = SelfSigned.make(commonName, hosts, 2);
        Files.writeString(certificate(files), made.certificatePem());
        Files.writeString(key(files), made.keyPem());
    }

    Path certificate(final String files) {
        return folder.resolve(files + "-cert.pem");
    }

    Path key(final String files) {
        return folder.resolve(files + "-key.pem");
    }

    /** One file with several of them, for those who believe all of these. */
    Path all(final String... files) throws IOException {
        final StringBuilder all = new StringBuilder();
        for (final String one : files) {
            all.append(Files.readString(certificate(one)));
        }
        return Files.writeString(folder.resolve(String.join("-and-", files) + ".pem"), all);
    }

    /** A client that believes this broker. */
    TlsOptions believing(final String broker) {
        return TlsOptions.DEFAULT.ca(certificate(broker));
    }

    /** A client that believes this broker, and shows a certificate. */
    TlsOptions believing(final String broker, final String own) {
        return believing(broker).certificate(certificate(own), key(own));
    }
}
