package io.gmq.broker.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The smallest client: writes lines to a socket and reads lines from it, one thread, no buffer on the way out. In what is sent,
 * {@code '} stands for {@code "}, except where the method says raw.
 */
public final class Wire implements AutoCloseable {
    private static final int PATIENCE_MS = 20_000;

    /** The broker has ended the connection where a line was due. */
    public static final class EndedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        EndedException(final String message) {
            super(message);
        }
    }

    private final Socket socket;
    private final OutputStream out;
    private final InputStream in;
    private final byte[] buffer = new byte[64 * 1024];
    private int at;
    private int to;

    /** @param receiveBytes the system's buffer for what the broker sends; 0 for as large as it likes. */
    public Wire(final InetSocketAddress broker, final int receiveBytes) {
        try {
            socket = new Socket();
            if (receiveBytes > 0) {
                socket.setReceiveBufferSize(receiveBytes);
            }
            socket.connect(broker, PATIENCE_MS);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MS);
            out = socket.getOutputStream();
            in = socket.getInputStream();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Wire(final InetSocketAddress broker) {
        this(broker, 0);
    }

    /** Sends lines, all in one write. */
    public Wire send(final String... lines) {
        return sendRaw((String.join("\n", lines) + "\n").replace('\'', '"'));
    }

    /** Sends characters as they are. */
    public Wire sendRaw(final String text) {
        return sendRaw(text.getBytes(StandardCharsets.UTF_8));
    }

    public Wire sendRaw(final byte[] bytes) {
        return sendRaw(bytes, 0, bytes.length);
    }

    public Wire sendRaw(final byte[] bytes, final int from, final int length) {
        try {
            out.write(bytes, from, length);
            return this;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends this client's half of the connection. */
    public Wire endOutput() {
        try {
            socket.shutdownOutput();
            return this;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next line, without its LF. */
    public String line() {
        final ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            for (int i = at; i < to; i++) {
                if (buffer[i] == '\n') {
                    line.write(buffer, at, i - at);
                    at = i + 1;
                    return line.toString(StandardCharsets.UTF_8);
                }
            }
            line.write(buffer, at, to - at);
            if (!fill()) {
                throw new EndedException("the broker has ended the connection, " + line.size() + " bytes into a line");
            }
        }
    }

    private boolean fill() {
        try {
            at = 0;
            to = Math.max(0, in.read(buffer));
            return to > 0;
        } catch (final IOException e) {
            throw new UncheckedIOException("no answer", e);
        }
    }

    public Reply reply() {
        return Reply.of(line());
    }

    public List<Reply> replies(final int count) {
        final List<Reply> replies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            replies.add(reply());
        }
        return replies;
    }

    /** Sends one request and reads one reply. */
    public Reply ask(final String request) {
        return send(request).reply();
    }

    /** Sends one request, which must be confirmed. */
    public Reply confirm(final String request) {
        final Reply reply = ask(request);
        if (!reply.isConfirmed()) {
            throw new AssertionError(request + " was refused: " + reply);
        }
        return reply;
    }

    /** Everything until the broker ends the connection. */
    public String rest() {
        final ByteArrayOutputStream rest = new ByteArrayOutputStream();
        do {
            rest.write(buffer, at, to - at);
        } while (fill());
        return rest.toString(StandardCharsets.UTF_8);
    }

    /** Whether nothing has come by now beyond what was read. */
    public boolean isSilent() {
        try {
            return at == to && in.available() == 0;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Breaks the connection instead of ending it. */
    public void reset() {
        try {
            socket.setOption(StandardSocketOptions.SO_LINGER, 0);
            socket.close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
