package io.gmq.broker.cli;

import io.gmq.client.ClientOptions;
import io.gmq.client.GmqClient;
import io.gmq.client.TlsOptions;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which broker to talk to, and as whom: flags over the environment over the default. */
@Command
public final class BrokerOptions {
    private static final String ADDRESS_VARIABLE = "GMQ_ADDRESS";
    private static final String USER_VARIABLE = "GMQ_USER";
    private static final String PASSWORD_VARIABLE = "GMQ_PASSWORD";
    private static final String TLS_VARIABLE = "GMQ_TLS";
    private static final String CA_VARIABLE = "GMQ_CA";
    private static final String DEFAULT_HOST = "127.0.0.1";
    private static final int DEFAULT_TLS_PORT = 4885;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--host", paramLabel = "HOST", description = "The broker's host (default: 127.0.0.1, or that of GMQ_ADDRESS).")
    private String host;

    @Option(names = "--port", paramLabel = "PORT", description = "The broker's port (default: 4884, with TLS 4885, or that of GMQ_ADDRESS).")
    private Integer port;

    @Option(names = "--user", paramLabel = "NAME",
        description = "Who you are, where the broker has accounts (default: GMQ_USER). The password comes from GMQ_PASSWORD, or is asked for.")
    private String user;

    @Option(names = "--password-file", paramLabel = "FILE", description = "Read the password from the first line of a file.")
    private Path passwordFile;

    @Option(names = "--tls", description = "Connect with TLS (default: what GMQ_TLS says, true or false).")
    private boolean tls;

    @Option(names = "--ca", paramLabel = "FILE",
        description = "With TLS, believe the certificates in this PEM file (default: GMQ_CA, or those that Java believes).")
    private Path ca;

    @Option(names = "--cert", paramLabel = "FILE", description = "With TLS, show the broker the certificate in this PEM file.")
    private Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "Its key, in PEM (default: in the file of --cert).")
    private Path key;

    GmqClient connect(final Shell shell) {
        final Address address = address(shell.environment());
        return GmqClient.connect(address.host(), address.port(), options(shell));
    }

    private ClientOptions options(final Shell shell) {
        final ClientOptions secured = tls(shell.environment()).map(ClientOptions.DEFAULT::tls).orElse(ClientOptions.DEFAULT);
        final String name = user == null ? shell.environment().getOrDefault(USER_VARIABLE, "") : user;
        if (name.isEmpty()) {
            if (passwordFile != null) {
                throw wrong("--password-file goes with --user");
            }
            return secured;
        }
        return secured.credentials(name, password(shell, name));
    }

    private String password(final Shell shell, final String name) {
        final String variable = shell.environment().getOrDefault(PASSWORD_VARIABLE, "");
        if (passwordFile != null) {
            return Secret.ofFile(passwordFile);
        }
        if (!variable.isEmpty()) {
            return variable;
        }
        if (!shell.inIsTerminal() || !shell.errorsIsTerminal()) {
            throw wrong("user '" + name + "' needs a password; set " + PASSWORD_VARIABLE + ", or give --password-file");
        }
        return Secret.ask(shell, spec.commandLine().getErr(), "Password of '" + name + "'");
    }

    /** What commands that have an option of their own for the address say of who they are. */
    static ClientOptions ofEnvironment(final Map<String, String> environment) {
        final String name = environment.getOrDefault(USER_VARIABLE, "");
        return name.isEmpty() ? ClientOptions.DEFAULT : ClientOptions.DEFAULT.credentials(name, environment.getOrDefault(PASSWORD_VARIABLE, ""));
    }

    /** The broker that is meant; its name is looked up. */
    public InetSocketAddress socketAddress(final Map<String, String> environment) {
        if (user != null || passwordFile != null) {
            throw wrong("this command does not log in; run it against a broker without accounts");
        }
        final Address address = address(environment);
        return new InetSocketAddress(address.host(), address.port());
    }

    /** How to connect with TLS, where that is asked for; a file that only TLS needs asks for it. */
    private Optional<TlsOptions> tls(final Map<String, String> environment) {
        if (key != null && certificate == null) {
            throw wrong("--key goes with --cert; give both");
        }
        if (!isTls(environment)) {
            return Optional.empty();
        }
        TlsOptions options = TlsOptions.DEFAULT;
        final String variable = environment.getOrDefault(CA_VARIABLE, "");
        if (ca != null || !variable.isEmpty()) {
            options = options.ca(ca == null ? Path.of(variable) : ca);
        }
        return Optional.of(certificate == null ? options : options.certificate(certificate, key == null ? certificate : key));
    }

    /** The same for one who talks to the broker without its client. */
    public Optional<SSLContext> tlsContext(final Map<String, String> environment) {
        return tls(environment).map(TlsOptions::context);
    }

    private boolean isTls(final Map<String, String> environment) {
        final String variable = environment.getOrDefault(TLS_VARIABLE, "");
        if (!List.of("", "true", "false").contains(variable)) {
            throw wrong(TLS_VARIABLE + " is '" + variable + "', must be true or false");
        }
        return tls || ca != null || certificate != null || variable.equals("true");
    }

    private Address address(final Map<String, String> environment) {
        final String variable = environment.getOrDefault(ADDRESS_VARIABLE, "");
        Address address = new Address(DEFAULT_HOST, isTls(environment) ? DEFAULT_TLS_PORT : GmqClient.DEFAULT_PORT);
        if (!variable.isEmpty()) {
            address = Address.parse(variable);
            if (address == null) {
                throw wrong(ADDRESS_VARIABLE + " is '" + variable + "', must be HOST:PORT, like 127.0.0.1:4884");
            }
        }
        if (port != null && Address.port(port.toString()) < 0) {
            throw wrong("--port is " + port + ", must be 1 to 65535");
        }
        return new Address(host == null ? address.host() : host, port == null ? address.port() : port);
    }

    private ParameterException wrong(final String message) {
        final CommandLine commandLine = spec.commandLine();
        return new ParameterException(commandLine, message);
    }
}
