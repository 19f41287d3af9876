package io.gmq.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gmq.transport.tcp.Connection;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JDK's own client against a selector, over loopback. */
@Timeout(60)
final class TlsLinkTest {
    private static final int PATIENCE_MS = 20_000;

    @TempDir
    private Path folder;

    private ServerCertificates certificates() {
        return new ServerCertificates(Certificates.write(folder, Certificates.BROKER));
    }

    private SSLContext believing(final SelfSigned broker) throws GeneralSecurityException, IOException {
        return Certificates.client(folder, broker, null);
    }

    private static SSLSocket connect(final EchoBroker broker, final SSLContext context, final String... protocols) throws IOException {
        final SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), broker.port());
        socket.setSoTimeout(PATIENCE_MS);
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        return socket;
    }

    private static byte[] random(final int length) {
        final byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static void echo(final Socket socket, final byte[] bytes) throws IOException {
        final CompletableFuture<Void> written = sendAside(socket, bytes);
        assertThat(socket.getInputStream().readNBytes(bytes.length)).isEqualTo(bytes);
        written.join();
    }

    private static CompletableFuture<Void> sendAside(final Socket socket, final byte[] bytes) {
        return CompletableFuture.runAsync(() -> {
            try {
                final OutputStream out = socket.getOutputStream();
                out.write(bytes);
                out.flush();
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void hangUp(final Socket socket) throws IOException {
        socket.close();
    }

    private static void await(final BooleanSupplier condition) {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("a deadline for what should have come soon").isLessThan(deadlineNs);
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void shouldCarryBytesBothWays(final String protocol) throws Exception {
        try (EchoBroker broker = EchoBroker.withTls(certificates());
            SSLSocket socket = connect(broker, believing(Certificates.BROKER), protocol)) {
            for (final int length : new int[] {1, 200, 16_384, 16_385, 3_000_000}) {
                echo(socket, random(length));
            }
            assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
            assertThat(broker.last.get().isSecure()).isTrue();
            assertThat(broker.last.get().certificateSubject()).isNull();
            assertThat(broker.last.get().remoteAddress()).isEqualTo(InetAddress.getLoopbackAddress());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.1", "TLSv1"})
    void shouldSpeakNothingOld(final String protocol) throws Exception {
        try (EchoBroker broker = EchoBroker.withTls(certificates());
            SSLSocket socket = connect(broker, believing(Certificates.BROKER), protocol)) {
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void shouldGoOnAfterAChangeOfKeys() throws Exception {
        try (EchoBroker broker = EchoBroker.withTls(certificates());
            SSLSocket socket = connect(broker, believing(Certificates.BROKER), "TLSv1.3")) {
            echo(socket, random(1000));
            for (int i = 0; i < 5; i++) {
                // After the first time, this is a KeyUpdate that asks for one.
                socket.startHandshake();
                echo(socket, random(100_000));
            }
        }
    }

    @Test
    void shouldRefuseANewHandshakeThatAClientBegins() throws Exception {
        try (EchoBroker broker = EchoBroker.withTls(certificates());
            SSLSocket socket = connect(broker, believing(Certificates.BROKER), "TLSv1.2")) {
            echo(socket, random(10));
            assertThatThrownBy(() -> {
                socket.startHandshake();
                echo(socket, random(10));
            }).isInstanceOf(IOException.class);
            await(() -> broker.open() == 0);
        }
    }

    @Test
    void shouldReadWhatIsDecryptedAlreadyWhenThereIsRoomAgain() throws Exception {
        try (EchoBroker broker = EchoBroker.withTls(certificates());
            SSLSocket socket = connect(broker, believing(Certificates.BROKER))) {
            final byte[] bytes = random(600_000);
            echo(socket, random(10));
            broker.hasRoom = false;
            final CompletableFuture<Void> written = sendAside(socket, bytes);
            await(() -> broker.turnedAway > 0);
            broker.makeRoom();
            assertThat(socket.getInputStream().readNBytes(bytes.length)).isEqualTo(bytes);
            written.join();
        }
    }

    @Test
    void shouldWaitForAClientThatDoesNotRead() throws Exception {
        try (EchoBroker broker = EchoBroker.withTls(certificates());
            SSLSocket socket = connect(broker, believing(Certificates.BROKER))) {
            final byte[] bytes = random(30_000_000);
            final CompletableFuture<Void> written = sendAside(socket, bytes);
            await(() -> broker.last.get() != null && broker.last.get().outbound().size() > 0);
            assertThat(socket.getInputStream().readNBytes(bytes.length)).isEqualTo(bytes);
            written.join();
        }
    }

    @Test
    void shouldAnswerAClientThatHasEndedItsHalf() throws Exception {
        try (EchoBroker broker = EchoBroker.withTls(certificates());
            SSLSocket socket = connect(broker, believing(Certificates.BROKER), "TLSv1.3")) {
            final byte[] bytes = random(100_000);
            socket.startHandshake();
            broker.hasRoom = false;
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            await(() -> broker.turnedAway > 0);
            broker.makeRoom();
            assertThat(socket.getInputStream().readAllBytes()).isEqualTo(bytes);
            await(() -> broker.open() == 0);
        }
    }

    @Test
    void shouldSayGoodbyeWithinTls() throws Exception {
        try (EchoBroker broker = EchoBroker.withTls(certificates());
            SSLSocket socket = connect(broker, believing(Certificates.BROKER))) {
            echo(socket, random(10));
            broker.agent.drain();
            broker.agent.endAll(EchoBroker.FAREWELL);
            // The end of the stream is a close_notify, or this would be an exception.
            assertThat(socket.getInputStream().readAllBytes()).isEqualTo(EchoBroker.FAREWELL);
        }
    }

    @Test
    void shouldTellAClientThatSpeaksNoTls() throws Exception {
        try (EchoBroker broker = EchoBroker.withTls(certificates());
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), broker.port())) {
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write("{\"operation\":\"ping\"}\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().readAllBytes()).isEqualTo(EchoBroker.NO_TLS);
            hangUp(socket);
            await(() -> broker.open() == 0);
        }
    }

    @Test
    void shouldTellAClientThatSpeaksTlsWhereNobodyDoes() throws Exception {
        try (EchoBroker broker = EchoBroker.plain(); SSLSocket socket = connect(broker, believing(Certificates.BROKER))) {
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class).hasMessageContaining("protocol_version");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 100})
    void shouldEndAHandshakeThatTakesTooLong(final int bytes) throws Exception {
        final byte[] beginning = new byte[bytes];
        if (bytes > 0) {
            System.arraycopy(new byte[] {22, 3, 1, 1, 0}, 0, beginning, 0, Math.min(5, bytes));
        }
        try (EchoBroker broker = EchoBroker.withTls(certificates());
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), broker.port());
            SSLSocket other = connect(broker, believing(Certificates.BROKER))) {
            socket.getOutputStream().write(beginning);
            // When the other is answered, the one that came before it has been taken in.
            echo(other, random(10));
            broker.advance(9999);
            echo(other, random(10));
            assertThat(broker.open()).isEqualTo(2);
            broker.advance(1);
            await(() -> broker.open() == 1);
            echo(other, random(10));
        }
    }

    @Test
    void shouldLeaveAConnectionAloneThatHasEndedItsHandshake() throws Exception {
        try (EchoBroker broker = EchoBroker.withTls(certificates());
            SSLSocket socket = connect(broker, believing(Certificates.BROKER))) {
            echo(socket, random(10));
            broker.advance(1_000_000);
            echo(socket, random(10));
        }
    }

    @Test
    void shouldEndARecordThatIsNone() throws Exception {
        try (EchoBroker broker = EchoBroker.withTls(certificates());
            Socket raw = new Socket(InetAddress.getLoopbackAddress(), broker.port());
            SSLSocket socket = (SSLSocket) believing(Certificates.BROKER).getSocketFactory().createSocket(raw, "localhost", broker.port(), true)) {
            raw.setSoTimeout(PATIENCE_MS);
            echo(socket, random(10));
            raw.getOutputStream().write(new byte[] {23, 3, 3, 0, 40});
            raw.getOutputStream().write(random(40));
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SSLException.class).hasMessageContaining("bad_record_mac");
            hangUp(raw);
            await(() -> broker.open() == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void shouldKnowWhoseCertificateAClientHas(final String protocol) throws Exception {
        final ServerCertificates asking = new ServerCertificates(Certificates.askingClients(folder, true));
        try (EchoBroker broker = EchoBroker.withTls(asking);
            SSLSocket socket = connect(broker, Certificates.client(folder, Certificates.BROKER, Certificates.CLIENT), protocol)) {
            echo(socket, random(10));
            assertThat(broker.last.get().certificateSubject()).isEqualTo("alice, the first");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void shouldRefuseAClientWithoutACertificateWhereOneIsRequired(final String protocol) throws Exception {
        final ServerCertificates asking = new ServerCertificates(Certificates.askingClients(folder, true));
        try (EchoBroker broker = EchoBroker.withTls(asking); SSLSocket socket = connect(broker, believing(Certificates.BROKER), protocol)) {
            // With TLS 1.3 a client learns of it only when it reads.
            assertThatThrownBy(() -> {
                socket.startHandshake();
                socket.getInputStream().read();
            }).isInstanceOf(SSLException.class).hasMessageContaining("alert");
            hangUp(socket);
            await(() -> broker.open() == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void shouldRefuseACertificateThatNobodyVouchesFor(final String protocol) throws Exception {
        final ServerCertificates asking = new ServerCertificates(Certificates.askingClients(folder, false));
        final SSLContext stranger = SSLContext.getInstance("TLS");
        stranger.init(new KeyManager[] {new Stranger(folder)}, Certificates.believing(folder, Certificates.BROKER), null);
        try (EchoBroker broker = EchoBroker.withTls(asking); SSLSocket socket = connect(broker, stranger, protocol)) {
            // With TLS 1.3 a client learns of it only when it reads.
            assertThatThrownBy(() -> {
                socket.startHandshake();
                socket.getInputStream().read();
            }).isInstanceOf(SSLException.class).hasMessageContaining("alert");
            hangUp(socket);
            await(() -> broker.open() == 0);
        }
    }

    /** Shows its certificate whoever is asked for. */
    private static final class Stranger extends X509ExtendedKeyManager {
        private final Path folder;

        Stranger(final Path folder) {
            this.folder = folder;
        }

        @Override
        public String chooseClientAlias(final String[] types, final Principal[] issuers, final Socket socket) {
            return "stranger";
        }

        @Override
        public X509Certificate[] getCertificateChain(final String alias) {
            return new X509Certificate[] {Certificates.certificate(folder, Certificates.OTHER_BROKER)};
        }

        @Override
        public PrivateKey getPrivateKey(final String alias) {
            return Certificates.key(folder, Certificates.OTHER_BROKER);
        }

        @Override
        public String[] getClientAliases(final String type, final Principal[] issuers) {
            return new String[] {"stranger"};
        }

        @Override
        public String[] getServerAliases(final String type, final Principal[] issuers) {
            return new String[0];
        }

        @Override
        public String chooseServerAlias(final String type, final Principal[] issuers, final Socket socket) {
            return null;
        }
    }

    @Test
    void shouldTakeAClientWithoutACertificateWhereNoneIsRequired() throws Exception {
        final ServerCertificates asking = new ServerCertificates(Certificates.askingClients(folder, false));
        try (EchoBroker broker = EchoBroker.withTls(asking); SSLSocket socket = connect(broker, believing(Certificates.BROKER))) {
            echo(socket, random(10));
            assertThat(broker.last.get().certificateSubject()).isNull();
        }
    }

    @Test
    void shouldShowANewCertificateToNewClientsOnly() throws Exception {
        final ServerCertificates certificates = certificates();
        try (EchoBroker broker = EchoBroker.withTls(certificates); SSLSocket old = connect(broker, believing(Certificates.BROKER))) {
            echo(old, random(10));
            Certificates.write(folder, Certificates.OTHER_BROKER);
            assertThat(certificates.reload()).isTrue();
            try (SSLSocket young = connect(broker, believing(Certificates.OTHER_BROKER))) {
                echo(young, random(10));
                assertThat(((X509Certificate) young.getSession().getPeerCertificates()[0]).getSubjectX500Principal().getName())
                    .isEqualTo("CN=other broker");
            }
            echo(old, random(10));
        }
    }

    @Test
    void shouldEndWithTheSocket() throws Exception {
        try (EchoBroker broker = EchoBroker.withTls(certificates())) {
            final Connection connection;
            try (Socket raw = new Socket(InetAddress.getLoopbackAddress(), broker.port());
                SSLSocket socket =
                    (SSLSocket) believing(Certificates.BROKER).getSocketFactory().createSocket(raw, "localhost", broker.port(), true)) {
                echo(socket, random(10));
                connection = broker.last.get();
                hangUp(raw);
            }
            await(() -> broker.open() == 0 && connection.isClosed());
        }
    }

    @Test
    void shouldEndAClientThatGoesInTheMiddleOfTheHandshake() throws Exception {
        try (EchoBroker broker = EchoBroker.withTls(certificates())) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), broker.port())) {
                socket.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1});
                await(() -> broker.open() == 1);
            }
            await(() -> broker.open() == 0);
        }
    }

    /** What is tried with a link by itself. */
    @FunctionalInterface
    private interface Trial {
        void on(TlsLink link, SSLSocket client) throws Exception;
    }

    /** Tries something with a link and its client, which have ended their handshake. */
    private void withLink(final BatchBuffers batches, final Trial trial) throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SSLSocket client = (SSLSocket) believing(Certificates.BROKER).getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.socket().getLocalPort());
            SocketChannel accepted = server.accept()) {
            accepted.configureBlocking(false);
            try (TlsLink link = new TlsLink(accepted, certificates(), new CipherBuffers(8), batches, EchoBroker.NO_TLS, Runnable::run)) {
                final CompletableFuture<Void> shaken = sendAside(client, new byte[] {1});
                final ByteBuffer into = ByteBuffer.allocate(100_000);
                while (into.position() == 0) {
                    link.read(into);
                }
                shaken.join();
                trial.on(link, client);
            }
        }
    }

    private static void awaitRead(final TlsLink link, final ByteBuffer into, final int bytes) {
        await(() -> {
            try {
                link.read(into);
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
            return into.position() == bytes;
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void shouldKnowThatSomethingIsUnwrittenAlsoWhenItHasRead(final int batchesMax) throws Exception {
        final BatchBuffers batches = new BatchBuffers(64 * 1024, batchesMax);
        withLink(batches, (link, client) -> {
            final byte[] bytes = random(30_000_000);
            final ByteBuffer from = ByteBuffer.wrap(bytes);
            while (!link.hasUnwritten()) {
                link.write(from);
            }
            assertThat(from.hasRemaining()).isTrue();
            assertThat(link.write(from)).as("bytes taken while others wait").isZero();
            client.getOutputStream().write(7);
            awaitRead(link, ByteBuffer.allocate(100_000), 1);
            assertThat(link.hasUnwritten()).isTrue();

            final CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> {
                try {
                    return client.getInputStream().readNBytes(bytes.length);
                } catch (final IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            while (from.hasRemaining() || link.hasUnwritten()) {
                if (link.hasUnwritten()) {
                    link.flush();
                }
                link.write(from);
            }
            assertThat(received.join()).isEqualTo(bytes);
        });
    }

    @Test
    void shouldKeepNoMemoryWhenItHasReadAndWritten() throws Exception {
        final BatchBuffers batches = new BatchBuffers(64 * 1024, 1);
        withLink(batches, (link, client) -> {
            final byte[] bytes = random(150_000);
            final CompletableFuture<Void> sent = sendAside(client, bytes);
            final ByteBuffer into = ByteBuffer.allocate(bytes.length);
            // As little at a time as the broker reads of a long frame, and less: what is read ahead must fit in whatever there is.
            for (int length = 20_000; into.hasRemaining(); length = length * 5 % 60_000) {
                into.limit(Math.min(bytes.length, into.position() + Math.max(1, length)));
                link.read(into);
                into.limit(bytes.length);
                final ByteBuffer batch = batches.tryTake();
                assertThat(batch).as("memory that is not in use").isNotNull();
                batches.giveBack(batch);
            }
            assertThat(into.array()).isEqualTo(bytes);
            sent.join();

            link.write(ByteBuffer.wrap(bytes, 0, 50_000));
            assertThat(client.getInputStream().readNBytes(50_000)).isEqualTo(Arrays.copyOf(bytes, 50_000));
            assertThat(batches.tryTake()).isNotNull();
        });
    }

    @Test
    void shouldGiveBackItsMemoryWhenItEndsWithSomethingUnwritten() throws Exception {
        final BatchBuffers batches = new BatchBuffers(64 * 1024, 1);
        withLink(batches, (link, client) -> {
            final ByteBuffer from = ByteBuffer.wrap(random(30_000_000));
            while (!link.hasUnwritten()) {
                link.write(from);
            }
            assertThat(batches.tryTake()).as("memory that is in use").isNull();
            link.shutdownOutput();
            assertThat(batches.tryTake()).isNotNull();
        });
    }
}
