package io.gmq.broker.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.broker.conformance.Await;
import io.gmq.broker.conformance.Reply;
import io.gmq.broker.conformance.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was confirmed is there after {@code kill -9}, once and in order; what was settled is gone. */
class KillNineIT {
    private static final String CAPACITY = "queue.max_queue_capacity=1000000";
    private static final int ROUNDS = 8;

    @TempDir
    Path temp;

    private Path data;

    private BrokerProcess start(final String... more) throws IOException {
        data = temp.resolve("data");
        final List<String> arguments = new ArrayList<>(List.of("--set", CAPACITY, "--set", "journal.segment_bytes=4MiB"));
        arguments.addAll(List.of(more));
        return BrokerProcess.start(temp, data, arguments.toArray(String[]::new));
    }

    @Test
    void shouldKeepAHundredThousandMessages() throws IOException {
        final int count = 100_000;
        final long[] ids = new long[count];
        final List<Long> acked = new ArrayList<>();
        try (BrokerProcess broker = start(); Wire wire = broker.connect(); Wire taker = broker.connect()) {
            publish(wire, ids);
            for (int i = 0; i < 10; i++) {
                final List<Long> leased = taker.confirm("{'operation':'take','queue':'q','max':1000,'lease_ms':600000}").ids();
                for (int j = i % 2; j < leased.size(); j += 2) {
                    acked.add(leased.get(j));
                }
                final String list = acked.subList(acked.size() - 500, acked.size()).toString();
                assertThat(taker.confirm("{'operation':'ack','queue':'q','messages':" + list + "}").number("acked")).isEqualTo(500);
            }
            acked.addAll(taker.confirm("{'operation':'take','queue':'q','max':700,'lease_ms':0}").ids());
            broker.kill();
        }
        try (BrokerProcess broker = start(); Wire wire = broker.connect()) {
            awaitEndOfLeases(wire);
            assertThat(wire.confirm("{'operation':'length','queue':'q'}").number("ready")).isEqualTo(count - acked.size());
            final List<Long> left = new ArrayList<>(count);
            while (left.size() < count - acked.size()) {
                final List<Reply> taken = wire.confirm("{'operation':'take','queue':'q','max':1000,'lease_ms':0,'as':'text'}").messages();
                for (final Reply message : taken) {
                    final long id = message.number("message");
                    assertThat(ids[Integer.parseInt(message.string("text"))]).isEqualTo(id);
                    left.add(id);
                }
            }
            final Set<Long> gone = new HashSet<>(acked);
            assertThat(left).isEqualTo(LongStream.of(ids).filter(id -> !gone.contains(id)).boxed().toList());
            assertThat(wire.confirm("{'operation':'publish','queue':'q','text':'next'}").number("message")).isGreaterThan(ids[count - 1]);
        }
    }

    /** Publishes the numbers from 0 on, one by one and in batches by turns, all in flight at once, each to be synced. */
    private static void publish(final Wire wire, final long[] ids) {
        final List<Integer> firsts = new ArrayList<>();
        final StringBuilder requests = new StringBuilder();
        int next = 0;
        while (next < ids.length) {
            final int size = firsts.size() % 3 == 0 ? Math.min(100, ids.length - next) : 1;
            requests.append("{\"id\":").append(firsts.size()).append(",\"operation\":\"publish\",\"queue\":\"q\",\"durability\":\"synced\",\"messages\":[");
            for (int i = 0; i < size; i++) {
                requests.append(i == 0 ? "" : ",").append("{\"text\":\"").append(next + i).append("\"}");
            }
            requests.append("]}\n");
            firsts.add(next);
            next += size;
        }
        final CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> wire.sendRaw(requests.toString()));
        for (int i = 0; i < firsts.size(); i++) {
            final Reply reply = wire.reply();
            assertThat(reply.string("durability")).isEqualTo("synced");
            final int first = firsts.get((int) reply.number("id"));
            for (int j = 0; j < reply.number("count"); j++) {
                ids[first + j] = reply.number("first") + j;
            }
        }
        sending.join();
        assertThat(ids).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void shouldKeepWhatWasConfirmedWheneverItIsKilled() throws IOException {
        final long seed = Long.getLong("gmq.seed", System.nanoTime());
        System.out.println("KillNineIT: repeat with -Dgmq.seed=" + seed);
        final Random random = new Random(seed);
        final String[] profiles = {"compact", "shared", "dedicated"};
        final Ledger ledger = new Ledger();
        for (int round = 0; round < ROUNDS; round++) {
            try (BrokerProcess broker = start("--set", "ring.profile=" + profiles[round % profiles.length])) {
                ledger.check(everything(broker));
                load(broker, ledger, random, round);
            } catch (final AssertionError e) {
                throw new AssertionError("seed " + seed + ", round " + round + ": " + e.getMessage(), e);
            }
        }
        try (BrokerProcess broker = start()) {
            ledger.check(everything(broker));
        }
    }

    /** The leases of connections that ended with the broker before are given back in portions. */
    private static void awaitEndOfLeases(final Wire wire) {
        Await.until("the end of all leases", () -> {
            final Reply length = wire.ask("{'operation':'length','queue':'q'}");
            return !length.isConfirmed() || length.number("leased") == 0;
        });
    }

    /** Looks at all messages by taking them; they go back when the connection ends. */
    private static List<Reply> everything(final BrokerProcess broker) {
        try (Wire wire = broker.connect()) {
            awaitEndOfLeases(wire);
            final List<Reply> all = new ArrayList<>();
            Reply taken = wire.ask("{'operation':'take','queue':'q','max':1000,'as':'text'}");
            while (taken.isConfirmed() && !taken.messages().isEmpty()) {
                all.addAll(taken.messages());
                taken = wire.ask("{'operation':'take','queue':'q','max':1000,'as':'text'}");
            }
            return all;
        }
    }

    /** Two publishers and two consumers work until so many messages are confirmed; then the broker is killed. */
    private static void load(final BrokerProcess broker, final Ledger ledger, final Random random, final int round) {
        final int enough = ledger.confirmed() + 200 + random.nextInt(3000);
        final List<CompletableFuture<Void>> workers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            final String name = "r" + round + "-p" + i + "-";
            final Random own = new Random(random.nextLong());
            final Random others = new Random(random.nextLong());
            workers.add(run(broker, wire -> publishOn(wire, ledger, own, name)));
            workers.add(run(broker, wire -> consumeOn(wire, ledger, others)));
        }
        Await.until("enough work", () -> ledger.confirmed() >= enough || workers.stream().anyMatch(CompletableFuture::isDone));
        broker.kill();
        workers.forEach(CompletableFuture::join);
    }

    private interface Work {
        void on(Wire wire);
    }

    /** Works until the connection breaks. */
    private static CompletableFuture<Void> run(final BrokerProcess broker, final Work work) {
        final Wire wire = broker.connect();
        return CompletableFuture.runAsync(() -> {
            try (wire) {
                work.on(wire);
            } catch (final UncheckedIOException | Wire.EndedException broken) {
                // as it should be: the broker is dead
            }
        }, task -> new Thread(task, "worker").start());
    }

    private static void publishOn(final Wire wire, final Ledger ledger, final Random random, final String name) {
        final String[] levels = {"", ",'durability':'written'", ",'durability':'synced'"};
        int number = 0;
        while (true) {
            final List<List<String>> burst = new ArrayList<>();
            final List<String> requests = new ArrayList<>();
            for (int i = random.nextInt(20); i >= 0; i--) {
                final List<String> texts = new ArrayList<>();
                final StringBuilder messages = new StringBuilder();
                for (int j = random.nextInt(4) == 0 ? random.nextInt(30) : 0; j >= 0; j--) {
                    texts.add(name + number++);
                    messages.append(messages.isEmpty() ? "" : ",").append("{'text':'").append(texts.get(texts.size() - 1)).append("'}");
                }
                requests.add("{'id':" + burst.size() + ",'operation':'publish','queue':'q','messages':[" + messages + "]"
                    + levels[random.nextInt(levels.length)] + "}");
                burst.add(texts);
            }
            burst.forEach(ledger::sent);
            wire.send(requests.toArray(String[]::new));
            for (int i = 0; i < burst.size(); i++) {
                final Reply reply = wire.reply();
                ledger.confirmed(reply.number("first"), burst.get((int) reply.number("id")));
            }
        }
    }

    private static void consumeOn(final Wire wire, final Ledger ledger, final Random random) {
        while (true) {
            wire.send("{'operation':'take','queue':'q','wait_ms':1000,'lease_ms':600000,'as':'text','max':" + (1 + random.nextInt(60)) + "}");
            final List<Reply> taken = wire.reply().messages();
            taken.forEach(message -> ledger.seen(message.number("message"), message.string("text")));
            final List<Long> settled = taken.stream().filter(message -> random.nextInt(4) > 0).map(message -> message.number("message")).toList();
            if (settled.isEmpty()) {
                continue;
            }
            if (random.nextInt(5) == 0) {
                wire.send("{'operation':'nack','queue':'q','messages':" + settled + "}");
                wire.reply();
                continue;
            }
            ledger.settling(settled);
            wire.send("{'operation':'ack','queue':'q','messages':" + settled + (random.nextBoolean() ? "}" : ",'durability':'written'}"));
            final Reply reply = wire.reply();
            if (reply.number("acked") != settled.size()) {
                throw new AssertionError("leases were lost: " + reply);
            }
            ledger.settled(settled);
        }
    }
}
