package io.gmq.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.broker.Broker;
import io.gmq.broker.Outside;
import io.gmq.broker.auth.Passwords;
import io.gmq.broker.auth.User;
import io.gmq.broker.auth.UsersFile;
import io.gmq.broker.config.ConfigLoader;
import io.gmq.broker.config.Machine;
import io.gmq.client.ClientOptions;
import io.gmq.client.GmqClient;
import io.gmq.transport.tls.SelfSigned;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged {@code gmq bench} against a broker that wants to know who loads it, with TLS and without. */
@Timeout(180)
class BenchLogInIT {
    private static final String SECRET = "0pen \"sésame\"";
    private static final List<String> SHORT = List.of("--warmup", "50ms", "--messages", "3000", "--rounds", "1", "--json");

    @TempDir
    private static Path files;

    @TempDir
    private Path folder;
    private PackagedGmq packaged;
    private Path users;
    private Path secret;
    private Broker broker;

    @BeforeAll
    static void makeCertificates() throws IOException {
        for (final String name : List.of("broker", "meter")) {
            final SelfSigned made = SelfSigned.make(name, List.of("localhost", "127.0.0.1"), 2);
            Files.writeString(files.resolve(name + "-cert.pem"), made.certificatePem());
            Files.writeString(files.resolve(name + "-key.pem"), made.keyPem());
        }
    }

    @BeforeEach
    void start() throws IOException {
        packaged = new PackagedGmq(folder);
        users = folder.resolve("users");
        secret = Files.writeString(folder.resolve("secret"), SECRET + "\n");
        final String hash = Passwords.hash(SECRET.getBytes(StandardCharsets.UTF_8));
        final UsersFile written = new UsersFile(users);
        written.add(new User("load", hash, List.of("*"), List.of("*"), List.of("*"), false, 0));
        written.add(new User("narrow", hash, List.of(">"), List.of(">"), List.of(), false, 0));
        written.add(new User("meter", null, List.of("*"), List.of("*"), List.of("*"), false, 0));
        written.add(new User("boss", hash, List.of(), List.of(), List.of(), true, 0));
        final ConfigLoader config = new ConfigLoader(Machine.current()).set("network.port=0").set("network.interface=127.0.0.1")
            .set("queue.queue_type=memory").set("auth.users=" + users).set("tls.port=0").set("tls.certificate=" + file("broker-cert"))
            .set("tls.key=" + file("broker-key")).set("tls.client_ca=" + file("meter-cert"));
        broker = new Broker(config.load(), Machine.current(), Outside.MACHINE, "test", failure -> {
            throw new AssertionError(failure);
        });
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private static String file(final String name) {
        return files.resolve(name + ".pem").toString();
    }

    private String plainPort() {
        return Integer.toString(broker.address().getPort());
    }

    private String tlsPort() {
        return Integer.toString(broker.tlsAddress().orElseThrow().getPort());
    }

    private PackagedGmq.Run bench(final Map<String, String> environment, final String... arguments) throws Exception {
        final List<String> all = new ArrayList<>(List.of("bench"));
        all.addAll(SHORT);
        all.addAll(List.of(arguments));
        return packaged.run(environment, all.toArray(String[]::new));
    }

    private static void assertMeasured(final PackagedGmq.Run run) {
        assertThat(run.errors()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("\"storage\":\"memory\"", "\"missing\":0", "\"repeated\":0").containsPattern("\"messages_per_s\":[1-9]");
    }

    private void assertNothingIsLeft() {
        try (GmqClient boss = GmqClient.connect("127.0.0.1", broker.address().getPort(), ClientOptions.DEFAULT.credentials("boss", SECRET))) {
            assertThat(boss.queues().join().queues()).as("queues of the load").isEmpty();
        }
    }

    @Test
    void shouldLogInOverTls() throws Exception {
        assertMeasured(bench(Map.of(), "--port", tlsPort(), "--ca", file("broker-cert"), "--user", "load", "--password-file", secret.toString()));
        assertNothingIsLeft();
    }

    @Test
    void shouldBeLetInByACertificate() throws Exception {
        assertMeasured(bench(Map.of(), "--port", tlsPort(), "--ca", file("broker-cert"), "--cert", file("meter-cert"), "--key", file("meter-key")));
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"push", "take", "single"})
    void shouldLogInAsTheEnvironmentSays(final String way) throws Exception {
        final Map<String, String> environment =
            Map.of("GMQ_ADDRESS", "127.0.0.1:" + plainPort(), "GMQ_USER", "load", "GMQ_PASSWORD", SECRET);
        final PackagedGmq.Run run = bench(environment, "--consume", way, "--producers", "2", "--consumers", "2", "--queues", "2", "--connections", "20");
        assertMeasured(run);
        assertThat(run.out()).contains("\"idle_connections\":16");
        assertNothingIsLeft();
    }

    @Test
    void shouldTakeCertificatesFromTheEnvironment() throws Exception {
        final Map<String, String> environment = Map.of("GMQ_ADDRESS", "127.0.0.1:" + tlsPort(), "GMQ_TLS", "true", "GMQ_CA", file("broker-cert"),
            "GMQ_USER", "load", "GMQ_PASSWORD", SECRET);
        assertMeasured(bench(environment));
    }

    @Test
    void shouldSayOnOneLineWhyItIsNotLetIn() throws Exception {
        final PackagedGmq.Run wrong = bench(Map.of("GMQ_PASSWORD", "wr0ng"), "--port", plainPort(), "--user", "load");
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.errors()).isEqualTo("gmq: there is no such user with that password (unauthorized)" + System.lineSeparator());
        final PackagedGmq.Run nobody = bench(Map.of(), "--port", plainPort());
        assertThat(nobody.exitCode()).isEqualTo(1);
        assertThat(nobody.errors().lines()).singleElement().asString().contains("this broker has accounts", "(unauthorized)");
        final PackagedGmq.Run untyped = bench(Map.of(), "--port", plainPort(), "--user", "load");
        assertThat(untyped.exitCode()).isEqualTo(2);
        assertThat(untyped.errors()).contains("user 'load' needs a password; set GMQ_PASSWORD, or give --password-file");
    }

    /** Its queues would stay in the broker. */
    @Test
    void shouldNotBeginWithoutTheRightToRemoveItsQueues() throws Exception {
        final PackagedGmq.Run run = bench(Map.of("GMQ_PASSWORD", SECRET), "--port", plainPort(), "--user", "narrow");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors().lines()).singleElement().asString().contains("rights publish, consume and configure", "'bench-", "(forbidden)");
        assertNothingIsLeft();
    }

    @Test
    void shouldLogInToABrokerOfItsOwn() throws Exception {
        assertMeasured(bench(Map.of("GMQ_PASSWORD", SECRET), "--start", "--set", "queue.queue_type=memory", "--set", "auth.users=" + users, "--user", "load"));
    }

    /** What the environment says of the broker that runs is not for the one that is started. */
    @Test
    void shouldNotAskWhoIsMeantByABrokerOfItsOwn() throws Exception {
        assertMeasured(bench(Map.of("GMQ_USER", "load"), "--start", "--set", "queue.queue_type=memory"));
    }
}
