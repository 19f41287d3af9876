package io.gmq.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a restart leaves as it was: settings, counts, bindings, producers, parked messages; and how many producers are remembered. */
class RestartTest {
    @TempDir
    Path temp;

    private static Reply produce(final Wire wire, final String producer, final int sequence) {
        return wire.confirm("{'operation':'publish','queue':'q','text':'x','producer':'" + producer + "','sequence':" + sequence + "}");
    }

    private static String describe(final Wire wire, final String queue) {
        return wire.confirm("{'operation':'describe','queue':'" + queue + "'}").line().replaceAll(",\"oldest_ready_ms\":[0-9]+", "");
    }

    @ParameterizedTest
    @MethodSource("io.gmq.broker.conformance.Setup#durable")
    void shouldFindEverythingAsItWas(final Setup setup) {
        final String[] settings = setup.settings();
        final String before;
        final Reply first;
        try (TestBroker broker = new TestBroker(temp, settings); Wire wire = broker.connect()) {
            wire.confirm("{'operation':'configure','queue':'q','max_attempts':3,'dead_letter':'dead','capacity':50,'on_full':'drop_oldest','ttl_ms':600000}");
            wire.confirm("{'operation':'bind','topic':'t.>','queue':'q'}");
            wire.confirm("{'operation':'bind','topic':'u','queue':'q'}");
            wire.confirm("{'operation':'unbind','topic':'u','queue':'q'}");
            first = produce(wire, "p", 7);
            wire.confirm("{'operation':'take','queue':'q'}");
            wire.confirm("{'operation':'park','queue':'q','message':" + first.number("message") + ",'reason':'why'}");
            wire.confirm("{'operation':'publish','topic':'t.a','text':'by topic'}");
            wire.confirm("{'operation':'publish','queue':'gone','text':'x'}");
            wire.confirm("{'operation':'delete','queue':'gone'}");
            wire.confirm("{'operation':'publish','queue':'purged','text':'x'}");
            wire.confirm("{'operation':'purge','queue':'purged'}");
            wire.confirm("{'operation':'atomic','steps':[{'operation':'publish','queue':'a','text':'1'},{'operation':'publish','queue':'b','text':'2'}]}");
            before = describe(wire, "q");
        }
        try (TestBroker broker = new TestBroker(temp, settings); Wire wire = broker.connect()) {
            assertThat(describe(wire, "q")).isEqualTo(before);
            final Reply parked = wire.confirm("{'operation':'peek','queue':'q','state':'parked','as':'text'}").messages().get(0);
            assertThat(parked.members()).containsEntry("message", first.number("message")).containsEntry("reason", "why");
            assertThat(wire.confirm("{'operation':'publish','topic':'t.b','text':'y'}").number("count")).isEqualTo(1);
            assertThat(wire.confirm("{'operation':'publish','topic':'u','text':'y'}").number("count")).isZero();
            assertThat(produce(wire, "p", 7).members()).containsEntry("duplicate", true).containsEntry("message", first.number("message"));
            assertThat(produce(wire, "p", 8).has("duplicate")).isFalse();
            assertThat(wire.confirm("{'operation':'queues'}").objects("queues")).extracting(queue -> queue.string("queue"))
                .containsExactly("a", "b", "purged", "q");
            assertThat(wire.confirm("{'operation':'length','queue':'purged'}").number("length")).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("io.gmq.broker.conformance.Setup#durable")
    void shouldEndConsumersAndGiveBackWhatTheyHeldUnlessItIsKept(final Setup setup) {
        final String[] settings = setup.settings();
        try (TestBroker broker = new TestBroker(temp, settings); Mailbox box = new Mailbox(broker.connect())) {
            box.consume("q", "'credit':1");
            box.consume("kept", "'credit':1,'keep':true,'lease_ms':600000");
            box.confirm("{'operation':'publish','queue':'q','text':'x'}");
            box.confirm("{'operation':'publish','queue':'kept','text':'x'}");
            box.pushed(2);
        }
        try (TestBroker broker = new TestBroker(temp, settings); Wire wire = broker.connect()) {
            assertThat(wire.confirm("{'operation':'describe','queue':'q'}").members()).containsEntry("ready", 1L).containsEntry("consumers", 0L);
            assertThat(wire.confirm("{'operation':'describe','queue':'kept'}").members()).containsEntry("leased", 1L).containsEntry("consumers", 0L);
        }
    }

    @Test
    void shouldForgetTheProducerWhoseLastPublishLiesFurthestBack() {
        try (TestBroker broker = new TestBroker(temp, "queue.queue_type=memory", "ring.profile=compact", "queue.max_producers=2");
            Wire wire = broker.connect()) {
            produce(wire, "a", 1);
            produce(wire, "b", 1);
            produce(wire, "a", 2);
            assertThat(produce(wire, "b", 1).has("duplicate")).as("does not make b younger").isTrue();
            produce(wire, "c", 1);
            assertThat(produce(wire, "a", 2).has("duplicate")).isTrue();
            assertThat(produce(wire, "c", 1).has("duplicate")).isTrue();
            assertThat(produce(wire, "b", 1).has("duplicate")).as("b was forgotten").isFalse();
            assertThat(produce(wire, "a", 2).has("duplicate")).as("a was forgotten for b").isFalse();
        }
    }
}
