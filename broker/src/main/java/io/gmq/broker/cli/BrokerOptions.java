package io.gmq.broker.cli;

import io.gmq.client.ClientOptions;
import io.gmq.client.GmqClient;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
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
    private static final String DEFAULT_HOST = "127.0.0.1";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--host", paramLabel = "HOST", description = "The broker's host (default: 127.0.0.1, or that of GMQ_ADDRESS).")
    private String host;

    @Option(names = "--port", paramLabel = "PORT", description = "The broker's port (default: 4884, or that of GMQ_ADDRESS).")
    private Integer port;

    @Option(names = "--user", paramLabel = "NAME",
        description = "Who you are, where the broker has accounts (default: GMQ_USER). The password comes from GMQ_PASSWORD, or is asked for.")
    private String user;

    @Option(names = "--password-file", paramLabel = "FILE", description = "Read the password from the first line of a file.")
    private Path passwordFile;

    GmqClient connect(final Shell shell) {
        final Address address = address(shell.environment());
        return GmqClient.connect(address.host(), address.port(), options(shell));
    }

    private ClientOptions options(final Shell shell) {
        final String name = user == null ? shell.environment().getOrDefault(USER_VARIABLE, "") : user;
        if (name.isEmpty()) {
            if (passwordFile != null) {
                throw wrong("--password-file goes with --user");
            }
            return ClientOptions.DEFAULT;
        }
        return ClientOptions.DEFAULT.credentials(name, password(shell, name));
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

    private Address address(final Map<String, String> environment) {
        final String variable = environment.getOrDefault(ADDRESS_VARIABLE, "");
        Address address = new Address(DEFAULT_HOST, GmqClient.DEFAULT_PORT);
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
