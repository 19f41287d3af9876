package io.gmq.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.broker.Broker;
import io.gmq.broker.Outside;
import io.gmq.broker.config.ConfigLoader;
import io.gmq.broker.config.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command line makes a certificate, and talks to a broker that shows it. */
@Timeout(120)
final class TlsCommandsTest {
    @TempDir
    private static Path folder;

    @TempDir
    private Path data;

    @BeforeAll
    static void makeCertificate() {
        final CommandRun run = CommandRun.of("cert", "--out", folder.toString());
        assertThat(run.errors()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("gmq-cert.pem", "gmq-key.pem");
    }

    private Broker broker(final String... settings) {
        final ConfigLoader config = new ConfigLoader(Machine.current()).set("network.port=0").set("filesystem.path=" + data).set("tls.port=0")
            .set("tls.certificate=" + folder.resolve("gmq-cert.pem")).set("tls.key=" + folder.resolve("gmq-key.pem"));
        for (final String setting : settings) {
            config.set(setting);
        }
        return new Broker(config.load(), Machine.current(), Outside.MACHINE, "test", failure -> {
            throw new AssertionError(failure);
        });
    }

    private static String tlsPort(final Broker broker) {
        return Integer.toString(broker.tlsAddress().orElseThrow().getPort());
    }

    private static String ca() {
        return folder.resolve("gmq-cert.pem").toString();
    }

    @Test
    void shouldKeepTheKeyFromOthers() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("gmq-key.pem")))).isEqualTo("rw-------");
    }

    @Test
    void shouldNotWriteOverACertificate() throws IOException {
        final String before = Files.readString(folder.resolve("gmq-cert.pem"));
        final CommandRun run = CommandRun.of("cert", "--out", folder.toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).contains("gmq-cert.pem is there already");
        assertThat(Files.readString(folder.resolve("gmq-cert.pem"))).isEqualTo(before);
    }

    @Test
    void shouldRefuseANameThatIsNone() {
        for (final String[] wrong : new String[][] {{"--name", "a/b"}, {"--days", "0"}, {"--host", "a b"}}) {
            final CommandRun run = CommandRun.of("cert", "--out", data.toString(), wrong[0], wrong[1]);
            assertThat(run.exitCode()).as(wrong[0]).isEqualTo(2);
            assertThat(run.errors()).contains(wrong[0]);
        }
    }

    @Test
    void shouldTalkToABrokerWithTls() {
        try (Broker broker = broker()) {
            final CommandRun publish = CommandRun.of("publish", "-q", "orders", "hello", "--port", tlsPort(broker), "--tls", "--ca", ca());
            assertThat(publish.errors()).isEmpty();
            assertThat(publish.exitCode()).isZero();
            // A CA that is named is reason enough.
            assertThat(CommandRun.of("take", "-q", "orders", "--port", tlsPort(broker), "--ca", ca()).out()).contains("hello");
        }
    }

    @Test
    void shouldTakeItFromTheEnvironment() {
        try (Broker broker = broker()) {
            final Shell shell =
                CommandRun.piped("", Map.of("GMQ_ADDRESS", "localhost:" + tlsPort(broker), "GMQ_TLS", "true", "GMQ_CA", ca()));
            assertThat(CommandRun.of(shell, "queues").exitCode()).isZero();
            final Shell named = CommandRun.piped("", Map.of("GMQ_ADDRESS", "localhost:" + tlsPort(broker), "GMQ_CA", ca()));
            assertThat(CommandRun.of(named, "queues").exitCode()).as("a CA that is named is reason enough").isZero();
            final Shell plain = CommandRun.piped("", Map.of("GMQ_ADDRESS", "localhost:" + tlsPort(broker), "GMQ_CA", ca(), "GMQ_TLS", "false"));
            assertThat(CommandRun.of(plain, "queues").errors()).contains("this port is for TLS");
            final Shell wrong = CommandRun.piped("", Map.of("GMQ_TLS", "yes"));
            assertThat(CommandRun.of(wrong, "queues").errors()).contains("GMQ_TLS is 'yes', must be true or false");
        }
    }

    @Test
    void shouldReplayToABrokerWithTlsAndAccounts() throws IOException {
        try (Broker broker = broker()) {
            CommandRun.of("publish", "-q", "orders", "hello", "--port", tlsPort(broker), "--ca", ca());
        }
        final String secret = Files.writeString(folder.resolve("secret"), "sesame\n").toString();
        try (Broker broker = broker("queue.queue_type=memory", "network.interface=127.0.0.1", "auth.user=boss", "auth.password=sesame",
            "auth.users=" + userOfTheCertificate(), "tls.client_ca=" + ca())) {
            final String[] replay = {"journal", "replay", "--data", data.toString(), "--queue", "orders", "--to", "127.0.0.1:" + tlsPort(broker)};
            assertReplayed(CommandRun.of(with(replay, "--ca", ca(), "--user", "boss", "--password-file", secret)));
            assertReplayed(CommandRun.of(
                CommandRun.piped("", Map.of("GMQ_TLS", "true", "GMQ_CA", ca(), "GMQ_USER", "boss", "GMQ_PASSWORD", "sesame")), replay));
            final String key = folder.resolve("gmq-key.pem").toString();
            assertReplayed(CommandRun.of(with(replay, "--ca", ca(), "--cert", ca(), "--key", key)));

            final CommandRun wrong = CommandRun.of(CommandRun.piped("", Map.of("GMQ_PASSWORD", "wr0ng")), with(replay, "--ca", ca(), "--user", "boss"));
            assertThat(wrong.exitCode()).isEqualTo(1);
            assertThat(wrong.errors()).contains("gmq: there is no such user with that password (unauthorized)");
            final CommandRun untyped = CommandRun.of(with(replay, "--ca", ca(), "--user", "boss"));
            assertThat(untyped.exitCode()).isEqualTo(2);
            assertThat(untyped.errors()).contains("user 'boss' needs a password; set GMQ_PASSWORD, or give --password-file");
            assertThat(CommandRun.of(replay).errors()).contains("this port is for TLS; connect with --tls");
        }
    }

    /** A users' file with whom the certificate names. */
    private String userOfTheCertificate() {
        final String users = folder.resolve("users").toString();
        assertThat(CommandRun.of("user", "add", "gmq", "--certificate-only", "--publish", "orders", "--users", users).exitCode()).isZero();
        return users;
    }

    private static String[] with(final String[] command, final String... more) {
        return Stream.concat(Arrays.stream(command), Arrays.stream(more)).toArray(String[]::new);
    }

    private static void assertReplayed(final CommandRun run) {
        assertThat(run.errors()).isEmpty();
        assertThat(run.out()).isEqualTo(CommandRun.lines("published 1 message to 'orders'"));
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void shouldSayWhyThereIsNoConnection() {
        try (Broker broker = broker()) {
            final String plainPort = Integer.toString(broker.address().getPort());
            assertThat(CommandRun.of("queues", "--port", plainPort, "--ca", ca()).errors()).contains("that port does not speak TLS");
            assertThat(CommandRun.of("queues", "--port", tlsPort(broker)).errors()).contains("this port is for TLS; connect with --tls");
            assertThat(CommandRun.of("queues", "--port", tlsPort(broker), "--tls").errors()).contains("vouches for the broker's certificate");
            assertThat(CommandRun.of("queues", "--tls", "--ca", folder.resolve("none.pem").toString()).errors()).contains("there is no file");
            assertThat(CommandRun.of("queues", "--key", ca()).errors()).contains("--key goes with --cert");
        }
    }
}
