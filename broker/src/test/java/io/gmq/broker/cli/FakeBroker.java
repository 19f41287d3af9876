package io.gmq.broker.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Accepts one connection after the other and answers each request with the members that a script gives. */
final class FakeBroker implements AutoCloseable {
    private static final Pattern ID = Pattern.compile("^\\{\"id\":(\\d+),");

    /** Gives what stands behind the id of a reply, or {@code null} for hanging up. */
    interface Script {
        String reply(String request);
    }

    private final ServerSocket listener;
    private final Script script;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    FakeBroker(final Script script) throws IOException {
        this.script = script;
        listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        final Thread thread = new Thread(this::serve, "fake-broker");
        thread.setDaemon(true);
        thread.start();
    }

    String port() {
        return Integer.toString(listener.getLocalPort());
    }

    List<String> requests() {
        return requests;
    }

    static String yes(final String members) {
        return "\"confirmation\":\"Y\"" + (members.isEmpty() ? "" : ",") + members;
    }

    static String no(final String code, final String message) {
        return "\"confirmation\":\"N\",\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}";
    }

    /** A reply, and frames that are pushed behind it. */
    static String pushing(final String reply, final String... frames) {
        final StringBuilder text = new StringBuilder(reply);
        for (final String frame : frames) {
            text.append("}\n").append(frame, 0, frame.length() - 1);
        }
        return text.toString();
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                final BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    requests.add(line);
                    final Matcher id = ID.matcher(line);
                    final String reply = script.reply(line);
                    if (!id.find() || reply == null) {
                        break;
                    }
                    socket.getOutputStream().write(("{\"id\":" + id.group(1) + "," + reply + "}\n").getBytes(StandardCharsets.UTF_8));
                }
            } catch (final IOException e) {
                // The command ended: the next may come.
            }
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
