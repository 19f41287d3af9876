package io.gmq.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that do not read, send without end, or go away: each costs the broker a bounded amount of memory, and the others nothing. */
class SlowReaderTest {
    private static final int MIB = 1 << 20;
    private static final int MAX_CONNECTIONS = 1000;
    /** What the system may keep for a connection between the broker and a client that does not read. */
    private static final int RECEIVE_BYTES = 32 << 10;
    /** The replies that may be in flight for the connections of one selector, one read, and room for what else there is. */
    private static final long MEMORY_BOUND = 90L * MIB;

    @TempDir
    Path temp;

    private TestBroker broker;

    private void start(final Setup setup, final String... more) {
        final String[] settings = setup.settings("network.max_connections=" + MAX_CONNECTIONS);
        broker = new TestBroker(temp, Stream.concat(Arrays.stream(settings), Arrays.stream(more)).toArray(String[]::new));
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private static long directMemory() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream().filter(pool -> pool.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
    }

    /** Everything must work at once for somebody who behaves. */
    private void assertFullService() {
        try (Wire other = broker.connect()) {
            for (int i = 0; i < 100; i++) {
                other.confirm("{'operation':'publish','queue':'others','text':'" + i + "'}");
                final Reply taken = other.confirm("{'operation':'take','queue':'others','as':'text'}");
                assertThat(taken.texts()).containsExactly(Integer.toString(i));
                other.confirm("{'operation':'ack','queue':'others','message':" + taken.ids().get(0) + "}");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"COMPACT_FILESYSTEM, 1, 1", "SHARED_FILESYSTEM, 4, 4", "DEDICATED_FILESYSTEM, 4, 1", "DEDICATED_MEMORY, 1, 4"})
    void shouldHoldBackALargeTakerThatDoesNotReadAndLoseNothing(final Setup setup, final int outboundMiB, final int messagesPerTake) {
        start(setup, "network.max_outbound_bytes=" + outboundMiB + "MiB");
        final int count = 320;
        fill("large", count);
        final long before = directMemory();
        final String takes = ("{\"operation\":\"take\",\"queue\":\"large\",\"as\":\"text\",\"max\":" + messagesPerTake + "}\n")
            .repeat(count / messagesPerTake);
        try (Wire slow = new Wire(broker.address(), RECEIVE_BYTES)) {
            slow.sendRaw(takes);
            Await.until("the first reply", () -> !slow.isSilent());
            assertFullService();
            assertThat(directMemory() - before).isLessThan(MEMORY_BOUND);
            for (int i = 0; i < count; i += messagesPerTake) {
                final List<String> texts = slow.reply().texts();
                assertThat(texts).hasSize(messagesPerTake);
                for (int j = 0; j < messagesPerTake; j++) {
                    assertThat(texts.get(j)).startsWith("m" + (i + j) + "-");
                }
            }
            slow.confirm("{'operation':'ping'}");
        }
        assertThat(directMemory() - before).isLessThan(MEMORY_BOUND);
    }

    /** Messages whose text is six times as long in a reply. */
    private void fill(final String queue, final int count) {
        try (Wire publisher = broker.connect()) {
            final String rest = "-" + "\\u0001".repeat(40_000);
            final List<String> requests = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                requests.add("{'operation':'publish','queue':'" + queue + "','text':'m" + i + rest + "'}");
            }
            for (int i = 0; i < count; i += 20) {
                publisher.send(requests.subList(i, i + 20).toArray(String[]::new)).replies(20);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = Setup.class, names = {"COMPACT_FILESYSTEM", "DEDICATED_MEMORY"})
    void shouldHoldBackAFloodOfSmallRequestsAndAnswerThemAll(final Setup setup) {
        start(setup);
        final int count = 200_000;
        final int chunk = 1000;
        final byte[] requests = "{\"operation\":\"nonsense\"}\n".repeat(chunk).getBytes(StandardCharsets.US_ASCII);
        final long before = directMemory();
        final AtomicInteger sent = new AtomicInteger();
        try (Wire flooder = new Wire(broker.address(), RECEIVE_BYTES)) {
            final CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> {
                while (sent.get() < count) {
                    flooder.sendRaw(requests);
                    sent.addAndGet(chunk);
                }
            });
            Await.until("the first reply", () -> !flooder.isSilent());
            assertFullService();
            assertThat(directMemory() - before).isLessThan(MEMORY_BOUND);
            final String expected = flooder.line();
            for (int i = 1; i < count; i++) {
                assertThat(flooder.line()).isEqualTo(expected);
            }
            flood.join();
            flooder.confirm("{'operation':'ping'}");
        }
        assertThat(directMemory() - before).isLessThan(MEMORY_BOUND);
    }

    @ParameterizedTest
    @EnumSource(value = Setup.class, names = {"COMPACT_FILESYSTEM", "DEDICATED_MEMORY"})
    void shouldForgetClientsThatGoAwayInTheMiddleOfAFrame(final Setup setup) {
        start(setup);
        for (int i = 0; i < 200; i++) {
            try (Wire leaver = broker.connect()) {
                leaver.sendRaw("{\"operation\":\"ping\"}\n{\"operation\":\"publish\",\"queue\":\"q\",\"text\":\"" + "x".repeat(i * 100));
                if (i % 2 == 0) {
                    leaver.reset();
                }
            }
        }
        try (Wire other = broker.connect()) {
            assertThat(other.ask("{'operation':'length','queue':'q'}").code()).isEqualTo("no_such_queue");
        }
        assertFullService();
    }

    @ParameterizedTest
    @EnumSource(value = Setup.class, names = {"COMPACT_FILESYSTEM", "SHARED_FILESYSTEM", "DEDICATED_MEMORY"})
    void shouldForgetThoseWhoGoAwayWithRepliesUnread(final Setup setup) {
        start(setup);
        fill("large", 40);
        for (int i = 0; i < 20; i++) {
            try (Wire leaver = new Wire(broker.address(), RECEIVE_BYTES)) {
                leaver.sendRaw("{\"operation\":\"take\",\"queue\":\"large\",\"as\":\"text\",\"max\":2}\n".repeat(20));
                Await.until("the first reply", () -> !leaver.isSilent());
            }
        }
        try (Wire other = broker.connect()) {
            Await.until("the end of all leases", () -> other.confirm("{'operation':'length','queue':'large'}").number("ready") == 40);
        }
        assertFullService();
    }

    @ParameterizedTest
    @EnumSource(value = Setup.class, names = {"COMPACT_FILESYSTEM", "DEDICATED_MEMORY"})
    void shouldServeAThousandConnectionsAndThenAnotherThousand(final Setup setup) {
        start(setup);
        for (int round = 0; round < 2; round++) {
            final List<Wire> wires = new ArrayList<>();
            try {
                for (int i = 0; i < MAX_CONNECTIONS; i++) {
                    wires.add(broker.connect());
                }
                wires.forEach(wire -> wire.send("{'id':1,'operation':'publish','queue':'q','text':'x'}"));
                for (final Wire wire : wires) {
                    assertThat(wire.reply().isConfirmed()).isTrue();
                    wire.send("{'operation':'take','queue':'q'}");
                }
                wires.forEach(wire -> assertThat(wire.reply().messages()).hasSize(1));
            } finally {
                wires.forEach(Wire::close);
            }
            final long expected = (round + 1L) * MAX_CONNECTIONS;
            Await.until("the end of all connections", () -> {
                try (Wire other = broker.connect()) {
                    final Reply reply = other.ask("{'id':1,'operation':'length','queue':'q'}");
                    return reply.has("ready") && reply.number("ready") == expected;
                }
            });
        }
        assertFullService();
    }
}
