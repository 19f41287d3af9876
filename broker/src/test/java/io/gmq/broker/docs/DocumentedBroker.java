package io.gmq.broker.docs;

import io.gmq.broker.Broker;
import io.gmq.broker.Outside;
import io.gmq.broker.config.ConfigLoader;
import io.gmq.broker.config.Keys;
import io.gmq.broker.config.Machine;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An empty broker with the defaults that the documents speak of, on any free port. On one thread, so that even the order of replies
 * that may overtake each other is the same in each run.
 */
final class DocumentedBroker implements AutoCloseable {
    private static final String VERSION = "0.1.0";
    /** For a reply that does not come; none takes nearly as long. */
    private static final int PATIENCE_MS = 20_000;

    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Broker broker;

    /** @param settings each {@code section.key=value}. */
    DocumentedBroker(final Path data, final String... settings) {
        final Machine machine = Machine.current();
        final ConfigLoader config = new ConfigLoader(machine)
            .flag("--port", Keys.NETWORK_PORT, "0")
            .flag("--data", Keys.FILESYSTEM_PATH, data.toString())
            .set("ring.profile=compact");
        for (final String setting : settings) {
            config.set(setting);
        }
        broker = new Broker(config.load(), machine, Outside.MACHINE, VERSION, failure::set);
    }

    String address() {
        return broker.address().getAddress().getHostAddress() + ":" + broker.address().getPort();
    }

    Socket connect() throws IOException {
        final Socket socket = new Socket(broker.address().getAddress(), broker.address().getPort());
        socket.setSoTimeout(PATIENCE_MS);
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** Sends bytes on a connection of their own, ends the sending half, and returns all that comes until the broker closes. */
    String exchange(final byte[] bytes) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        broker.close();
        if (failure.get() != null) {
            throw new AssertionError("the broker has failed", failure.get());
        }
    }
}
