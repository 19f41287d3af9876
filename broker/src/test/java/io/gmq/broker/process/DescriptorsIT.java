package io.gmq.broker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gmq.broker.conformance.Wire;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A broker that may not open any more files: it neither ends nor spins, serves those who are in, and the others when it can again. Its
 * journal would need files too, so clients never get as far as that where there is one.
 */
class DescriptorsIT {
    private static final int SILENCE_MS = 1000;
    private static final byte[] PING = "{\"operation\":\"ping\"}\n".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path temp;

    @BeforeAll
    static void needLinux() {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")) && Files.isExecutable(Path.of("/usr/bin/prlimit")), "needs /proc and prlimit");
    }

    private static void limitFiles(final BrokerProcess broker, final long files) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("/usr/bin/prlimit", "--pid", Long.toString(broker.pid()), "--nofile=" + files + ":").inheritIO().start().waitFor())
            .isZero();
    }

    private static long openFiles(final BrokerProcess broker) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/" + broker.pid() + "/fd"))) {
            return files.count();
        }
    }

    private static Duration cpu(final BrokerProcess broker) {
        return ProcessHandle.of(broker.pid()).orElseThrow().info().totalCpuDuration().orElseThrow();
    }

    @Test
    void shouldGoOnWhereNoMoreFilesMayBeOpened() throws IOException, InterruptedException {
        final List<Socket> crowd = new ArrayList<>();
        try (BrokerProcess broker = BrokerProcess.start(temp, temp.resolve("data"), "--set", "queue.queue_type=memory"); Wire wire = broker.connect()) {
            wire.confirm("{'operation':'publish','queue':'q','text':'before'}");
            limitFiles(broker, openFiles(broker));
            for (int i = 0; i < 50; i++) {
                final Socket socket = new Socket(broker.address().getAddress(), broker.address().getPort());
                socket.getOutputStream().write(PING);
                socket.setSoTimeout(SILENCE_MS);
                crowd.add(socket);
            }
            final Duration before = cpu(broker);
            assertThat(isSilent(crowd.get(0))).as("nobody is taken in").isTrue();
            assertThat(cpu(broker).minus(before)).as("of processor time in %d ms", SILENCE_MS).isLessThan(Duration.ofMillis(SILENCE_MS / 3));
            for (int i = 0; i < 100; i++) {
                wire.confirm("{'operation':'publish','queue':'q','text':'" + i + "'}");
            }
            limitFiles(broker, openFiles(broker) + 200);
            for (final Socket socket : crowd) {
                socket.setSoTimeout(20 * SILENCE_MS);
                assertThat(socket.getInputStream().read()).as("served when there are files again").isEqualTo('{');
            }
            assertThat(broker.err().lines().filter(line -> line.contains("cannot accept connections for now"))).hasSize(1);
            broker.terminate();
            assertThat(broker.exitCode()).isZero();
        } finally {
            for (final Socket socket : crowd) {
                socket.close();
            }
        }
    }

    private static boolean isSilent(final Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (final SocketTimeoutException e) {
            return true;
        }
    }

    @Test
    void shouldTakeNoMoreConnectionsThanLeaveFilesToTheJournal() throws IOException {
        final List<String> narrow = List.of("sh", "-c", "ulimit -n 300 && exec \"$@\"", "sh");
        final List<Wire> crowd = new ArrayList<>();
        try (BrokerProcess broker = BrokerProcess.startWrapped(temp, narrow, temp.resolve("data"), "--set", "journal.segment_bytes=2MiB")) {
            assertThat(broker.err()).contains("network.max_connections is 10000, but this process may have 300 files open");
            Wire last;
            do {
                last = broker.connect();
                crowd.add(last);
                last.send("{'operation':'ping'}");
            } while (!last.line().contains("overloaded"));
            assertThat(crowd).hasSizeBetween(20, 200);
            // More than a segment holds: files have to be opened now.
            final String text = "x".repeat(40_000);
            for (int i = 0; i < 100; i++) {
                crowd.get(0).confirm("{'operation':'publish','queue':'q','text':'" + text + "','durability':'synced'}");
            }
            broker.terminate();
            assertThat(broker.exitCode()).isZero();
        } finally {
            crowd.forEach(Wire::close);
        }
    }
}
