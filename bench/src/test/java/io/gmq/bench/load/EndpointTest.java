package io.gmq.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gmq.broker.Broker;
import io.gmq.broker.Outside;
import io.gmq.broker.config.ConfigLoader;
import io.gmq.broker.config.Machine;
import io.gmq.client.TlsOptions;
import io.gmq.transport.tls.SelfSigned;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The generator sends passwords: it makes sure to whom. */
@Timeout(60)
class EndpointTest {
    private static final int PATIENCE_MS = 20_000;

    @TempDir
    private Path folder;

    private Broker broker(final Path certificate, final Path key) {
        final ConfigLoader config = new ConfigLoader(Machine.current()).set("network.port=none").set("queue.queue_type=memory").set("tls.port=0")
            .set("tls.certificate=" + certificate).set("tls.key=" + key);
        return new Broker(config.load(), Machine.current(), Outside.MACHINE, "test", failure -> {
            throw new AssertionError(failure);
        });
    }

    @Test
    void shouldTalkOnlyToTheHostThatTheCertificateIsFor() throws IOException {
        final SelfSigned made = SelfSigned.make("broker", List.of("127.0.0.1"), 2);
        final Path certificate = Files.writeString(folder.resolve("cert.pem"), made.certificatePem());
        try (Broker broker = broker(certificate, Files.writeString(folder.resolve("key.pem"), made.keyPem()))) {
            final int port = broker.address().getPort();
            final Endpoint right = new Endpoint(new InetSocketAddress("127.0.0.1", port), Optional.of(TlsOptions.DEFAULT.ca(certificate).context()));
            try (Socket socket = right.connect(PATIENCE_MS); SocketChannel channel = SocketChannel.open(right.address())) {
                assertThat(socket.isConnected()).isTrue();
                assertThat(right.over(channel)).isPresent();
            }
            final Endpoint wrong = new Endpoint(new InetSocketAddress("localhost", port), right.tls());
            assertThatThrownBy(() -> wrong.connect(PATIENCE_MS)).isInstanceOf(SSLHandshakeException.class).hasMessageContaining("localhost");
            try (SocketChannel channel = SocketChannel.open(wrong.address())) {
                assertThatThrownBy(() -> wrong.over(channel)).isInstanceOf(SSLException.class).hasStackTraceContaining("localhost");
            }
        }
    }
}
