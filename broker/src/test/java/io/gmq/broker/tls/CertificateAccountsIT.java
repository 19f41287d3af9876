package io.gmq.broker.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gmq.broker.Broker;
import io.gmq.broker.Outside;
import io.gmq.broker.auth.Passwords;
import io.gmq.broker.auth.User;
import io.gmq.broker.auth.UsersFile;
import io.gmq.broker.config.ConfigLoader;
import io.gmq.broker.config.Machine;
import io.gmq.client.ClientOptions;
import io.gmq.client.GmqClient;
import io.gmq.client.GmqException;
import io.gmq.client.GmqRefusedException;
import io.gmq.client.TakeOptions;
import io.gmq.client.TlsOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A broker with accounts that asks its clients for certificates. One selector serves all of them, so that whoever stops it stops
 * everybody.
 */
@Timeout(120)
final class CertificateAccountsIT {
    private static final String SECRET = "wholesale";
    private static final int PATIENCE_MS = 20_000;
    private static final int RECORD_LENGTH = 5;

    @TempDir
    private static Path files;

    private static TestCertificates certificates;
    private static Path clientCa;

    @TempDir
    private Path temp;

    private UsersFile users;

    @BeforeAll
    static void makeCertificates() throws IOException {
        certificates = new TestCertificates(files);
        for (final String name : List.of("broker", "alice", "stranger", "shop")) {
            certificates.make(name);
        }
        certificates.make("forged", "alice");
        clientCa = certificates.all("alice", "stranger", "shop");
    }

    @BeforeEach
    void addUsers() {
        users = new UsersFile(temp.resolve("users"));
        users.add(new User("alice", null, List.of("orders.>"), List.of(), List.of(), false, 0));
        final String hash = Passwords.hash(SECRET.getBytes(StandardCharsets.UTF_8));
        users.add(new User("shop", hash, List.of(), List.of("orders.>"), List.of(), false, 0));
    }

    private Broker broker(final String... settings) {
        final ConfigLoader config = new ConfigLoader(Machine.current()).set("queue.queue_type=memory").set("network.port=none").set("network.selectors=1")
            .set("network.interface=127.0.0.1").set("tls.port=0").set("tls.certificate=" + certificates.certificate("broker"))
            .set("tls.key=" + certificates.key("broker")).set("tls.client_ca=" + clientCa).set("auth.users=" + users.path());
        for (final String setting : settings) {
            config.set(setting);
        }
        return new Broker(config.load(), Machine.current(), Outside.MACHINE, "test", failure -> {
            throw new AssertionError(failure);
        });
    }

    private static GmqClient connect(final Broker broker, final ClientOptions options) {
        return GmqClient.connect("127.0.0.1", broker.address().getPort(), options);
    }

    private static ClientOptions showing(final String own) {
        return ClientOptions.DEFAULT.tls(certificates.believing("broker", own));
    }

    private static ClientOptions showingNone() {
        return ClientOptions.DEFAULT.tls(certificates.believing("broker"));
    }

    private static void publish(final GmqClient client) {
        client.publish("orders.new", "3 bags of coffee").join();
    }

    private static void assertAliceIsServed(final Broker broker) {
        try (GmqClient alice = connect(broker, showing("alice"))) {
            publish(alice);
        }
    }

    private static String refusal(final Broker broker, final ClientOptions options, final Consumer<GmqClient> action) {
        try (GmqClient client = connect(broker, options)) {
            action.accept(client);
            return "none";
        } catch (final GmqRefusedException atHello) {
            return atHello.code();
        } catch (final CompletionException e) {
            assertThat(e).cause().isInstanceOf(GmqRefusedException.class);
            return ((GmqRefusedException) e.getCause()).code();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls.require_client_certificate=false", "tls.require_client_certificate=true"})
    void shouldLetACertificateDoWhatItsUserMay(final String requirement) {
        try (Broker broker = broker(requirement)) {
            try (GmqClient alice = connect(broker, showing("alice"))) {
                publish(alice);
                assertThatThrownBy(() -> alice.take("orders.new", TakeOptions.max(1)).join()).cause()
                    .isInstanceOfSatisfying(GmqRefusedException.class, refused -> assertThat(refused.code()).isEqualTo("forbidden"));
                assertThatThrownBy(() -> alice.publish("answers.shop", "x").join()).cause()
                    .isInstanceOfSatisfying(GmqRefusedException.class, refused -> assertThat(refused.code()).isEqualTo("forbidden"));
                publish(alice);
            }
            try (GmqClient shop = connect(broker, showing("shop"))) {
                assertThat(shop.take("orders.new", TakeOptions.max(10)).join()).as("what was forbidden was not done").hasSize(2);
            }
        }
    }

    @Test
    void shouldNotLetInACertificateWithoutAUser() {
        try (Broker broker = broker()) {
            assertThat(refusal(broker, showing("stranger"), CertificateAccountsIT::publish)).isEqualTo("unauthorized");
            users.add(new User("stranger", null, List.of(">"), List.of(), List.of(), false, 0));
            assertAliceIsServed(broker);
        }
        try (Broker broker = broker()) {
            assertThat(refusal(broker, showing("stranger"), CertificateAccountsIT::publish)).as("now it has one").isEqualTo("none");
        }
    }

    @Test
    void shouldNotLetInWithoutCertificateAndCredentials() {
        try (Broker broker = broker()) {
            assertThat(refusal(broker, showingNone(), CertificateAccountsIT::publish)).isEqualTo("unauthorized");
            assertAliceIsServed(broker);
        }
    }

    @Test
    void shouldLetInWithAPasswordInPlaceOfACertificate() {
        try (Broker broker = broker(); GmqClient shop = connect(broker, showingNone().credentials("shop", SECRET))) {
            assertAliceIsServed(broker);
            assertThat(shop.take("orders.new", TakeOptions.max(1)).join()).hasSize(1);
        }
    }

    /** Whoever says who it is means that, whatever it shows. */
    @Test
    void shouldGoByThePasswordWhereThereAreBoth() {
        try (Broker broker = broker()) {
            assertThat(refusal(broker, showing("alice").credentials("shop", SECRET), CertificateAccountsIT::publish)).isEqualTo("forbidden");
            assertThat(refusal(broker, showing("alice").credentials("shop", "wr0ng"), CertificateAccountsIT::publish)).isEqualTo("unauthorized");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "alice", SECRET})
    void shouldLetNoPasswordInWhereThereIsNone(final String password) {
        try (Broker broker = broker()) {
            assertThat(refusal(broker, showingNone().credentials("alice", password), CertificateAccountsIT::publish)).isIn("unauthorized", "bad_request");
        }
    }

    /** Of the right name, but nobody whom the broker believes vouches for it. */
    @Test
    void shouldNotBelieveACertificateThatAnybodyMade() {
        try (Broker broker = broker()) {
            assertThatThrownBy(() -> {
                try (GmqClient forged = connect(broker, showing("forged"))) {
                    publish(forged);
                }
            }).isInstanceOfAny(CompletionException.class, GmqException.class);
            assertAliceIsServed(broker);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void shouldFailTheHandshakeWithoutTheCertificateThatIsRequired(final String protocol) throws IOException {
        try (Broker broker = broker("tls.require_client_certificate=true")) {
            try (GmqClient alice = connect(broker, showing("alice")); SSLSocket nobody = socket(broker, certificates.believing("broker"))) {
                nobody.setEnabledProtocols(new String[] {protocol});
                assertThatThrownBy(() -> {
                    nobody.startHandshake();
                    // With TLS 1.3 a client learns of it only with what it reads.
                    nobody.getInputStream().read();
                }).isInstanceOf(SSLException.class).hasMessageMatching(".*(bad_certificate|certificate_required).*");
                publish(alice);
            }
            assertAliceIsServed(broker);
        }
    }

    private static SSLSocket socket(final Broker broker, final TlsOptions options) throws IOException {
        final InetSocketAddress address = broker.address();
        final SSLSocket socket = (SSLSocket) options.context().getSocketFactory().createSocket(address.getAddress(), address.getPort());
        socket.setSoTimeout(PATIENCE_MS);
        return socket;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, RECORD_LENGTH, 60, Integer.MAX_VALUE})
    void shouldServeOthersWhileSomebodyIsSilentInItsHandshake(final int length) throws IOException {
        try (Broker broker = broker("tls.require_client_certificate=true"); GmqClient before = connect(broker, showing("alice"))) {
            final byte[] hello = clientHello();
            try (Socket silent = new Socket(broker.address().getAddress(), broker.address().getPort())) {
                silent.setSoTimeout(PATIENCE_MS);
                final OutputStream out = silent.getOutputStream();
                out.write(hello, 0, Math.min(length, hello.length));
                out.flush();
                if (length > hello.length) {
                    assertThat(silent.getInputStream().read()).as("the broker is in the middle of the handshake").isGreaterThan(0);
                }
                publish(before);
                assertAliceIsServed(broker);
            }
            publish(before);
        }
    }

    /** What a client sends first. */
    private static byte[] clientHello() throws IOException {
        final SSLEngine engine = certificates.believing("broker").context().createSSLEngine();
        engine.setUseClientMode(true);
        final ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), hello);
        return Arrays.copyOf(hello.array(), hello.position());
    }
}
