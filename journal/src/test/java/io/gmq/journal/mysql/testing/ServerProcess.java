package io.gmq.journal.mysql.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * The process of one MariaDB. A shell stands between it and us, whose standard input we hold: when that ends, since we have gone
 * however suddenly, the shell kills the server.
 */
final class ServerProcess {
    private static final String SHELL = """
        exec 3<&0
        "$@" </dev/null 3<&- 1>&2 &
        server=$!
        echo $server
        (read never <&3; kill -9 $server) &
        watcher=$!
        exec 3<&-
        wait $server
        kill $watcher""";
    private static final long START_NS_MAX = TimeUnit.SECONDS.toNanos(60);
    /** Below the ports that systems give to connections, one of which would be in the way of a new start. */
    private static final int PORT_MIN = 20_000;
    private static final int PORT_END = 32_000;

    private final List<String> command;
    private final Path log;
    private final int port;
    private Process shell;
    private ProcessHandle server;

    private ServerProcess(final List<String> command, final Path log, final int port) {
        this.command = command;
        this.log = log;
        this.port = port;
    }

    /** With data of its own below the folder; not started. */
    static ServerProcess create(final MariaDbFiles files, final Path folder) {
        try {
            final int port = freePort();
            final Path data = folder.resolve("mariadb").toAbsolutePath();
            Folders.copy(files.data(), data);
            final List<String> command = files.command(data);
            command.addAll(List.of("--port=" + port, "--bind-address=127.0.0.1", "--socket=socket", "--pid-file=pid", "--skip-name-resolve",
                "--ssl-cert=" + files.certificate(), "--ssl-key=" + files.key()));
            return new ServerProcess(command, folder.resolve("mariadb.log"), port);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        while (true) {
            final int port = ThreadLocalRandom.current().nextInt(PORT_MIN, PORT_END);
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return port;
            } catch (final BindException taken) {
                continue;
            }
        }
    }

    int port() {
        return port;
    }

    void start() {
        try {
            final List<String> whole = new ArrayList<>(List.of("sh", "-c", SHELL, "sh"));
            whole.addAll(command);
            shell = new ProcessBuilder(whole).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
            final BufferedReader reader = shell.inputReader();
            server = ProcessHandle.of(Long.parseLong(reader.readLine())).orElseThrow();
            awaitGreeting();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitGreeting() throws IOException {
        final long startNs = System.nanoTime();
        while (!isGreeting()) {
            if (!shell.isAlive() || System.nanoTime() - startNs > START_NS_MAX) {
                kill();
                throw new IOException("MariaDB did not start: " + Files.readString(log, StandardCharsets.ISO_8859_1));
            }
            Waiting.aMoment();
        }
    }

    private boolean isGreeting() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.getInputStream().read() >= 0;
        } catch (final IOException notYet) {
            return false;
        }
    }

    /** Returns when the process is gone; nothing happens if it has gone before. */
    void kill() {
        server.destroyForcibly();
        Waiting.forExit(shell);
        try {
            shell.getOutputStream().close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
