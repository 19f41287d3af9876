package io.gmq.compare.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A server as a child process. Between measurements it is stopped with SIGSTOP, so that it takes no time from others and yet stays as
 * warm as it is.
 */
public final class RunningServer implements AutoCloseable {
    /** Where all servers listen. */
    public static final String HOST = "127.0.0.1";

    private static final int PATIENCE_S = 60;
    private static final int STOP_PATIENCE_S = 15;
    private static final int CONNECT_MS = 200;
    private static final int POLL_MS = 50;
    private static final int LOG_TAIL = 20;

    private final Server server;
    private final int port;
    private final Path folder;
    private final Process process;

    private RunningServer(final Server server, final int port, final Path folder, final Process process) {
        this.server = server;
        this.port = port;
        this.folder = folder;
        this.process = process;
    }

    /** Starts it in an empty folder, with a port of its own, and waits until it accepts connections. */
    public static RunningServer start(final Server server, final Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        final int port = freePort();
        final Launch launch = server.prepare(folder, port);
        for (final List<String> command : launch.before()) {
            if (process(launch, command, folder).start().waitFor() != 0) {
                throw new IOException(server.id() + " cannot be prepared: " + command + "; it said:\n" + tail(folder));
            }
        }
        final RunningServer running = new RunningServer(server, port, folder, process(launch, launch.command(), folder).start());
        try {
            running.awaitReady();
        } catch (final IOException | InterruptedException e) {
            running.close();
            throw e;
        }
        return running;
    }

    private static ProcessBuilder process(final Launch launch, final List<String> command, final Path folder) {
        final ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile()).redirectOutput(ProcessBuilder.Redirect.appendTo(log(folder).toFile()));
        builder.environment().putAll(launch.environment());
        return builder;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() throws IOException, InterruptedException {
        final long since = System.nanoTime();
        while (!accepts()) {
            if (!process.isAlive()) {
                throw new IOException(server.id() + " has ended with exit code " + process.exitValue() + "; it said:\n" + tail(folder));
            }
            if (System.nanoTime() - since > TimeUnit.SECONDS.toNanos(PATIENCE_S)) {
                throw new IOException(server.id() + " does not accept connections after " + PATIENCE_S + " s; it said:\n" + tail(folder));
            }
            Thread.sleep(POLL_MS);
        }
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(HOST, port), CONNECT_MS);
            return true;
        } catch (final IOException e) {
            return false;
        }
    }

    private static Path log(final Path folder) {
        return folder.resolve("server.log");
    }

    private static String tail(final Path folder) throws IOException {
        final List<String> lines = new String(Files.readAllBytes(log(folder)), StandardCharsets.UTF_8).lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL), lines.size()));
    }

    public Server server() {
        return server;
    }

    public int port() {
        return port;
    }

    /** Of the process that was started. */
    public long pid() {
        return process.pid();
    }

    /** The processor time that it has used so far, all its processes together, in seconds. */
    public double cpuSeconds() {
        return ProcessorTime.ofTree(process.pid());
    }

    /** Lets it sleep. */
    public void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Lets it go on. */
    public void thaw() throws IOException, InterruptedException {
        if (!process.isAlive()) {
            throw new IOException(server.id() + " has ended with exit code " + process.exitValue() + "; it said:\n" + tail(folder));
        }
        signal("CONT");
    }

    private Stream<ProcessHandle> tree() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants());
    }

    private void signal(final String name) throws IOException, InterruptedException {
        final List<String> command = Stream.concat(Stream.of("kill", "-" + name), tree().map(handle -> Long.toString(handle.pid())))
            .toList();
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    }

    /** Stops it, by force if it does not stop by itself. Its descendants too. */
    @Override
    public void close() {
        final List<ProcessHandle> all = tree().toList();
        try {
            signal("CONT");
            // all of them: a shell in front of a server keeps the signal to itself
            all.forEach(ProcessHandle::destroy);
            process.waitFor(STOP_PATIENCE_S, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (final IOException e) {
            // then by force
        } finally {
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
