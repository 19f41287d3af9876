package io.gmq.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GmqClientTest {
    @Test
    void shouldPublishTextAndBytesAndTellTheirIds() throws IOException {
        try (FakeServer server = new FakeServer((s, id, line) -> s.accept(id, ",\"message\":" + (1040 + id)));
            GmqClient client = server.connect()) {
            assertThat(client.publish("orders", "héllo \"you\"").join()).isEqualTo(1041);
            assertThat(client.publish("orders", new byte[] {0, -1, 7}).join()).isEqualTo(1042);
            assertThat(server.lines()).containsExactly(
                "{\"id\":1,\"operation\":\"publish\",\"queue\":\"orders\",\"text\":\"héllo \\\"you\\\"\"}",
                "{\"id\":2,\"operation\":\"publish\",\"queue\":\"orders\",\"payload\":\"AP8H\"}");
        }
    }

    @Test
    void shouldSendEveryOptionOfAMessage() throws IOException {
        try (FakeServer server = new FakeServer((s, id, line) -> s.accept(id, ",\"message\":1,\"durability\":\"synced\""));
            GmqClient client = server.connect()) {
            final OutgoingMessage message =
                OutgoingMessage.of("x").priority(9).delay(Duration.ofSeconds(2)).header("a", "1").header("b", "\n");
            client.publish("q", message, PublishOptions.NONE.durability(Durability.SYNCED)).join();
            assertThat(server.lines().get(0)).isEqualTo("{\"id\":1,\"operation\":\"publish\",\"queue\":\"q\",\"text\":\"x\",\"priority\":9,"
                + "\"delay_ms\":2000,\"headers\":{\"a\":\"1\",\"b\":\"\\u000a\"},\"durability\":\"synced\"}");
        }
    }

    @Test
    void shouldPublishABatch() throws IOException {
        try (FakeServer server = new FakeServer((s, id, line) -> s.accept(id, ",\"first\":7,\"count\":2"));
            GmqClient client = server.connect()) {
            final List<OutgoingMessage> messages = List.of(OutgoingMessage.of("a"), OutgoingMessage.of(new byte[1]).priority(1));
            final Published published = client.publish("q", messages).join();
            assertThat(published).isEqualTo(new Published(7, 2, false));
            assertThat(published.last()).isEqualTo(8);
            assertThat(server.lines().get(0)).isEqualTo("{\"id\":1,\"operation\":\"publish\",\"queue\":\"q\",\"messages\":["
                + "{\"text\":\"a\"},{\"payload\":\"AA==\",\"priority\":1}]}");
        }
    }

    @Test
    void shouldTakeMessagesWithAllTheirMembers() throws IOException {
        final String messages = ",\"messages\":[{\"message\":5,\"payload\":\"AP8H\"},"
            + "{\"message\":6,\"text\":\"h\\u00e9llo\\n\\ud83d\\ude00 é€\",\"attempt\":3,\"priority\":7,"
            + "\"headers\":{\"a\\\"b\":\"c\",\"ü\":\"\"},\"published_ms\":1700000000000,\"novel\":[{\"x\":[]},{},null,\"]\"]}]";
        try (FakeServer server = new FakeServer((s, id, line) -> s.accept(id, messages)); GmqClient client = server.connect()) {
            final TakeOptions options =
                TakeOptions.max(10).wait(Duration.ofSeconds(5)).lease(Duration.ofMinutes(1)).keep().asText().details();
            final List<Message> taken = client.take("orders", options).join();
            assertThat(server.lines().get(0)).isEqualTo("{\"id\":1,\"operation\":\"take\",\"queue\":\"orders\",\"max\":10,\"wait_ms\":5000,"
                + "\"lease_ms\":60000,\"keep\":true,\"as\":\"text\",\"details\":true}");
            assertThat(taken).hasSize(2);
            assertThat(taken.get(0).payload()).containsExactly(0, -1, 7);
            assertThat(taken.get(0).queue()).isEqualTo("orders");
            assertThat(taken.get(0).attempt()).isEqualTo(1);
            assertThat(taken.get(0).priority()).isEqualTo(4);
            assertThat(taken.get(0).headers()).isEmpty();
            assertThat(taken.get(0).publishedAt()).isEmpty();
            assertThat(taken.get(1).id()).isEqualTo(6);
            assertThat(taken.get(1).text()).isEqualTo("héllo\n\uD83D\uDE00 é€");
            assertThat(taken.get(1).payload()).isEqualTo("héllo\n\uD83D\uDE00 é€".getBytes(StandardCharsets.UTF_8));
            assertThat(taken.get(1).attempt()).isEqualTo(3);
            assertThat(taken.get(1).priority()).isEqualTo(7);
            assertThat(taken.get(1).headers()).isEqualTo(Map.of("a\"b", "c", "ü", ""));
            assertThat(taken.get(1).publishedAt()).contains(Instant.ofEpochMilli(1700000000000L));
        }
    }

    @Test
    void shouldTakeAndSettleOneOrNone() throws IOException {
        try (FakeServer server = new FakeServer((s, id, line) -> s.accept(id, id == 1 ? ",\"message\":5,\"payload\":\"aGVsbG8=\"" : ""));
            GmqClient client = server.connect()) {
            assertThat(client.takeAndSettle("q").join()).map(Message::text).contains("hello");
            assertThat(client.takeAndSettle("q").join()).isEmpty();
            assertThat(server.lines().get(0)).isEqualTo("{\"id\":1,\"operation\":\"S\",\"queue\":\"q\"}");
        }
    }

    @Test
    void shouldSettleOneAListAndARange() throws IOException {
        try (FakeServer server = new FakeServer(GmqClientTest::settle); GmqClient client = server.connect()) {
            final Message message = Messages.message("q", 3, 2);
            assertThat(client.ack(message).join()).isEqualTo(new Settled(1, List.of()));
            assertThat(client.ack(Leases.of("q", new long[] {3, 4, 5}), Durability.WRITTEN).join())
                .isEqualTo(new Settled(1, List.of(4L, 5L)));
            client.ack(Leases.range("q", 3, 9)).join();
            client.ack(Leases.of("q", 3)).join();
            client.nack(message, NackOptions.NONE.delay(Duration.ofMillis(5)).priority(0)).join();
            client.nack(Leases.of("q", 3, 8), NackOptions.NONE).join();
            client.extend(Leases.of(List.of(message)), Duration.ofSeconds(3)).join();
            assertThat(server.lines()).containsExactly(
                "{\"id\":1,\"operation\":\"ack\",\"queue\":\"q\",\"message\":3,\"attempt\":2}",
                "{\"id\":2,\"operation\":\"ack\",\"queue\":\"q\",\"messages\":[3,4,5],\"durability\":\"written\"}",
                "{\"id\":3,\"operation\":\"ack\",\"queue\":\"q\",\"from\":3,\"to\":9}",
                "{\"id\":4,\"operation\":\"ack\",\"queue\":\"q\",\"message\":3}",
                "{\"id\":5,\"operation\":\"nack\",\"queue\":\"q\",\"message\":3,\"attempt\":2,\"delay_ms\":5,\"priority\":0}",
                "{\"id\":6,\"operation\":\"nack\",\"queue\":\"q\",\"message\":3,\"attempt\":8}",
                "{\"id\":7,\"operation\":\"extend\",\"queue\":\"q\",\"messages\":[3],\"lease_ms\":3000}");
        }
    }

    private static void settle(final FakeServer server, final long id, final String line) throws IOException {
        final String word = line.contains("\"ack\"") ? "acked" : line.contains("\"nack\"") ? "nacked" : "extended";
        server.accept(id, ",\"" + word + "\":1" + (line.contains("[3,4,5]") ? ",\"missing\":[4,5]" : ""));
    }

    @Test
    void shouldLookAtQueuesAndTheBroker() throws IOException {
        try (FakeServer server = new FakeServer(GmqClientTest::look); GmqClient client = server.connect()) {
            assertThat(client.length("q").join()).isEqualTo(new QueueLength(10, 4, 3, 2, 1));
            assertThat(client.queues("o", "p", 7).join()).isEqualTo(new QueuePage(
                List.of(info("a\"ü", new QueueLength(1, 1, 0, 0, 0)), info("b", new QueueLength(0, 0, 0, 0, 0))), true));
            assertThat(client.hello("me", "u", "p").join()).isEqualTo(new BrokerInfo(1, "gmq 0.1", "synced", "filesystem", 1, 2, 3, 4));
            assertThat(client.ping().join()).isNull();
            assertThat(server.lines()).containsExactly(
                "{\"id\":1,\"operation\":\"length\",\"queue\":\"q\"}",
                "{\"id\":2,\"operation\":\"queues\",\"prefix\":\"o\",\"after\":\"p\",\"max\":7}",
                "{\"id\":3,\"operation\":\"hello\",\"version\":1,\"name\":\"me\",\"auth\":{\"user\":\"u\",\"password\":\"p\"}}",
                "{\"id\":4,\"operation\":\"ping\"}");
        }
    }

    private static QueueInfo info(final String name, final QueueLength length) {
        return new QueueInfo(name, length, 0, 0, OptionalLong.empty(), new QueueTotals(0, 0, 0, 0, 0, 0));
    }

    private static void look(final FakeServer server, final long id, final String line) throws IOException {
        if (line.contains("\"length\"")) {
            server.accept(id, ",\"length\":10,\"ready\":4,\"delayed\":3,\"leased\":2,\"parked\":1");
        } else if (line.contains("\"queues\"")) {
            server.accept(id, ",\"queues\":[{\"queue\":\"a\\\"ü\",\"ready\":1,\"length\":1},{\"queue\":\"b\"}],\"more\":true");
        } else if (line.contains("\"hello\"")) {
            server.accept(id, ",\"version\":1,\"software\":\"gmq 0.1\",\"durability\":\"synced\",\"storage\":\"filesystem\",\"limits\":{"
                + "\"max_queue_number\":1,\"max_message_length\":2,\"max_queue_capacity\":3,\"max_frame_length\":4}");
        } else {
            server.accept(id, "");
        }
    }

    @Test
    void shouldKeepManyRequestsOnTheirWayAndMatchRepliesInAnyOrder() throws IOException {
        final int requests = 1000;
        final List<Long> ids = new ArrayList<>();
        try (FakeServer server = new FakeServer((s, id, line) -> {
            ids.add(id);
            if (ids.size() == requests) {
                final StringBuilder replies = new StringBuilder();
                for (int i = requests; --i >= 0;) {
                    replies.append("{\"id\":" + ids.get(i) + ",\"confirmation\":\"Y\",\"message\":" + ids.get(i) * 10 + "}\n");
                }
                s.send(replies.toString());
            }
        }); GmqClient client = server.connect()) {
            final List<CompletableFuture<Long>> futures =
                IntStream.range(0, requests).mapToObj(i -> client.publish("q", "m" + i)).toList();
            for (int i = 0; i < requests; i++) {
                assertThat(futures.get(i).join()).isEqualTo((i + 1) * 10L);
                assertThat(server.lines().get(i)).contains("\"m" + i + "\"");
            }
        }
    }

    @Test
    void shouldServeManyThreadsAtOnce() throws Exception {
        try (FakeServer server = new FakeServer((s, id, line) -> s.accept(id, ",\"message\":" + id)); GmqClient client = server.connect()) {
            final List<Long> ids = java.util.Collections.synchronizedList(new ArrayList<>());
            final List<Thread> threads = IntStream.range(0, 4).mapToObj(t -> new Thread(() -> {
                for (int i = 0; i < 500; i++) {
                    ids.add(client.publish("q", "x").join());
                }
            })).toList();
            threads.forEach(Thread::start);
            for (final Thread thread : threads) {
                thread.join();
            }
            assertThat(ids).hasSize(2000).doesNotHaveDuplicates();
        }
    }

    @Test
    void shouldNotHoldUpOthersBehindATakeThatWaits() throws IOException {
        try (FakeServer server = new FakeServer((s, id, line) -> {
            if (!line.contains("take")) {
                s.accept(id, ",\"message\":1");
                s.accept(1, ",\"messages\":[{\"message\":1,\"text\":\"x\"}]");
            }
        }); GmqClient client = server.connect()) {
            final CompletableFuture<List<Message>> taken = client.take("q", TakeOptions.ONE.wait(Duration.ofHours(1)));
            assertThat(taken).isNotDone();
            client.publish("q", "x").join();
            assertThat(taken.join()).hasSize(1);
        }
    }

    @Test
    void shouldTellARefusalWithItsNumbers() throws IOException {
        try (FakeServer server = new FakeServer((s, id, line) -> s.refuse(id, "\"code\":\"queue_full\","
            + "\"message\":\"queue 'q' holds 4 of 4\",\"queue\":\"q\",\"limit\":4,\"actual\":5,\"retry_after_ms\":100,"
            + "\"member\":\"m\",\"hint\":{\"a\":[1]}"));
            GmqClient client = server.connect()) {
            final Throwable thrown = catchThrowable(() -> client.publish("q", "x").join());
            assertThat(thrown).isInstanceOf(CompletionException.class).hasCauseInstanceOf(GmqRefusedException.class);
            final GmqRefusedException refusal = (GmqRefusedException) thrown.getCause();
            assertThat(refusal).hasMessage("queue 'q' holds 4 of 4");
            assertThat(refusal.code()).isEqualTo("queue_full");
            assertThat(refusal.queue()).isEqualTo("q");
            assertThat(refusal.member()).isEqualTo("m");
            assertThat(refusal.limit()).hasValue(4);
            assertThat(refusal.actual()).hasValue(5);
            assertThat(refusal.retryAfterMs()).hasValue(100);
            assertThat(refusal.offset()).isEmpty();
            assertThat(refusal.leader()).isNull();
        }
    }

    @Test
    void shouldFailEverythingOnItsWayWhenTheConnectionBreaks() throws IOException {
        try (FakeServer server = new FakeServer((s, id, line) -> {
            if (id == 2) {
                s.hangUp();
            }
        }); GmqClient client = server.connect()) {
            final CompletableFuture<Long> first = client.publish("q", "x");
            final CompletableFuture<Long> second = client.publish("q", "y");
            for (final CompletableFuture<Long> future : List.of(first, second)) {
                assertThatThrownBy(future::join).cause()
                    .isInstanceOf(GmqUnknownOutcomeException.class).hasMessageContaining("unknown outcome");
            }
            assertThatThrownBy(() -> client.ping().join()).cause()
                .isInstanceOf(GmqConnectionException.class).hasMessageContaining("was not sent");
        }
    }

    @Test
    void shouldEndWhenTheBrokerRefusesTheConnectionItself() throws IOException {
        try (FakeServer server = new FakeServer((s, id, line) ->
            s.send("{\"confirmation\":\"N\",\"error\":{\"code\":\"overloaded\",\"message\":\"too many connections\"}}\n"));
            GmqClient client = server.connect()) {
            assertThatThrownBy(() -> client.ping().join()).cause()
                .isInstanceOf(GmqUnknownOutcomeException.class).hasMessageContaining("too many connections")
                .cause().isInstanceOf(GmqRefusedException.class);
        }
    }

    @Test
    void shouldEndOnRepliesThatAreNotTheProtocol() throws IOException {
        for (final String nonsense : List.of("HTTP/1.1 400 Bad Request\n", "{\"id\":1,\"confirmation\":\n", "{\"id\":1 1}\n", "[]\n",
            "{\"id\":1,\"message\":\"x\"}\n", "{\"id\":1,\"messages\":[}\n", "{\"id\":1,\"payload\":\"a\n", "{\"id\":1,\"x\n")) {
            try (FakeServer server = new FakeServer((s, id, line) -> s.send(nonsense)); GmqClient client = server.connect()) {
                assertThatThrownBy(() -> client.ping().join()).as(nonsense).cause().isInstanceOf(GmqUnknownOutcomeException.class);
            }
        }
    }

    @Test
    void shouldTimeOutARequestButGiveATakeTheTimeItWaits() throws IOException {
        try (FakeServer server = new FakeServer((s, id, line) -> { });
            GmqClient client = server.connect(ClientOptions.DEFAULT.requestTimeout(Duration.ofMillis(50)))) {
            final CompletableFuture<List<Message>> taken = client.take("q", TakeOptions.ONE.wait(Duration.ofSeconds(20)));
            assertThatThrownBy(() -> client.ping().join()).cause()
                .isInstanceOf(GmqUnknownOutcomeException.class).hasMessageContaining("within 50 ms");
            assertThat(taken).isNotDone();
        }
    }

    @Test
    void shouldIgnoreAReplyThatComesTooLate() throws IOException {
        try (FakeServer server = new FakeServer((s, id, line) -> {
            if (id == 2) {
                s.accept(1, ",\"message\":1");
                s.accept(2, ",\"message\":2");
            }
        }); GmqClient client = server.connect(ClientOptions.DEFAULT.requestTimeout(Duration.ofMillis(200)))) {
            assertThatThrownBy(() -> client.publish("q", "x").join()).cause().isInstanceOf(GmqUnknownOutcomeException.class);
            assertThat(client.publish("q", "y").join()).isEqualTo(2);
        }
    }

    @Test
    void shouldWaitForRoomWhenTooMuchIsOnItsWay() throws Exception {
        final CountDownLatch go = new CountDownLatch(1);
        try (FakeServer server = new FakeServer((s, id, line) -> {
            awaitQuietly(go);
            s.accept(id, ",\"message\":" + id);
        }); GmqClient client = server.connect(ClientOptions.DEFAULT.maxInFlight(4))) {
            final List<CompletableFuture<Long>> futures = new ArrayList<>();
            final Thread publisher = new Thread(() -> {
                for (int i = 0; i < 100; i++) {
                    futures.add(client.publish("q", "x"));
                }
            });
            publisher.start();
            while (publisher.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            assertThat(futures).hasSize(4);
            go.countDown();
            publisher.join();
            assertThat(futures.get(99).join()).isEqualTo(100);
        }
    }

    @Test
    void shouldLetCallbacksSendWithoutWaitingForThemselves() throws IOException {
        try (FakeServer server = new FakeServer((s, id, line) -> s.accept(id, ",\"message\":" + id));
            GmqClient client = server.connect(ClientOptions.DEFAULT.maxInFlight(1))) {
            assertThat(client.publish("q", "x").thenCompose(id -> client.publish("q", "y")).join()).isEqualTo(2);
        }
    }

    @Test
    void shouldFailWithoutSendingWhatCannotBeWritten() throws IOException {
        try (FakeServer server = new FakeServer((s, id, line) -> s.accept(id, ",\"message\":1")); GmqClient client = server.connect()) {
            assertThatThrownBy(() -> client.publish("q", "\uD800")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> client.publish("q", (String) null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> client.publish(null, "x")).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> client.publish("q", List.of())).isInstanceOf(IllegalArgumentException.class);
            assertThat(client.publish("q", "x").join()).isEqualTo(1);
            assertThat(server.lines()).hasSize(1);
        }
    }

    @Test
    void shouldCarryBigFramesBothWays() throws IOException {
        final byte[] payload = new byte[3_000_000];
        new Random(1).nextBytes(payload);
        final String base64 = Base64.getEncoder().encodeToString(payload);
        try (FakeServer server = new FakeServer((s, id, line) -> {
            final String sent = line.substring(line.indexOf("payload") + 10, line.length() - 2);
            s.accept(id, line.contains("\"publish\"") ? ",\"message\":" + sent.length()
                : ",\"messages\":[{\"message\":1,\"payload\":\"" + base64
                    + "\"},{\"message\":2,\"text\":\"" + "é€x\\n".repeat(300_000) + "\"}]");
        }); GmqClient client = server.connect()) {
            assertThat(client.publish("q", payload).join()).isEqualTo(base64.length());
            final List<Message> taken = client.take("q", TakeOptions.max(2)).join();
            assertThat(Arrays.equals(taken.get(0).payload(), payload)).isTrue();
            assertThat(taken.get(1).text()).isEqualTo("é€x\n".repeat(300_000));
        }
    }

    @Test
    void shouldRefuseAReplyBeyondItsBound() throws IOException {
        try (FakeServer server = new FakeServer((s, id, line) -> s.accept(id, ",\"x\":\"" + "x".repeat(200_000) + '"'));
            GmqClient client = server.connect(ClientOptions.DEFAULT.maxReplyLength(100_000))) {
            assertThatThrownBy(() -> client.ping().join()).cause().hasMessageContaining("longer than 100000 bytes");
        }
    }

    @Test
    void shouldReadRepliesThatComeInPieces() throws IOException {
        try (FakeServer server = new FakeServer((s, id, line) -> {
            for (final char c : ("\r\n{\"id\":" + id + ", \"confirmation\" : \"Y\" ,\"message\":1041 }\r\n\n").toCharArray()) {
                s.send(String.valueOf(c));
            }
        }); GmqClient client = server.connect()) {
            assertThat(client.publish("q", "x").join()).isEqualTo(1041);
            assertThat(client.publish("q", "x").join()).isEqualTo(1041);
        }
    }

    @Test
    void shouldAwaitRepliesWhenClosedButNoTakes() throws IOException {
        try (FakeServer server = new FakeServer((s, id, line) -> {
            if (line.contains("publish")) {
                s.accept(id, ",\"message\":1");
            }
        })) {
            final GmqClient client = server.connect();
            final CompletableFuture<List<Message>> taken = client.take("q", TakeOptions.ONE.wait(Duration.ofHours(1)));
            final CompletableFuture<Long> published = client.publish("q", "x");
            client.close();
            assertThat(published).isCompletedWithValue(1L);
            assertThatThrownBy(taken::join).cause().isInstanceOf(GmqUnknownOutcomeException.class).hasMessageContaining("closed");
            assertThatThrownBy(() -> client.ping().join()).cause().isInstanceOf(GmqConnectionException.class);
        }
    }

    @Test
    void shouldSayWhyItCannotConnect() throws IOException {
        final int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertThatThrownBy(() -> GmqClient.connect("127.0.0.1", port))
            .isInstanceOf(GmqConnectionException.class).hasMessage("cannot connect to 127.0.0.1:" + port + ": connection refused");
        assertThatThrownBy(() -> GmqClient.connect("no-such-host.invalid", 1))
            .isInstanceOf(GmqConnectionException.class).hasMessageContaining("no such host");
    }

    private static void awaitQuietly(final CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shouldSayWhoItIsBeforeAnythingElse() throws IOException {
        try (FakeServer server = new FakeServer((s, id, line) -> s.accept(id, ""));
            GmqClient client = server.connect(ClientOptions.DEFAULT.maxInFlight(7).credentials("al\"i", "sésame").requestTimeout(Duration.ofSeconds(9)))) {
            client.ping().join();
            assertThat(server.lines()).containsExactly(
                "{\"id\":1,\"operation\":\"hello\",\"version\":1,\"auth\":{\"user\":\"al\\\"i\",\"password\":\"sésame\"}}",
                "{\"id\":2,\"operation\":\"ping\"}");
        }
    }

    @Test
    void shouldNotConnectWhereItIsNotLetIn() throws IOException {
        try (FakeServer server = new FakeServer((s, id, line) -> {
            s.refuse(id, "\"code\":\"unauthorized\",\"message\":\"there is no such user with that password\"");
            s.hangUp();
        })) {
            final Throwable refusal = catchThrowable(() -> server.connect(ClientOptions.DEFAULT.credentials("ali", "sesame")));
            assertThat(refusal).isInstanceOf(GmqRefusedException.class).hasMessage("there is no such user with that password");
            assertThat(((GmqRefusedException) refusal).code()).isEqualTo("unauthorized");
        }
    }
}
