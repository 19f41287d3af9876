package io.gmq.broker.cli;

import io.gmq.transport.tls.SelfSigned;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a certificate that vouches for itself, and its key, for a first try of TLS. */
@Command(
    name = "cert",
    description = "Make a certificate that vouches for itself (self-signed), and its key: for a first try of TLS, for a client, for tests.",
    footer = {
        "",
        "It writes NAME-cert.pem and NAME-key.pem, and never over a file that is there.",
        "",
        "For a broker on this machine:",
        "  ./gmq cert",
        "  ./gmq server --set tls.certificate=gmq-cert.pem --set tls.key=gmq-key.pem",
        "  ./gmq queues --ca gmq-cert.pem",
        "",
        "For a client, which is the user 'alice' then, where that broker has accounts:",
        "  ./gmq cert --name alice",
        "  ./gmq server ... --set tls.client_ca=alice-cert.pem",
        "  ./gmq queues --ca gmq-cert.pem --cert alice-cert.pem --key alice-key.pem"
    })
final class CertCommand extends Operation {
    private static final String DEFAULT_NAME = "gmq";
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "::1");
    private static final int DAYS_MAX = 3650;

    @Option(names = "--name", paramLabel = "NAME", description = "Whose certificate it is (its common name), and how the files are called (default: gmq).")
    private String name = DEFAULT_NAME;

    @Option(names = "--host", paramLabel = "HOST",
        description = "A name or address of its host, as clients write it; may be repeated (default: localhost, 127.0.0.1, ::1 and this machine's name).")
    private List<String> hosts = List.of();

    @Option(names = "--days", paramLabel = "N", description = "Days that it is valid (default: 365).")
    private int days = 365;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder of the files (default: the current one).")
    private Path folder = Path.of("");

    CertCommand(final Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() throws IOException {
        if (!name.matches("[A-Za-z0-9_.-]+")) {
            throw wrong("--name is '" + name + "', must be letters, digits, '.', '-' and '_'");
        }
        if (days < 1 || days > DAYS_MAX) {
            throw wrong("--days is " + days + ", must be 1 to " + DAYS_MAX);
        }
        final Path certificate = folder.resolve(name + "-cert.pem");
        final Path key = folder.resolve(name + "-key.pem");
        for (final Path file : List.of(certificate, key)) {
            if (Files.exists(file)) {
                throw new CommandException(file + " is there already; remove it, or choose another --name or --out", null);
            }
        }
        final SelfSigned made = make();
        write(key, made.keyPem(), "rw-------");
        write(certificate, made.certificatePem(), "rw-r--r--");
        out().println(certificate + "  the certificate, for everybody; clients name it with --ca");
        out().println(key + "  its key, a secret");
        return ExitCodes.OK;
    }

    private SelfSigned make() {
        try {
            return SelfSigned.make(name, hosts.isEmpty() ? defaultHosts() : hosts, days);
        } catch (final IllegalArgumentException e) {
            throw wrong("--host: " + e.getMessage());
        }
    }

    private static List<String> defaultHosts() {
        final Set<String> names = new LinkedHashSet<>(LOOPBACK);
        try {
            final String own = InetAddress.getLocalHost().getHostName();
            if (own.matches("[A-Za-z0-9.-]+")) {
                names.add(own);
            }
        } catch (final UnknownHostException e) {
            // A machine without a name is reached under the others.
        }
        return new ArrayList<>(names);
    }

    /** Nobody else can read it, not even for a moment. */
    private static void write(final Path file, final String text, final String permissions) throws IOException {
        final boolean isPosix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        final FileAttribute<?>[] attributes =
            isPosix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))} : new FileAttribute<?>[0];
        try {
            Files.createFile(file, attributes);
            Files.writeString(file, text);
        } catch (final FileAlreadyExistsException e) {
            throw new CommandException(file + " is there already; remove it, or choose another --name or --out", e);
        }
    }
}
