package io.gmq.broker.cli;

import io.gmq.client.ClientOptions;
import io.gmq.client.TlsOptions;
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

/** How to talk to a broker, wherever it is, and as whom: flags over the environment over the default. */
@Command
public class ConnectOptions {
    private static final String USER_VARIABLE = "GMQ_USER";
    private static final String PASSWORD_VARIABLE = "GMQ_PASSWORD";
    private static final String TLS_VARIABLE = "GMQ_TLS";
    private static final String CA_VARIABLE = "GMQ_CA";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--user", paramLabel = "NAME",
        description = "Who you are, where the broker has accounts (default: GMQ_USER). The password comes from GMQ_PASSWORD, or is asked for.")
    private String user;

    @Option(names = "--password-file", paramLabel = "FILE", description = "Read the password from the first line of a file.")
    private Path passwordFile;

    @Option(names = "--tls", description = "Connect with TLS (default: what GMQ_TLS says, true or false; else whether there is a GMQ_CA).")
    private boolean tls;

    @Option(names = "--ca", paramLabel = "FILE",
        description = "With TLS, believe the certificates in this PEM file (default: GMQ_CA, or those that Java believes).")
    private Path ca;

    @Option(names = "--cert", paramLabel = "FILE", description = "With TLS, show the broker the certificate in this PEM file.")
    private Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "Its key, in PEM (default: in the file of --cert).")
    private Path key;

    /** Somebody may be asked once for a password. */
    private String password;

    /** Only picocli and subclasses make these. */
    ConnectOptions() {
        // Filled from the command line.
    }

    /** What the client library needs to know; may ask for a password, so not while something else is on the terminal. */
    public final ClientOptions client(final Shell shell) {
        final ClientOptions secured = tls(shell.environment()).map(ClientOptions.DEFAULT::tls).orElse(ClientOptions.DEFAULT);
        return credentials(shell).map(its -> secured.credentials(its.user(), its.password())).orElse(secured);
    }

    /** Who the command is to be, where that is said; may ask for a password. */
    public final Optional<Credentials> credentials(final Shell shell) {
        final String name = user == null ? shell.environment().getOrDefault(USER_VARIABLE, "") : user;
        if (name.isEmpty()) {
            if (passwordFile != null) {
                throw wrong("--password-file goes with --user");
            }
            return Optional.empty();
        }
        if (password == null) {
            password = password(shell, name);
        }
        return Optional.of(new Credentials(name, password));
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

    /** Whom to believe, and what to show, for one who talks to the broker without its client. */
    public final Optional<SSLContext> tlsContext(final Map<String, String> environment) {
        return tls(environment).map(TlsOptions::context);
    }

    final boolean isTls(final Map<String, String> environment) {
        final String variable = environment.getOrDefault(TLS_VARIABLE, "");
        if (!List.of("", "true", "false").contains(variable)) {
            throw wrong(TLS_VARIABLE + " is '" + variable + "', must be true or false");
        }
        final boolean isCaNamed = ca != null || !environment.getOrDefault(CA_VARIABLE, "").isEmpty() && !variable.equals("false");
        return tls || isCaNamed || certificate != null || variable.equals("true");
    }

    /** Whether a user is named on the command line, wherever the broker is. */
    public final boolean isUserNamed() {
        return user != null;
    }

    final ParameterException wrong(final String message) {
        final CommandLine commandLine = spec.commandLine();
        return new ParameterException(commandLine, message);
    }
}
