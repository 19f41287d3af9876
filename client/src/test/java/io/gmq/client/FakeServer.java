package io.gmq.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Accepts one connection at a time and answers each line as a script says. */
final class FakeServer implements AutoCloseable {
    private static final Pattern ID = Pattern.compile("^\\{\"id\":(\\d+),");

    /** What to do about a request. */
    interface Script {
        void request(FakeServer server, long id, String line) throws IOException;
    }

    private final ServerSocket listener;
    private final Script script;
    private final Thread thread;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private volatile Socket socket;

    FakeServer(final Script script) throws IOException {
        this.script = script;
        listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        thread = new Thread(this::serve, "fake-server");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    GmqClient connect() {
        return connect(ClientOptions.DEFAULT);
    }

    GmqClient connect(final ClientOptions options) {
        return GmqClient.connect("127.0.0.1", port(), options);
    }

    /** The requests so far. */
    List<String> lines() {
        return lines;
    }

    /** Sends {@code {"id":…,"confirmation":"Y"<members>}}. */
    void accept(final long id, final String members) throws IOException {
        send("{\"id\":" + id + ",\"confirmation\":\"Y\"" + members + "}\n");
    }

    void refuse(final long id, final String error) throws IOException {
        send("{\"id\":" + id + ",\"confirmation\":\"N\",\"error\":{" + error + "}}\n");
    }

    void send(final String text) throws IOException {
        final OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    void hangUp() throws IOException {
        socket.close();
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket accepted = listener.accept()) {
                socket = accepted;
                accepted.setTcpNoDelay(true);
                final BufferedReader in = new BufferedReader(new InputStreamReader(accepted.getInputStream(), StandardCharsets.UTF_8));
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    lines.add(line);
                    final Matcher id = ID.matcher(line);
                    script.request(this, id.find() ? Long.parseLong(id.group(1)) : -1, line);
                }
            } catch (final IOException e) {
                // The client went, or the test hung up: the next one may come.
            }
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            if (socket != null) {
                socket.close();
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
