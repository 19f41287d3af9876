package io.gmq.broker.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gmq.broker.Broker;
import io.gmq.broker.Outside;
import io.gmq.broker.config.ConfigLoader;
import io.gmq.broker.config.Machine;
import io.gmq.client.ClientOptions;
import io.gmq.client.GmqClient;
import io.gmq.client.GmqConnectionException;
import io.gmq.client.GmqException;
import io.gmq.client.Message;
import io.gmq.client.TakeOptions;
import io.gmq.client.TlsOptions;
import io.gmq.transport.tls.TlsSetupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A broker in this process, with both kinds of ports, and clients of the client library. */
@Timeout(120)
final class TlsBrokerTest {
    private static final int MESSAGES = 5000;

    @TempDir
    private static Path files;

    private static TestCertificates certificates;

    @TempDir
    private Path temp;

    @BeforeAll
    static void makeCertificates() throws IOException {
        certificates = new TestCertificates(files);
        for (final String name : List.of("broker", "other", "alice")) {
            certificates.make(name);
        }
    }

    private Broker broker(final String... settings) {
        return broker(certificates.certificate("broker"), certificates.key("broker"), settings);
    }

    private Broker broker(final Path certificate, final Path key, final String... settings) {
        final ConfigLoader config = new ConfigLoader(Machine.current()).set("filesystem.path=" + temp.resolve("data")).set("tls.port=0")
            .set("tls.certificate=" + certificate).set("tls.key=" + key);
        for (final String setting : settings) {
            config.set(setting);
        }
        return new Broker(config.load(), Machine.current(), Outside.MACHINE, "test", failure -> {
            throw new AssertionError(failure);
        });
    }

    private static GmqClient connect(final Broker broker, final TlsOptions options) {
        return GmqClient.connect("127.0.0.1", broker.tlsAddress().orElseThrow().getPort(), ClientOptions.DEFAULT.tls(options));
    }

    @ParameterizedTest
    @ValueSource(strings = {"compact", "shared", "dedicated"})
    void shouldCarryMessagesInOrder(final String profile) {
        try (Broker broker = broker("network.port=none", "ring.profile=" + profile, "queue.max_queue_capacity=" + MESSAGES);
            GmqClient client = connect(broker, certificates.believing("broker"))) {
            assertThat(broker.hasPlainPort()).isFalse();
            assertThat(broker.address()).isEqualTo(broker.tlsAddress().orElseThrow());
            final List<CompletableFuture<Long>> sent = new ArrayList<>();
            for (int i = 0; i < MESSAGES; i++) {
                sent.add(client.publish("orders", i + " " + "x".repeat(i % 300)));
            }
            sent.forEach(CompletableFuture::join);
            int next = 0;
            while (next < MESSAGES) {
                for (final Message message : client.take("orders", TakeOptions.max(1000)).join()) {
                    assertThat(message.text()).startsWith(next + " ");
                    next++;
                }
            }
        }
    }

    @Test
    void shouldServeBothPortsAlike() {
        try (Broker broker = broker("network.port=0"); GmqClient secured = connect(broker, certificates.believing("broker"));
            GmqClient plain = GmqClient.connect("127.0.0.1", broker.address().getPort())) {
            secured.publish("orders", "of the one").join();
            plain.publish("orders", "of the other").join();
            assertThat(plain.take("orders", TakeOptions.max(10)).join()).extracting(Message::text)
                .containsExactly("of the one", "of the other");
        }
    }

    @Test
    void shouldCarryALongMessage() {
        try (Broker broker = broker("network.port=none", "queue.max_message_length=4MiB");
            GmqClient client = connect(broker, certificates.believing("broker"))) {
            final byte[] payload = new byte[4 << 20];
            payload[payload.length - 1] = 1;
            client.publish("long", payload).join();
            assertThat(client.take("long", TakeOptions.max(1)).join().get(0).payload()).isEqualTo(payload);
        }
    }

    @Test
    void shouldNotBeBelievedByAClientThatBelievesAnother() {
        try (Broker broker = broker("network.port=none")) {
            assertThatThrownBy(() -> connect(broker, certificates.believing("other"))).isInstanceOf(GmqConnectionException.class)
                .hasMessageContaining("with TLS: nobody whom this client believes vouches for the broker's certificate");
            assertThatThrownBy(() -> connect(broker, TlsOptions.DEFAULT)).isInstanceOf(GmqConnectionException.class);
        }
    }

    @Test
    void shouldNotBeBelievedUnderAnotherName() throws IOException {
        certificates.make("elsewhere", "elsewhere", List.of("elsewhere.example"));
        try (Broker broker = broker(certificates.certificate("elsewhere"), certificates.key("elsewhere"), "network.port=none")) {
            assertThatThrownBy(() -> connect(broker, certificates.believing("elsewhere"))).isInstanceOf(GmqConnectionException.class)
                .hasMessageContaining("127.0.0.1");
        }
    }

    @Test
    void shouldTellAClientWithoutTlsWhereItIs() {
        try (Broker broker = broker("network.port=none"); GmqClient client = GmqClient.connect("127.0.0.1", broker.address().getPort())) {
            assertThatThrownBy(() -> client.publish("orders", "hello").join()).isInstanceOf(CompletionException.class)
                .cause().isInstanceOf(GmqException.class).hasMessageContaining("this port is for TLS; connect with --tls");
        }
    }

    @Test
    void shouldTellAClientWithTlsThatThereIsNone() {
        try (Broker broker = broker("network.port=0")) {
            final ClientOptions options = ClientOptions.DEFAULT.tls(certificates.believing("broker"));
            assertThatThrownBy(() -> GmqClient.connect("127.0.0.1", broker.address().getPort(), options))
                .isInstanceOf(GmqConnectionException.class).hasMessageContaining("that port does not speak TLS");
        }
    }

    @Test
    void shouldWantACertificateOfClientsWhereItIsRequired() {
        final String believed = "tls.client_ca=" + certificates.certificate("alice");
        try (Broker broker = broker("network.port=none", believed, "tls.require_client_certificate=true")) {
            try (GmqClient alice = connect(broker, certificates.believing("broker", "alice"))) {
                alice.publish("orders", "hers").join();
            }
            assertThatThrownBy(() -> {
                // With TLS 1.3 a client learns of it only with the first reply.
                try (GmqClient nobody = connect(broker, certificates.believing("broker"))) {
                    nobody.publish("orders", "nobody's").join();
                }
            }).isInstanceOfAny(CompletionException.class, GmqException.class);
            try (GmqClient alice = connect(broker, certificates.believing("broker", "alice"))) {
                assertThat(alice.take("orders", TakeOptions.max(10)).join()).extracting(Message::text).containsExactly("hers");
            }
        }
    }

    @Test
    void shouldShowANewCertificateSoonAfterItsFilesAreReplaced() throws IOException {
        final Path certificate = temp.resolve("now-cert.pem");
        final Path key = temp.resolve("now-key.pem");
        Files.copy(certificates.certificate("broker"), certificate);
        Files.copy(certificates.key("broker"), key);
        try (Broker broker = broker(certificate, key, "network.port=none"); GmqClient old = connect(broker, certificates.believing("broker"))) {
            old.publish("orders", "1").join();
            Files.writeString(certificate, Files.readString(certificates.certificate("other")));
            Files.writeString(key, Files.readString(certificates.key("other")));
            final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            GmqClient young = null;
            while (young == null) {
                assertThat(System.nanoTime()).as("a deadline for what should take a second or two").isLessThan(deadlineNs);
                try {
                    young = connect(broker, certificates.believing("other"));
                } catch (final GmqConnectionException e) {
                    assertThat(e).hasMessageContaining("vouches");
                }
            }
            old.publish("orders", "2").join();
            young.publish("orders", "3").join();
            young.close();
        }
    }

    @Test
    void shouldNotStartWithoutItsCertificate() {
        assertThatThrownBy(() -> broker(files.resolve("none.pem"), certificates.key("broker"), "network.port=none"))
            .isInstanceOf(TlsSetupException.class).hasMessageContaining("there is no file").hasMessageContaining("none.pem");
        assertThatThrownBy(() -> broker(certificates.certificate("broker"), certificates.key("other"), "network.port=none"))
            .isInstanceOf(TlsSetupException.class).hasMessageContaining("is not that of the certificate");
    }
}
