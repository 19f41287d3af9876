package io.gmq.broker.cli;

import io.gmq.client.GmqClient;
import java.net.InetSocketAddress;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Which broker to talk to, how, and as whom: flags over the environment over the default. */
@Command
public final class BrokerOptions extends ConnectOptions {
    private static final String ADDRESS_VARIABLE = "GMQ_ADDRESS";
    private static final String DEFAULT_HOST = "127.0.0.1";
    private static final int DEFAULT_TLS_PORT = 4885;

    @Option(names = "--host", paramLabel = "HOST", description = "The broker's host (default: 127.0.0.1, or that of GMQ_ADDRESS).")
    private String host;

    @Option(names = "--port", paramLabel = "PORT", description = "The broker's port (default: 4884, with TLS 4885, or that of GMQ_ADDRESS).")
    private Integer port;

    GmqClient connect(final Shell shell) {
        final Address address = address(shell.environment());
        return GmqClient.connect(address.host(), address.port(), client(shell));
    }

    /** The broker that is meant; its name is looked up. */
    public InetSocketAddress socketAddress(final Map<String, String> environment) {
        final Address address = address(environment);
        return new InetSocketAddress(address.host(), address.port());
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
}
