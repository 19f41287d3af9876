package io.gmq.bench.cli;

import io.gmq.bench.load.Endpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a broker says of itself.
 *
 * @param software   its name and version.
 * @param storage    where it keeps messages.
 * @param durability the level it confirms at where nothing else is asked for.
 */
record BrokerInfo(String software, String storage, String durability) {
    private static final int PATIENCE_MS = 10_000;

    static BrokerInfo of(final Endpoint endpoint) throws IOException {
        final InetSocketAddress address = endpoint.address();
        if (address.isUnresolved()) {
            throw new IOException("there is no host '" + address.getHostString() + "'");
        }
        try (Socket socket = endpoint.connect(PATIENCE_MS)) {
            socket.getOutputStream().write("{\"operation\":\"hello\",\"version\":1}\n".getBytes(StandardCharsets.US_ASCII));
            final String reply = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)).readLine();
            if (reply == null || !reply.contains("\"confirmation\":\"Y\"")) {
                throw new IOException("the broker has not answered hello: " + reply);
            }
            return new BrokerInfo(member(reply, "software"), member(reply, "storage"), member(reply, "durability"));
        } catch (final ConnectException e) {
            throw new IOException("cannot connect to " + address.getHostString() + ":" + address.getPort() + ": " + e.getMessage()
                + "; is the broker running? 'gmq bench --start' starts one", e);
        }
    }

    private static String member(final String reply, final String name) {
        final Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(reply);
        return matcher.find() ? matcher.group(1) : "?";
    }
}
