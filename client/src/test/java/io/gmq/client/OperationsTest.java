package io.gmq.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is said to the broker for each operation, and what is made of its replies. */
@Timeout(60)
class OperationsTest {
    private static FakeServer answering(final String members) throws IOException {
        return new FakeServer((server, id, line) -> server.accept(id, members));
    }

    @Test
    void shouldSendTheTimeToLiveOfAMessage() throws IOException {
        try (FakeServer server = answering(",\"message\":1"); GmqClient client = server.connect()) {
            client.publish("q", OutgoingMessage.of("x").ttl(Duration.ofSeconds(3)).delay(Duration.ofMillis(5)).priority(1)).join();
            client.publish("q", OutgoingMessage.of("x").ttl(Duration.ZERO)).join();
            assertThat(server.lines()).containsExactly(
                "{\"id\":1,\"operation\":\"publish\",\"queue\":\"q\",\"text\":\"x\",\"priority\":1,\"delay_ms\":5,\"ttl_ms\":3000}",
                "{\"id\":2,\"operation\":\"publish\",\"queue\":\"q\",\"text\":\"x\",\"ttl_ms\":0}");
        }
    }

    @Test
    void shouldPublishOnceOnlyAndTellWhatWasThereAlready() throws IOException {
        try (FakeServer server = new FakeServer((s, id, line) -> s.accept(id,
            id == 1 ? ",\"message\":9" : id == 2 ? ",\"message\":9,\"duplicate\":true" : ",\"duplicate\":true"));
            GmqClient client = server.connect()) {
            final PublishOptions once = PublishOptions.NONE.producer("till", 7).durability(Durability.WRITTEN);
            final OutgoingMessage message = OutgoingMessage.of("x");
            assertThat(client.publish("q", message, once).join()).isEqualTo(new Published(9, 1, false));
            assertThat(client.publish("q", message, once).join()).isEqualTo(new Published(9, 1, true));
            assertThat(client.publish("q", List.of(message), once.producer("till", -8)).join()).isEqualTo(new Published(-1, 0, true));
            assertThat(server.lines().get(0)).endsWith("\"text\":\"x\",\"producer\":\"till\",\"sequence\":7,\"durability\":\"written\"}");
            assertThat(server.lines().get(2)).endsWith("[{\"text\":\"x\"}],\"producer\":\"till\",\"sequence\":-8,\"durability\":\"written\"}");
        }
    }

    @Test
    void shouldPublishToATopicAndTellHowManyQueuesItReached() throws IOException {
        try (FakeServer server = new FakeServer((s, id, line) -> s.accept(id, id == 1 ? ",\"count\":3,\"first\":5" : ",\"count\":0"));
            GmqClient client = server.connect()) {
            final OutgoingMessage message = OutgoingMessage.of("x");
            assertThat(client.publishToTopic("a.b", message).join()).isEqualTo(new Published(5, 3, false));
            assertThat(client.publishToTopic("a.b", List.of(message, message), PublishOptions.NONE).join())
                .isEqualTo(new Published(-1, 0, false));
            assertThat(server.lines()).containsExactly(
                "{\"id\":1,\"operation\":\"publish\",\"topic\":\"a.b\",\"text\":\"x\"}",
                "{\"id\":2,\"operation\":\"publish\",\"topic\":\"a.b\",\"messages\":[{\"text\":\"x\"},{\"text\":\"x\"}]}");
        }
    }

    @Test
    void shouldParkAndKick() throws IOException {
        try (FakeServer server = new FakeServer((s, id, line) -> s.accept(id, line.contains("kick") ? ",\"kicked\":4"
            : ",\"parked\":1" + (line.contains("messages") ? ",\"missing\":[4]" : "")));
            GmqClient client = server.connect()) {
            assertThat(client.park(Messages.message("q", 3, 2), "no \"route\"").join()).isEqualTo(new Settled(1, List.of()));
            assertThat(client.park(Leases.of("q", new long[] {3, 4}), "").join()).isEqualTo(new Settled(1, List.of(4L)));
            assertThat(client.kick("q", 10).join()).isEqualTo(4);
            client.nack(Leases.of("q", 3), NackOptions.NONE.durability(Durability.MEMORY).delay(Duration.ofMillis(1))).join();
            assertThat(server.lines()).containsExactly(
                "{\"id\":1,\"operation\":\"park\",\"queue\":\"q\",\"message\":3,\"attempt\":2,\"reason\":\"no \\\"route\\\"\"}",
                "{\"id\":2,\"operation\":\"park\",\"queue\":\"q\",\"messages\":[3,4]}",
                "{\"id\":3,\"operation\":\"kick\",\"queue\":\"q\",\"max\":10}",
                "{\"id\":4,\"operation\":\"nack\",\"queue\":\"q\",\"message\":3,\"delay_ms\":1,\"durability\":\"memory\"}");
        }
    }

    @Test
    void shouldLookAtMessages() throws IOException {
        try (FakeServer server = answering(",\"messages\":[{\"message\":4,\"text\":\"x\",\"attempt\":0,\"state\":\"parked\",\"reason\":\"why\"},"
            + "{\"message\":5,\"payload\":\"\",\"state\":\"parked\"}]"); GmqClient client = server.connect()) {
            final List<Message> messages = client.peek("q", PeekOptions.of(MessageState.PARKED, 2).asText().details()).join();
            assertThat(server.lines().get(0)).isEqualTo("{\"id\":1,\"operation\":\"peek\",\"queue\":\"q\",\"state\":\"parked\",\"max\":2,"
                + "\"as\":\"text\",\"details\":true}");
            assertThat(messages.get(0).state()).contains("parked");
            assertThat(messages.get(0).reason()).contains("why");
            assertThat(messages.get(0).attempt()).isZero();
            assertThat(messages.get(1).reason()).isEmpty();
            assertThat(messages.get(1).payload()).isEmpty();
        }
    }

    @Test
    void shouldConfigureOnlyWhatIsNamedAndReadTheWholeSetting() throws IOException {
        try (FakeServer server = answering(",\"capacity\":10,\"max_message_length\":20,\"lease_ms\":30,\"max_attempts\":4,"
            + "\"dead_letter\":\"dé\",\"ttl_ms\":50,\"on_full\":\"drop_oldest\",\"paused\":true"); GmqClient client = server.connect()) {
            final QueueSettings settings = client.configure("q", ConfigureOptions.NONE.capacity(10).maxMessageLength(20)
                .lease(Duration.ofMillis(30)).maxAttempts(4).deadLetter("other").deadLetter("dé").ttl(Duration.ofMillis(50))
                .onFull(OnFull.DROP_OLDEST).paused(true)).join();
            assertThat(settings).isEqualTo(new QueueSettings(10, 20, 30, 4, "dé", 50, "drop_oldest", true));
            client.configure("q", ConfigureOptions.NONE.paused(false)).join();
            assertThat(server.lines()).containsExactly(
                "{\"id\":1,\"operation\":\"configure\",\"queue\":\"q\",\"capacity\":10,\"max_message_length\":20,\"lease_ms\":30,"
                    + "\"max_attempts\":4,\"dead_letter\":\"dé\",\"ttl_ms\":50,\"on_full\":\"drop_oldest\",\"paused\":true}",
                "{\"id\":2,\"operation\":\"configure\",\"queue\":\"q\",\"paused\":false}");
        }
    }

    @Test
    void shouldDescribeAQueueWithAllItsCounts() throws IOException {
        final String counts = "\"ready\":1,\"delayed\":2,\"leased\":3,\"parked\":4,\"length\":10,\"bytes\":5000000000,\"consumers\":6,"
            + "\"published\":7,\"delivered\":8,\"acked\":9000000000,\"expired\":10,\"dead_lettered\":11,\"dropped\":12,\"oldest_ready_ms\":13";
        try (FakeServer server = new FakeServer((s, id, line) -> s.accept(id, line.contains("describe")
            ? ",\"capacity\":99,\"on_full\":\"reject\",\"paused\":false,\"dead_letter\":\"\"," + counts
            : ",\"queues\":[{\"queue\":\"q\"," + counts + "}]"));
            GmqClient client = server.connect()) {
            final QueueInfo info = new QueueInfo("q", new QueueLength(10, 1, 2, 3, 4), 5_000_000_000L, 6, OptionalLong.of(13),
                new QueueTotals(7, 8, 9_000_000_000L, 10, 11, 12));
            assertThat(client.describe("q").join())
                .isEqualTo(new QueueDescription(new QueueSettings(99, 0, 0, 0, "", 0, "reject", false), info));
            assertThat(client.queues().join()).isEqualTo(new QueuePage(List.of(info), false));
        }
    }

    @Test
    void shouldPurgeDeleteAndBind() throws IOException {
        try (FakeServer server = new FakeServer((s, id, line) -> s.accept(id, line.contains("purge") ? ",\"purged\":5000000000" : ""));
            GmqClient client = server.connect()) {
            assertThat(client.purge("q").join()).isEqualTo(5_000_000_000L);
            client.purge("q", MessageState.LEASED).join();
            client.delete("q").join();
            client.deleteIfEmpty("q").join();
            client.bind("a.*", "q").join();
            client.unbind("a.>", "q").join();
            assertThat(server.lines()).containsExactly(
                "{\"id\":1,\"operation\":\"purge\",\"queue\":\"q\"}",
                "{\"id\":2,\"operation\":\"purge\",\"queue\":\"q\",\"state\":\"leased\"}",
                "{\"id\":3,\"operation\":\"delete\",\"queue\":\"q\"}",
                "{\"id\":4,\"operation\":\"delete\",\"queue\":\"q\",\"if_empty\":true}",
                "{\"id\":5,\"operation\":\"bind\",\"topic\":\"a.*\",\"queue\":\"q\"}",
                "{\"id\":6,\"operation\":\"unbind\",\"topic\":\"a.>\",\"queue\":\"q\"}");
        }
    }

    @Test
    void shouldTakeSeveralStepsAsOne() throws IOException {
        try (FakeServer server = answering(",\"results\":[{\"acked\":1},{\"message\":8},{\"count\":2,\"first\":9},{\"duplicate\":true},"
            + "{\"nacked\":2,\"missing\":[5]},{\"parked\":1}]"); GmqClient client = server.connect()) {
            final Message message = Messages.message("q", 3, 2);
            final Steps steps = Steps.NONE.ack(message).publish("out", OutgoingMessage.of("x")).publishToTopic("t", OutgoingMessage.of("y"))
                .publish("out", OutgoingMessage.of("z"), PublishOptions.NONE.producer("p", 1))
                .nack(Leases.of("q", new long[] {4, 5, 6}), NackOptions.NONE).park(Leases.of("q", 7), "bad");
            assertThat(client.atomic(steps).join()).containsExactly(new Settled(1, List.of()), new Published(8, 1, false),
                new Published(9, 2, false), new Published(-1, 0, true), new Settled(2, List.of(5L)), new Settled(1, List.of()));
            assertThat(server.lines()).containsExactly("{\"id\":1,\"operation\":\"atomic\",\"steps\":["
                + "{\"operation\":\"ack\",\"queue\":\"q\",\"message\":3,\"attempt\":2},"
                + "{\"operation\":\"publish\",\"queue\":\"out\",\"text\":\"x\"},"
                + "{\"operation\":\"publish\",\"topic\":\"t\",\"text\":\"y\"},"
                + "{\"operation\":\"publish\",\"queue\":\"out\",\"text\":\"z\",\"producer\":\"p\",\"sequence\":1},"
                + "{\"operation\":\"nack\",\"queue\":\"q\",\"messages\":[4,5,6]},"
                + "{\"operation\":\"park\",\"queue\":\"q\",\"message\":7,\"reason\":\"bad\"}]}");
        }
    }

    @Test
    void shouldTellWhichStepWasRefused() throws IOException {
        try (FakeServer server = new FakeServer((s, id, line) ->
            s.refuse(id, "\"code\":\"not_leased\",\"message\":\"message 3 is not leased\",\"step\":1"));
            GmqClient client = server.connect()) {
            final Steps steps = Steps.NONE.publish("q", OutgoingMessage.of("x")).ack(Leases.of("q", 3));
            final Throwable thrown = catchThrowable(() -> client.atomic(steps).join()).getCause();
            assertThat(thrown).isInstanceOf(GmqRefusedException.class);
            assertThat(((GmqRefusedException) thrown).step()).hasValue(1);
        }
    }

    @Test
    void shouldRefuseStepsBeyondTheirNumber() throws IOException {
        Steps steps = Steps.NONE;
        for (int i = 0; i < 100; i++) {
            steps = steps.ack(Leases.of("q", i));
        }
        final Steps full = steps;
        assertThatThrownBy(() -> full.ack(Leases.of("q", 1))).isInstanceOf(IllegalArgumentException.class);
        try (FakeServer server = answering(""); GmqClient client = server.connect()) {
            assertThatThrownBy(() -> client.atomic(Steps.NONE)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
