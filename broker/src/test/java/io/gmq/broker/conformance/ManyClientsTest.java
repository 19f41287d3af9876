package io.gmq.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many clients at once: every message arrives whole, once, and in the order of its publisher. */
class ManyClientsTest {
    private static final int PUBLISHERS = 3;
    private static final int CONSUMERS = 3;
    private static final int MESSAGES = 2500;
    private static final int BURST = 50;

    @TempDir
    Path temp;

    @ParameterizedTest
    @EnumSource(value = Setup.class, names = {"COMPACT_FILESYSTEM", "SHARED_FILESYSTEM", "DEDICATED_FILESYSTEM", "DEDICATED_MEMORY"})
    void shouldDeliverEveryMessageWholeAndOnce(final Setup setup) {
        final Set<String> arrived = ConcurrentHashMap.newKeySet();
        final AtomicInteger count = new AtomicInteger();
        try (TestBroker broker = new TestBroker(temp, setup.settings("queue.max_queue_capacity=100000"))) {
            final List<CompletableFuture<Void>> clients = new ArrayList<>();
            for (int i = 0; i < PUBLISHERS; i++) {
                final int publisher = i;
                clients.add(CompletableFuture.runAsync(() -> publish(broker, publisher), ManyClientsTest::start));
            }
            for (int i = 0; i < CONSUMERS; i++) {
                final boolean isSettledAtOnce = i % 2 == 0;
                clients.add(CompletableFuture.runAsync(() -> consume(broker, isSettledAtOnce, arrived, count), ManyClientsTest::start));
            }
            clients.forEach(CompletableFuture::join);
            try (Wire wire = broker.connect()) {
                assertThat(wire.confirm("{'operation':'length','queue':'q'}").number("length")).isZero();
            }
        }
        assertThat(count.get()).isEqualTo(PUBLISHERS * MESSAGES);
        assertThat(arrived).hasSize(PUBLISHERS * MESSAGES);
    }

    private static void start(final Runnable task) {
        new Thread(task, "client").start();
    }

    private static void publish(final TestBroker broker, final int publisher) {
        try (Wire wire = broker.connect()) {
            for (int number = 0; number < MESSAGES; number += BURST) {
                final String[] requests = new String[BURST];
                for (int i = 0; i < BURST; i++) {
                    final String payload = Base64.getEncoder().encodeToString(payload(publisher, number + i));
                    requests[i] = "{'operation':'publish','queue':'q','payload':'" + payload + "','headers':{'from':'" + publisher + "-" + (number + i) + "'}}";
                }
                wire.send(requests).replies(BURST).forEach(reply -> assertThat(reply.isConfirmed()).isTrue());
            }
        }
    }

    /** Bytes that belong to one message only. */
    private static byte[] payload(final int publisher, final int number) {
        final byte[] bytes = new byte[number * 37 % 3000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (publisher * 31 + number * 7 + i);
        }
        return bytes;
    }

    private static void consume(final TestBroker broker, final boolean isSettledAtOnce, final Set<String> arrived, final AtomicInteger count) {
        final Map<Integer, Integer> lastNumbers = new HashMap<>();
        try (Wire wire = broker.connect()) {
            while (count.get() < PUBLISHERS * MESSAGES) {
                final List<Reply> messages = wire.confirm("{'operation':'take','queue':'q','max':40,'wait_ms':100" + (isSettledAtOnce ? ",'lease_ms':0}" : "}"))
                    .messages();
                for (final Reply message : messages) {
                    final String from = message.object("headers").string("from");
                    final int publisher = Integer.parseInt(from.substring(0, from.indexOf('-')));
                    final int number = Integer.parseInt(from.substring(from.indexOf('-') + 1));
                    assertThat(message.payload()).as(from).isEqualTo(payload(publisher, number));
                    assertThat(number).as("order of publisher %d", publisher).isGreaterThan(lastNumbers.getOrDefault(publisher, -1));
                    assertThat(arrived.add(from)).as("%s arrives for the first time", from).isTrue();
                    lastNumbers.put(publisher, number);
                }
                if (!isSettledAtOnce && !messages.isEmpty()) {
                    final List<Long> ids = messages.stream().map(message -> message.number("message")).toList();
                    assertThat(wire.confirm("{'operation':'ack','queue':'q','messages':" + ids + "}").number("acked")).isEqualTo(ids.size());
                }
                count.addAndGet(messages.size());
            }
        }
    }
}
