package io.gmq.broker.cli;

import io.gmq.client.GmqClient;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which broker to talk to: flags over the environment over the default. */
@Command
final class BrokerOptions {
    private static final String ADDRESS_VARIABLE = "GMQ_ADDRESS";
    private static final String DEFAULT_HOST = "127.0.0.1";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--host", paramLabel = "HOST", description = "The broker's host (default: 127.0.0.1, or that of GMQ_ADDRESS).")
    private String host;

    @Option(names = "--port", paramLabel = "PORT", description = "The broker's port (default: 4884, or that of GMQ_ADDRESS).")
    private Integer port;

    GmqClient connect(final Map<String, String> environment) {
        final String variable = environment.getOrDefault(ADDRESS_VARIABLE, "");
        String toHost = DEFAULT_HOST;
        int toPort = GmqClient.DEFAULT_PORT;
        if (!variable.isEmpty()) {
            final int colon = variable.lastIndexOf(':');
            toHost = colon <= 0 ? "" : variable.substring(0, colon);
            if (toHost.startsWith("[") && toHost.endsWith("]")) {
                toHost = toHost.substring(1, toHost.length() - 1);
            }
            toPort = portOf(variable.substring(colon + 1));
            if (toHost.isEmpty() || toPort < 0) {
                throw wrong(ADDRESS_VARIABLE + " is '" + variable + "', must be HOST:PORT, like 127.0.0.1:4884");
            }
        }
        if (port != null && portOf(port.toString()) < 0) {
            throw wrong("--port is " + port + ", must be 1 to 65535");
        }
        return GmqClient.connect(host == null ? toHost : host, port == null ? toPort : port);
    }

    private static int portOf(final String text) {
        try {
            final int port = Integer.parseInt(text);
            return port > 0 && port <= 0xFFFF ? port : -1;
        } catch (final NumberFormatException e) {
            return -1;
        }
    }

    private ParameterException wrong(final String message) {
        final CommandLine commandLine = spec.commandLine();
        return new ParameterException(commandLine, message);
    }
}
