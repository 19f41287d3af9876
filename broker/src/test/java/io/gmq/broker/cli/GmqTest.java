package io.gmq.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GmqTest {
    @Test
    void shouldHelpWhoeverAsksForNothingOrForHelp() {
        for (final CommandRun run : List.of(CommandRun.of(), CommandRun.of("--help"), CommandRun.of("-h"), CommandRun.of("help"))) {
            assertThat(run.exitCode()).isZero();
            assertThat(run.errors()).isEmpty();
            assertThat(run.out()).contains("Usage: gmq", "publish", "take", "queues", "version",
                "./gmq publish -q orders \"hello\"", "Exit codes");
        }
        assertThat(CommandRun.of("help", "take")).isEqualTo(CommandRun.of("take", "--help"));
        assertThat(CommandRun.of("take", "--help").out()).contains("Usage: gmq take", "--wait", "Examples:");
    }

    @Test
    void shouldKeepHelpWithinAnOrdinaryTerminal() {
        for (final String command : new String[] {"publish", "take", "consume", "ack", "nack", "extend", "park", "kick", "peek", "purge", "bind",
            "unbind", "queue", "queue configure", "queue describe", "queue delete", "queues", "top", "journal", "journal ls", "journal dump", "journal verify", "journal at",
            "journal trace", "journal replay", "journal repair", "user", "user add", "user passwd", "user rm", "user ls", "archive", "archive status", "archive rebuild", "completion", "version"}) {
            assertThat(CommandRun.of((command + " -h").split(" ")).out().lines()).as(command).hasSizeGreaterThan(3)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        }
    }

    @Test
    void shouldPrintItsVersion() {
        assertThat(CommandRun.of("version").out()).startsWith("gmq ").contains("protocol 1").endsWith(System.lineSeparator());
        assertThat(CommandRun.of("--version").out()).isEqualTo(CommandRun.of("version").out());
        assertThat(CommandRun.of("version", "--json").out()).matches("\\{\"version\":\"[^\"]+\",\"protocol\":1,\"java\":\"[^\"]+\"}\\R");
    }

    @Test
    void shouldSayInOneLineWhatItDidNotUnderstand() {
        assertUsageError("gmq: unknown argument or command 'publsh'; did you mean 'publish', 'purge'?; see 'gmq --help'", "publsh");
        assertUsageError("gmq: missing required option: '--queue=NAME'; see 'gmq take --help'", "take");
        assertUsageError("gmq: missing required option: '--queue=NAME'; see 'gmq take --help'", "take", "orders");
        assertUsageError("gmq: unknown subcommand 'nosuch'; see 'gmq --help'", "help", "nosuch");
        assertUsageError("gmq: unknown option '--quue'; did you mean '--queue'?; see 'gmq take --help'", "take", "--quue", "orders");
        assertUsageError("gmq: value for option '--header' (NAME=VALUE) should be in KEY=VALUE format but was a; see 'gmq publish --help'",
            "publish", "-q", "q", "--header", "a", "x");
        assertUsageError("gmq: unknown option '--waiting'; did you mean '--wait'?; see 'gmq take --help'",
            "take", "-q", "q", "--waiting", "5s");
        assertUsageError("gmq: invalid value for option '--wait': '5' is no duration; write it like 5s, 100ms, 2m or 1h; "
            + "see 'gmq take --help'", "take", "-q", "q", "--wait", "5");
        assertUsageError("gmq: invalid value for option '--durability': 'safe' is no durability; there are memory, written, "
            + "synced and replicated; see 'gmq publish --help'", "publish", "-q", "q", "--durability", "safe", "x");
        assertUsageError("gmq: --port is 70000, must be 1 to 65535; see 'gmq queues --help'", "queues", "--port", "70000");
        assertUsageError("gmq: --max is 0, must be 1 or more; see 'gmq take --help'", "take", "-q", "q", "--max", "0");
        assertUsageError("gmq: --priority is 10, must be 0 to 9; see 'gmq publish --help'", "publish", "-q", "q", "--priority", "10", "x");
    }

    private static void assertUsageError(final String line, final String... arguments) {
        final CommandRun run = CommandRun.of(arguments);
        assertThat(run.errors()).isEqualTo(line + System.lineSeparator());
        assertThat(run.out()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void shouldSayThatNoBrokerRuns() throws IOException {
        final String port = freePort();
        final CommandRun run = CommandRun.of("queues", "--port", port);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.errors()).isEqualTo("gmq: cannot connect to 127.0.0.1:" + port
            + ": connection refused; is the broker running? start it with './gmq server'" + System.lineSeparator());
    }

    @Test
    void shouldTakeTheAddressFromTheEnvironment() throws IOException {
        final String port = freePort();
        assertThat(CommandRun.of(CommandRun.piped("", Map.of("GMQ_ADDRESS", "localhost:" + port)), "queues").errors())
            .startsWith("gmq: cannot connect to localhost:" + port);
        assertThat(CommandRun.of(CommandRun.piped("", Map.of("GMQ_ADDRESS", "[::1]:1")), "queues", "--port", port).errors())
            .startsWith("gmq: cannot connect to [::1]:" + port);
        for (final String wrong : new String[] {"localhost", ":1", "a:b", "a:0", "a:70000"}) {
            final CommandRun run = CommandRun.of(CommandRun.piped("", Map.of("GMQ_ADDRESS", wrong)), "queues");
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.errors()).contains("GMQ_ADDRESS is '" + wrong + "', must be HOST:PORT");
        }
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(socket.getLocalPort());
        }
    }
}
