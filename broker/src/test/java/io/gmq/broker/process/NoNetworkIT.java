package io.gmq.broker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gmq.broker.conformance.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker waits to be called and calls nobody: no usage data, no names looked up. */
class NoNetworkIT {
    @TempDir
    Path temp;

    private static boolean works(final String... command) throws IOException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start()
                .onExit().orTimeout(10, TimeUnit.SECONDS).join().exitValue() == 0;
        } catch (final IOException missing) {
            return false;
        }
    }

    @Test
    void shouldConnectToNowhere() throws IOException {
        assumeTrue(works("strace", "-f", "-o", "/dev/null", "-e", "trace=connect", "true"), "strace is not here, or may not trace");
        final Path trace = temp.resolve("trace");
        final List<String> strace = List.of("strace", "-f", "-o", trace.toString(), "-e", "trace=connect,sendto,sendmsg,sendmmsg,bind");
        try (BrokerProcess broker = BrokerProcess.startWrapped(temp, strace, temp.resolve("data")); Wire wire = broker.connect()) {
            wire.confirm("{'operation':'publish','queue':'q','text':'x'}");
            wire.confirm("{'operation':'take','queue':'q','lease_ms':0}");
            broker.terminate();
            wire.reply();
            broker.exitCode();
        }
        final List<String> calls = Files.readAllLines(trace);
        assertThat(calls).as("what it listens on, to know that the trace sees anything").anyMatch(call -> call.contains("bind(") && call.contains("AF_INET"));
        assertThat(calls).noneMatch(call -> !call.contains("bind(") && call.contains("AF_INET"));
    }

    @Test
    void shouldRunWhereThereIsNoNetwork() throws IOException {
        final String up = "ip link set lo up && exec \"$@\"";
        assumeTrue(works("unshare", "-rn", "sh", "-c", up, "sh", "true"), "no network of its own to be had from unshare and ip");
        final List<String> alone = List.of("unshare", "-rn", "sh", "-c", up, "sh");
        try (BrokerProcess broker = BrokerProcess.startWrapped(temp, alone, temp.resolve("data"))) {
            broker.terminate();
            assertThat(broker.exitCode()).isZero();
            assertThat(broker.err()).doesNotContain("ERROR");
        }
    }
}
