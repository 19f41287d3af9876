package io.gmq.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of error codes, row by row, at a broker with narrow limits: what a refusal says, and whether the connection stays. */
class ErrorTableTest {
    private static final int MAX_CONNECTIONS = 3;
    private static final int MAX_FRAME_LENGTH = 64 << 10;

    @TempDir
    Path temp;

    private TestBroker broker;
    private Wire wire;

    @BeforeEach
    void start() {
        broker = new TestBroker(temp, "queue.queue_type=memory", "ring.profile=compact", "queue.max_queue_number=2", "queue.max_message_length=1000",
            "queue.max_queue_capacity=3", "queue.max_held_bytes=1MiB", "network.max_connections=" + MAX_CONNECTIONS,
            "network.max_frame_length=" + MAX_FRAME_LENGTH);
        wire = broker.connect();
    }

    @AfterEach
    void stop() {
        wire.close();
        broker.close();
    }

    /** The refusal of a request, after which the connection must serve on and the broker must hold no queue. */
    private Reply refusalThatStays(final String request) {
        final Reply refusal = wire.ask(request);
        wire.confirm("{'operation':'ping'}");
        assertThat(refusal.error().string("message")).isNotBlank();
        return refusal.error();
    }

    private void assertNothingIsThere() {
        assertThat(wire.confirm("{'operation':'queues'}").objects("queues")).isEmpty();
    }

    @Test
    void shouldStayAfterBadJson() {
        final Reply error = refusalThatStays("{'operation':'publish','queue':'q','text':'x'");
        assertThat(error.members().keySet()).containsExactly("code", "message");
        assertThat(error.string("code")).isEqualTo("bad_json");
        assertNothingIsThere();
    }

    @Test
    void shouldStayAfterBadRequestAndNameTheMember() {
        final Reply error = refusalThatStays("{'id':5,'operation':'publish','queue':'q','text':'x','priority':11}");
        assertThat(error.members()).containsEntry("code", "bad_request").containsEntry("member", "priority");
        assertNothingIsThere();
    }

    @Test
    void shouldStayAfterBadPayloadAndSayWhere() {
        final String[] payloads = {"!AAA", "AA=A", "AAA", "AAA=A", "AAAA AAA", "AAB=", "AB==", "A\\u0041A_"};
        for (final String payload : payloads) {
            final Reply error = refusalThatStays("{'operation':'publish','queue':'q','payload':'" + payload + "'}");
            assertThat(error.string("code")).as(payload).isEqualTo("bad_payload");
            assertThat(error.number("offset")).as(payload).isBetween(0L, (long) payload.length());
        }
        assertThat(refusalThatStays("{'operation':'publish','queue':'q','payload':'AAAA!AAA'}").number("offset")).isEqualTo(4);
        assertNothingIsThere();
    }

    @Test
    void shouldStayAfterAnUnknownOperationAndGiveTheNearest() {
        final Reply error = refusalThatStays("{'operation':'pubish','queue':'q','text':'x'}");
        assertThat(error.string("code")).isEqualTo("unknown_operation");
        assertThat(error.string("message")).contains("'publish'");
        assertThat(refusalThatStays("{'operation':'PING'}").string("message")).contains("'ping'");
        assertThat(refusalThatStays("{'operation':''}").string("code")).isEqualTo("unknown_operation");
        assertNothingIsThere();
    }

    @Test
    void shouldCloseAfterAFrameThatIsTooLarge() {
        final Reply error = wire.sendRaw("{" + " ".repeat(MAX_FRAME_LENGTH) + "}\n").reply().error();
        assertThat(error.members()).containsEntry("code", "frame_too_large").containsEntry("limit", (long) MAX_FRAME_LENGTH);
        assertThat(wire.rest()).isEmpty();
    }

    @Test
    void shouldStayAfterAMessageThatIsTooLarge() {
        wire.confirm("{'operation':'publish','queue':'q','text':'" + "é".repeat(500) + "'}");
        final Reply error = refusalThatStays("{'operation':'publish','queue':'r','text':'" + "é".repeat(500) + "x'}");
        assertThat(error.members()).containsEntry("code", "message_too_large").containsEntry("limit", 1000L).containsEntry("actual", 1001L)
            .containsEntry("queue", "r");
        assertThat(wire.confirm("{'operation':'queues'}").objects("queues")).hasSize(1);
    }

    @Test
    void shouldStayAfterAQueueIsFull() {
        wire.confirm("{'operation':'publish','queue':'q','messages':[{'text':'a'},{'text':'b','delay_ms':60000},{'text':'c'}]}");
        wire.confirm("{'operation':'take','queue':'q'}");
        final Reply error = refusalThatStays("{'operation':'publish','queue':'q','text':'d'}");
        assertThat(error.members()).containsEntry("code", "queue_full").containsEntry("limit", 3L).containsEntry("actual", 3L)
            .containsEntry("queue", "q").containsKey("retry_after_ms");
        wire.confirm("{'operation':'take','queue':'q','lease_ms':0}");
        assertThat(refusalThatStays("{'operation':'publish','queue':'q','messages':[{'text':'d'},{'text':'e'}]}").number("actual")).isEqualTo(2);
        wire.confirm("{'operation':'publish','queue':'q','text':'d'}");
    }

    @Test
    void shouldStayAfterTooManyQueues() {
        wire.confirm("{'operation':'publish','queue':'a','text':''}");
        wire.confirm("{'operation':'take','queue':'b','wait_ms':1}");
        final String[] requests = {"{'operation':'publish','queue':'c','text':''}", "{'operation':'take','queue':'c','wait_ms':1}",
            "{'operation':'P','queue':'c','payload':''}", "{'operation':'consume','queue':'c','credit':1}", "{'operation':'configure','queue':'c'}",
            "{'operation':'bind','topic':'t','queue':'c'}"};
        for (final String request : requests) {
            assertThat(refusalThatStays(request).members()).containsEntry("code", "too_many_queues").containsEntry("limit", 2L)
                .containsEntry("actual", 2L);
        }
        wire.confirm("{'operation':'publish','queue':'b','text':''}");
    }

    @Test
    void shouldStayAfterNoSuchQueue() {
        assertThat(refusalThatStays("{'operation':'take','queue':'q'}").members()).containsEntry("code", "no_such_queue").containsEntry("queue", "q");
        assertNothingIsThere();
    }

    @Test
    void shouldStayAfterNotLeased() {
        final long message = wire.confirm("{'operation':'publish','queue':'q','text':'x'}").number("message");
        assertThat(refusalThatStays("{'operation':'ack','queue':'q','message':" + message + "}").string("code")).isEqualTo("not_leased");
        assertThat(wire.confirm("{'operation':'length','queue':'q'}").number("ready")).isEqualTo(1);
    }

    @Test
    void shouldStayAfterNotEmpty() {
        wire.confirm("{'operation':'publish','queue':'q','messages':[{'text':'x'},{'text':'y','delay_ms':60000}]}");
        assertThat(refusalThatStays("{'operation':'delete','queue':'q','if_empty':true}").members()).containsEntry("code", "not_empty")
            .containsEntry("queue", "q").containsEntry("actual", 2L);
        assertThat(wire.confirm("{'operation':'length','queue':'q'}").number("length")).isEqualTo(2);
    }

    @Test
    void shouldStayAfterAStepOfAnAtomicIsRefused() {
        final Reply error = refusalThatStays("{'id':1,'operation':'atomic','steps':[{'operation':'publish','queue':'q','text':'x'},"
            + "{'operation':'ack','queue':'q','message':1}]}");
        assertThat(error.members()).containsEntry("code", "not_leased").containsEntry("step", 1L);
        assertNothingIsThere();
    }

    @Test
    void shouldBeOverloadedByTheCopiesOfOnePublish() {
        try (TestBroker roomy = new TestBroker(temp.resolve("roomy"), "queue.queue_type=memory", "ring.profile=compact"); Wire publisher = roomy.connect()) {
            for (int i = 0; i < 101; i++) {
                publisher.confirm("{'operation':'bind','topic':'t','queue':'q" + i + "'}");
            }
            final String publish = "{'operation':'publish','topic':'t','messages':[" + "{'text':''},".repeat(999) + "{'text':''}]}";
            assertThat(publisher.ask(publish).error().members()).containsEntry("code", "overloaded").containsEntry("limit", 100_000L)
                .containsEntry("actual", 101_000L);
            assertThat(publisher.confirm("{'operation':'length','queue':'q0'}").number("length")).isZero();
            publisher.confirm("{'operation':'delete','queue':'q0'}");
            assertThat(publisher.confirm(publish).number("count")).isEqualTo(100);
        }
    }

    @Test
    void shouldParkWhatNeedsAQueueTooMany() {
        wire.confirm("{'operation':'configure','queue':'q','max_attempts':1,'dead_letter':'dead'}");
        wire.confirm("{'operation':'configure','queue':'r'}");
        final long message = wire.confirm("{'operation':'publish','queue':'q','text':'x'}").number("message");
        wire.confirm("{'operation':'take','queue':'q'}");
        wire.confirm("{'operation':'nack','queue':'q','message':" + message + "}");
        assertThat(wire.confirm("{'operation':'length','queue':'q'}").number("parked")).isEqualTo(1);
        assertThat(wire.confirm("{'operation':'queues'}").objects("queues")).hasSize(2);
    }

    @Test
    void shouldStayAfterADurabilityThatIsUnsupported() {
        for (final String level : new String[] {"written", "synced", "replicated"}) {
            final Reply error = refusalThatStays("{'operation':'publish','queue':'q','text':'x','durability':'" + level + "'}");
            assertThat(error.string("code")).isEqualTo("unsupported");
            assertThat(error.string("message")).contains("memory").contains(level);
        }
        assertNothingIsThere();
    }

    @Test
    void shouldCheckInTheOrderOfTheProtocol() {
        wire.confirm("{'operation':'publish','queue':'q','messages':[{'text':''},{'text':''},{'text':''}]}");
        wire.confirm("{'operation':'publish','queue':'r','text':''}");
        final String large = "'text':'" + "x".repeat(1001) + "'";
        assertThat(refusalThatStays("{'operation':'publish','queue':'q'," + large + ",'priority':99}").string("code")).isEqualTo("bad_request");
        assertThat(refusalThatStays("{'operation':'publish','queue':'q'," + large + "}").string("code")).isEqualTo("message_too_large");
        assertThat(refusalThatStays("{'operation':'publish','queue':'s'," + large + "}").string("code")).isEqualTo("message_too_large");
    }

    @Test
    void shouldBeOverloadedByMemoryAndServeOn() {
        try (TestBroker roomy = new TestBroker(temp.resolve("roomy"), "queue.queue_type=memory", "ring.profile=compact", "queue.max_held_bytes=1MiB");
            Wire publisher = roomy.connect()) {
            final String publish = "{'operation':'publish','queue':'q','text':'" + "x".repeat(40960) + "'}";
            Reply reply = publisher.ask(publish);
            int held = 0;
            while (reply.isConfirmed()) {
                held++;
                reply = publisher.ask(publish);
            }
            assertThat(held).isEqualTo((1 << 20) / 40960);
            assertThat(reply.error().members()).containsEntry("code", "overloaded").containsKey("retry_after_ms");
            assertThat(publisher.confirm("{'operation':'take','queue':'q','lease_ms':0}").messages()).hasSize(1);
            publisher.confirm(publish);
        }
    }

    @Test
    void shouldBeOverloadedByConnectionsAndCloseTheOneTooMany() {
        try (Wire second = broker.connect(); Wire third = broker.connect()) {
            second.confirm("{'operation':'ping'}");
            third.confirm("{'operation':'ping'}");
            try (Wire fourth = broker.connect()) {
                final Reply refusal = fourth.reply();
                assertThat(refusal.code()).isEqualTo("overloaded");
                assertThat(refusal.error().number("retry_after_ms")).isPositive();
                assertThat(fourth.rest()).isEmpty();
            }
            third.reset();
            Await.until("room for one more", () -> {
                try (Wire next = broker.connect()) {
                    return next.sendRaw("{\"id\":1,\"operation\":\"ping\"}\n").reply().isConfirmed();
                }
            });
            second.confirm("{'operation':'ping'}");
        }
    }

    @Test
    void shouldSayThatItIsShuttingDownAndClose() {
        wire.send("{'id':1,'operation':'take','queue':'q','wait_ms':60000}", "{'operation':'ping'}");
        assertThat(wire.line()).isEqualTo("{\"confirmation\":\"Y\"}");
        final CompletableFuture<Void> closing = CompletableFuture.runAsync(broker::close);
        final Reply farewell = wire.reply();
        assertThat(farewell.has("id")).isFalse();
        assertThat(farewell.code()).isEqualTo("shutting_down");
        assertThat(wire.rest()).isEmpty();
        closing.join();
    }
}
