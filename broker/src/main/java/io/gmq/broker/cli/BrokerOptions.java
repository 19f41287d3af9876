package io.gmq.broker.cli;

import io.gmq.client.GmqClient;
import java.net.InetSocketAddress;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which broker to talk to: flags over the environment over the default. */
@Command
public final class BrokerOptions {
    private static final String ADDRESS_VARIABLE = "GMQ_ADDRESS";
    private static final String DEFAULT_HOST = "127.0.0.1";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--host", paramLabel = "HOST", description = "The broker's host (default: 127.0.0.1, or that of GMQ_ADDRESS).")
    private String host;

    @Option(names = "--port", paramLabel = "PORT", description = "The broker's port (default: 4884, or that of GMQ_ADDRESS).")
    private Integer port;

    GmqClient connect(final Map<String, String> environment) {
        final Address address = address(environment);
        return GmqClient.connect(address.host(), address.port());
    }

    /** The broker that is meant; its name is looked up. */
    public InetSocketAddress socketAddress(final Map<String, String> environment) {
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
