package io.gmq.broker.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.broker.conformance.Await;
import io.gmq.broker.conformance.Reply;
import io.gmq.broker.conformance.Wire;
import io.gmq.broker.process.BrokerProcess;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** Clients that do nothing but publish, and remember what was confirmed, until their connections end. */
final class Publishers {
    private static final int IN_FLIGHT = 300;
    private static final int TAKEN_AT_ONCE = 1000;

    private final String queue;
    private final Set<String> confirmed = ConcurrentHashMap.newKeySet();
    private final List<CompletableFuture<Void>> running;

    Publishers(final BrokerProcess broker, final String queue, final int count) {
        this.queue = queue;
        try (Wire wire = broker.connect()) {
            wire.confirm("{'operation':'configure','queue':'" + queue + "','capacity':1000000,'lease_ms':600000}");
        }
        final List<Wire> wires = IntStream.range(0, count).mapToObj(number -> broker.connect()).toList();
        running = IntStream.range(0, count).mapToObj(number -> CompletableFuture.runAsync(
            () -> publish(wires.get(number), number + "-"), task -> new Thread(task, "publisher-" + number).start())).toList();
    }

    private void publish(final Wire wire, final String prefix) {
        try (wire) {
            for (int first = 0; true; first += IN_FLIGHT) {
                final int from = first;
                wire.send(IntStream.range(0, IN_FLIGHT).mapToObj(i -> "{'id':" + (from + i) + ",'operation':'publish','queue':'" + queue
                    + "','text':'" + prefix + (from + i) + "'}").toArray(String[]::new));
                for (int i = 0; i < IN_FLIGHT; i++) {
                    final Reply reply = wire.reply();
                    if (reply.isConfirmed()) {
                        confirmed.add(prefix + reply.number("id"));
                    }
                }
            }
        } catch (final Wire.EndedException | UncheckedIOException ended) {
            return;
        }
    }

    void awaitConfirmed(final int count) {
        Await.until("so many publishes that are confirmed", () -> confirmed.size() >= count);
    }

    void join() {
        running.forEach(CompletableFuture::join);
    }

    /** Takes all there is: each message that was confirmed is there, and none is there twice. */
    void requireAllThere(final BrokerProcess broker) {
        final Set<String> there = new HashSet<>();
        try (Wire wire = broker.connect()) {
            List<String> taken;
            do {
                taken = wire.confirm("{'operation':'take','queue':'" + queue + "','as':'text','max':" + TAKEN_AT_ONCE + "}").texts();
                taken.forEach(text -> assertThat(there.add(text)).as("%s is there once", text).isTrue());
            } while (!taken.isEmpty());
        }
        assertThat(there).containsAll(confirmed);
    }
}
