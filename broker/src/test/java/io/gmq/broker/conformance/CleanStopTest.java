package io.gmq.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Stopping in the middle of work: what was done is told, what was told is there after the next start. */
class CleanStopTest {
    @TempDir
    Path temp;

    @ParameterizedTest
    @MethodSource("io.gmq.broker.conformance.Setup#durable")
    void shouldTellAClientThatReadsLateAllThatWasConfirmed(final Setup setup) {
        final String[] settings = setup.settings("queue.max_queue_capacity=100000");
        final int count = 20_000;
        final StringBuilder requests = new StringBuilder();
        for (int i = 0; i < count; i++) {
            requests.append("{\"id\":").append(i).append(",\"operation\":\"publish\",\"queue\":\"q\",\"text\":\"m").append(i).append("\"}\n");
        }
        final byte[] bytes = requests.toString().getBytes(StandardCharsets.US_ASCII);
        final List<Reply> confirmed = new ArrayList<>();
        try (TestBroker broker = new TestBroker(temp, settings); Wire wire = new Wire(broker.address(), 32 << 10)) {
            final CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> wire.sendRaw(bytes)).exceptionally(broken -> null);
            confirmed.add(wire.reply());
            final CompletableFuture<Void> closing = CompletableFuture.runAsync(broker::close);
            Await.until("the end of accepting", () -> isRefused(broker));
            Reply reply = wire.reply();
            while (reply.has("id")) {
                confirmed.add(reply);
                reply = wire.reply();
            }
            assertThat(reply.code()).isEqualTo("shutting_down");
            assertThat(wire.rest()).isEmpty();
            wire.reset();
            closing.join();
            sending.join();
        }
        confirmed.sort(Comparator.comparing(reply -> reply.number("id")));
        assertThat(confirmed).extracting(reply -> reply.number("id")).isEqualTo(LongStream.range(0, confirmed.size()).boxed().toList());
        try (TestBroker broker = new TestBroker(temp, settings); Wire wire = broker.connect()) {
            assertThat(wire.confirm("{'operation':'length','queue':'q'}").number("ready")).isEqualTo(confirmed.size());
            long expected = 0;
            while (expected < confirmed.size()) {
                for (final Reply message : wire.confirm("{'operation':'take','queue':'q','max':1000,'as':'text','lease_ms':0}").messages()) {
                    assertThat(message.string("text")).isEqualTo("m" + expected);
                    assertThat(message.number("message")).isEqualTo(confirmed.get((int) expected).number("message"));
                    expected++;
                }
            }
        }
    }

    private static boolean isRefused(final TestBroker broker) {
        try {
            broker.connect().close();
            return false;
        } catch (final UncheckedIOException refused) {
            return true;
        }
    }

    @ParameterizedTest
    @MethodSource("io.gmq.broker.conformance.Setup#durable")
    void shouldBeginWhereItStopped(final Setup setup) {
        final String[] settings = setup.settings();
        final List<Long> kept;
        try (TestBroker broker = new TestBroker(temp, settings); Wire wire = broker.connect()) {
            wire.confirm("{'operation':'publish','queue':'q','messages':[{'text':'taken'},{'text':'leased'},{'text':'kept','priority':2,'headers':{'a':'b'}}]}");
            wire.confirm("{'operation':'publish','queue':'q','text':'later','delay_ms':600000}");
            kept = new ArrayList<>(wire.confirm("{'operation':'take','queue':'q','max':2}").ids());
            wire.confirm("{'operation':'ack','queue':'q','message':" + kept.remove(0) + "}");
        }
        try (TestBroker broker = new TestBroker(temp, settings); Wire wire = broker.connect()) {
            assertThat(wire.confirm("{'operation':'length','queue':'q'}").line())
                .isEqualTo("{\"confirmation\":\"Y\",\"length\":3,\"ready\":2,\"delayed\":1,\"leased\":0,\"parked\":0}");
            final List<Reply> taken = wire.confirm("{'operation':'take','queue':'q','max':9,'as':'text'}").messages();
            assertThat(taken).extracting(message -> message.string("text")).containsExactly("leased", "kept");
            assertThat(taken.get(0).number("message")).isEqualTo(kept.get(0));
            assertThat(taken.get(0).number("attempt")).isEqualTo(2);
            assertThat(taken.get(1).object("headers").string("a")).isEqualTo("b");
            assertThat(wire.confirm("{'operation':'publish','queue':'q','text':'new'}").number("message")).isGreaterThan(taken.get(1).number("message") + 1);
        }
    }
}
