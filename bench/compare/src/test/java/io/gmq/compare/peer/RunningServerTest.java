package io.gmq.compare.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a server that only listens. */
class RunningServerTest {
    @TempDir
    private Path folder;

    /** A server that listens on the port of its first argument until it is killed. */
    static final class Listener {
        private Listener() {
        }

        public static void main(final String[] args) throws Exception {
            try (ServerSocket socket = new ServerSocket(Integer.parseInt(args[0]), 1, InetAddress.getByName(RunningServer.HOST))) {
                System.out.println("listening on " + socket.getLocalPort() + " for " + System.getenv("WHOM"));
                while (true) {
                    socket.accept().close();
                }
            }
        }
    }

    private record Fake(List<List<String>> before, List<String> command) implements Server {
        @Override
        public String id() {
            return "fake";
        }

        @Override
        public List<Subject> subjects() {
            return List.of();
        }

        @Override
        public Launch prepare(final Path folder, final int port) {
            return new Launch(before, command.stream().map(word -> word.replace("PORT", Integer.toString(port))).toList(),
                Map.of("WHOM", "tests"));
        }

        @Override
        public String version(final RunningServer running) {
            return "1";
        }
    }

    private static Fake listener() {
        return new Fake(List.of(List.of("true")), List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), Listener.class.getName(),
            "PORT"));
    }

    private static char state(final RunningServer server) throws IOException {
        final String stat = Files.readString(Path.of("/proc/" + server.pid() + "/stat"));
        return stat.charAt(stat.lastIndexOf(')') + 2);
    }

    /** A process has a signal before it obeys it, and answers on its port before it has said so. */
    private static void await(final Callable<Boolean> condition) throws Exception {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("never came about").isLessThan(deadlineNs);
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldStartFreezeThawAndStop() throws Exception {
        final RunningServer server = RunningServer.start(listener(), folder.resolve("fake"));
        final ProcessHandle process = ProcessHandle.of(server.pid()).orElseThrow();
        try {
            await(() -> Files.readString(folder.resolve("fake/server.log")).contains("listening on " + server.port() + " for tests"));
            assertThat(server.cpuSeconds()).isPositive();
            server.freeze();
            await(() -> state(server) == 'T');
            server.thaw();
            await(() -> state(server) != 'T');
            server.freeze();
        } finally {
            server.close();
        }
        process.onExit().get(5, TimeUnit.SECONDS);
        assertThatThrownBy(server::thaw).hasMessageContaining("fake has ended");
    }

    @Test
    void shouldSayWhatAServerSaidThatDoesNotStart() {
        final Fake server = new Fake(List.of(), List.of("sh", "-c", "echo no such option; exit 3"));
        assertThatThrownBy(() -> RunningServer.start(server, folder.resolve("fake")))
            .hasMessageContaining("exit code 3").hasMessageContaining("no such option");
    }

    @Test
    void shouldSayWhatAServerSaidThatCannotBePrepared() {
        final Fake server = new Fake(List.of(List.of("sh", "-c", "echo bad format; exit 1")), List.of("true"));
        assertThatThrownBy(() -> RunningServer.start(server, folder.resolve("fake")))
            .hasMessageContaining("cannot be prepared").hasMessageContaining("bad format");
    }
}
