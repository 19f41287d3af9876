package io.gmq.bench.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** That attackers do what they say: one that does nothing would make any broker look strong. */
final class AttackTest {
    private static final int PATIENCE_MS = 20_000;

    private final AtomicBoolean goesOn = new AtomicBoolean(true);
    private final AtomicInteger begun = new AtomicInteger();

    /** What a server gets on some connections, one after the other, until each has sent so many bytes or has ended. */
    private String[] received(final Attack attack, final int connections, final int bytes) throws IOException {
        final String[] texts = new String[connections];
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(PATIENCE_MS);
            final InetSocketAddress address = new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
            final CompletableFuture<Void> running = CompletableFuture.runAsync(() -> {
                try {
                    attack.run(new Target(address, goesOn::get, begun::incrementAndGet));
                } catch (final IOException e) {
                    throw new AssertionError(e);
                }
            });
            for (int i = 0; i < connections; i++) {
                try (Socket socket = server.accept()) {
                    socket.setSoTimeout(PATIENCE_MS);
                    texts[i] = new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.US_ASCII);
                }
            }
            goesOn.set(false);
            running.join();
        }
        return texts;
    }

    @Test
    void shouldSendTheSameOverAndOver() throws IOException {
        assertThat(received(new Crowd("crowd", "", 2, "abc", 2, 100), 2, 7)).containsExactly("abcabca", "abcabca");
        assertThat(begun).hasValue(1);
    }

    @Test
    void shouldComeAgainAndAgain() throws IOException {
        assertThat(received(new Passers("passers", "", 3, "abc", 100), 5, 3)).containsOnly("abc");
        assertThat(begun).hasValue(1);
    }

    @Test
    void shouldKnowEachAttackByItsName() {
        assertThat(Attacks.ALL).extracting(Attack::name).doesNotHaveDuplicates().allSatisfy(name -> assertThat(Attacks.named(name).name()).isEqualTo(name));
        assertThatThrownBy(() -> Attacks.named("none")).hasMessageContaining("'none'").hasMessageContaining("slow, ");
    }
}
