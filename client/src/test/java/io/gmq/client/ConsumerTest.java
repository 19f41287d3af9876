package io.gmq.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConsumerTest {
    private static String push(final long consumer, final String... texts) {
        final StringBuilder frame = new StringBuilder("{\"consumer\":" + consumer + ",\"queue\":\"q\",\"messages\":[");
        for (int i = 0; i < texts.length; i++) {
            frame.append(i > 0 ? "," : "").append("{\"message\":").append(i + 1).append(",\"text\":\"").append(texts[i]).append("\"}");
        }
        return frame + "]}\n";
    }

    private static List<String> texts(final List<Message> messages) {
        return messages.stream().map(Message::text).toList();
    }

    @Test
    void shouldGiveWhatIsPushedInItsOrder() throws Exception {
        try (FakeServer server = new FakeServer((s, id, line) -> s.send("{\"id\":" + id + ",\"confirmation\":\"Y\",\"consumer\":7}\n"
            + push(7, "a", "b") + push(7, "c"))); GmqClient client = server.connect()) {
            final Consumer consumer = client.consume("q", ConsumeOptions.credit(10).lease(Duration.ofSeconds(1)).keep().asText().details()).join();
            assertThat(server.lines()).containsExactly("{\"id\":1,\"operation\":\"consume\",\"queue\":\"q\",\"credit\":10,\"lease_ms\":1000,"
                + "\"keep\":true,\"as\":\"text\",\"details\":true}");
            assertThat(consumer.number()).isEqualTo(7);
            final List<Message> first = consumer.next();
            assertThat(texts(first)).containsExactly("a", "b");
            assertThat(first.get(0).queue()).isEqualTo("q");
            assertThat(texts(consumer.next())).containsExactly("c");
            assertThat(consumer.poll(Duration.ZERO)).isEmpty();
            assertThat(consumer.ended()).isEmpty();
        }
    }

    @Test
    void shouldWaitForWhatComesBetweenReplies() throws Exception {
        try (FakeServer server = new FakeServer((s, id, line) -> {
            if (line.contains("ping")) {
                s.send(push(1, "x"));
            }
            s.accept(id, line.contains("\"consume\"") ? ",\"consumer\":1" : "");
        }); GmqClient client = server.connect()) {
            final Consumer consumer = client.consume("q", ConsumeOptions.credit(1)).join();
            final CompletableFuture<List<Message>> next = CompletableFuture.supplyAsync(() -> nextOf(consumer));
            client.ping().join();
            assertThat(texts(next.join())).containsExactly("x");
        }
    }

    private static List<Message> nextOf(final Consumer consumer) {
        try {
            return consumer.next();
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldPartTheMessagesOfSeveralConsumersAndSettleThemMeanwhile() throws Exception {
        try (FakeServer server = new FakeServer((s, id, line) -> {
            if (line.contains("\"consume\"")) {
                s.accept(id, ",\"consumer\":" + id);
            } else {
                s.send(push(2, "two") + push(1, "one") + push(3, "nobody's"));
                s.accept(id, ",\"acked\":1");
            }
        }); GmqClient client = server.connect()) {
            final Consumer one = client.consume("first", ConsumeOptions.credit(1)).join();
            final Consumer two = client.consume("second", ConsumeOptions.credit(1)).join();
            assertThat(client.ack(Leases.of("first", 5)).join().count()).isEqualTo(1);
            assertThat(texts(one.next())).containsExactly("one");
            final List<Message> second = two.next();
            assertThat(texts(second)).containsExactly("two");
            assertThat(second.get(0).queue()).isEqualTo("second");
        }
    }

    @Test
    void shouldEndWithItsQueueAfterGivingWhatCameBefore() throws Exception {
        try (FakeServer server = new FakeServer((s, id, line) -> {
            s.accept(id, ",\"consumer\":1");
            s.send(push(1, "last") + "{\"consumer\":1,\"ended\":\"deleted\"}\n");
        }); GmqClient client = server.connect()) {
            final Consumer consumer = client.consume("q", ConsumeOptions.credit(1)).join();
            assertThat(texts(consumer.next())).containsExactly("last");
            assertThat(consumer.next()).isEmpty();
            assertThat(consumer.ended()).contains("deleted");
            assertThat(consumer.next()).isEmpty();
        }
    }

    @Test
    void shouldGiveCreditAndCancel() throws Exception {
        try (FakeServer server = new FakeServer((s, id, line) -> {
            if (line.contains("cancel")) {
                s.send(push(4, "before"));
            }
            s.accept(id, line.contains("\"consume\"") ? ",\"consumer\":4" : "");
            if (line.contains("cancel")) {
                s.send(push(4, "after"));
            }
        }); GmqClient client = server.connect()) {
            final Consumer consumer = client.consume("q", ConsumeOptions.credit(1).lease(Duration.ZERO)).join();
            consumer.credit(5).join();
            consumer.cancel().join();
            client.ping().join();
            assertThat(texts(consumer.next())).containsExactly("before");
            assertThat(consumer.next()).isEmpty();
            assertThat(consumer.ended()).contains("cancelled");
            assertThat(server.lines().subList(1, 3)).containsExactly(
                "{\"id\":2,\"operation\":\"credit\",\"consumer\":4,\"credit\":5}",
                "{\"id\":3,\"operation\":\"cancel\",\"consumer\":4}");
            assertThatThrownBy(() -> consumer.credit(0)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> ConsumeOptions.credit(100_001)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void shouldForgetTheOldestBeyondItsCreditSinceTheirLeasesHaveEnded() throws Exception {
        try (FakeServer server = new FakeServer((s, id, line) -> {
            s.accept(id, line.contains("\"consume\"") ? ",\"consumer\":1" : "");
            if (line.contains("\"consume\"")) {
                s.send(push(1, "a", "b") + push(1, "c") + push(1, "a again", "b again"));
            }
        }); GmqClient client = server.connect()) {
            final Consumer consumer = client.consume("q", ConsumeOptions.credit(3)).join();
            client.ping().join();
            assertThat(texts(consumer.next())).containsExactly("c");
            assertThat(texts(consumer.next())).containsExactly("a again", "b again");
            assertThat(consumer.poll(Duration.ZERO)).isEmpty();
        }
        try (FakeServer server = new FakeServer((s, id, line) -> {
            if (line.contains("\"credit\":2")) {
                s.send(push(1, "c", "d"));
            }
            s.accept(id, line.contains("\"consume\"") ? ",\"consumer\":1" : "");
            if (line.contains("\"consume\"")) {
                s.send(push(1, "a", "b"));
            }
        }); GmqClient client = server.connect()) {
            final Consumer consumer = client.consume("q", ConsumeOptions.credit(1)).join();
            consumer.credit(2).join();
            assertThat(texts(consumer.next())).containsExactly("b");
            assertThat(texts(consumer.next())).containsExactly("c", "d");
        }
    }

    @Test
    void shouldRefuseToWaitInACallback() throws Exception {
        final CountDownLatch attached = new CountDownLatch(1);
        try (FakeServer server = new FakeServer((s, id, line) -> {
            if (line.contains("ping")) {
                awaitQuietly(attached);
            }
            s.accept(id, ",\"consumer\":1");
        }); GmqClient client = server.connect()) {
            final CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            final Consumer consumer = client.consume("q", ConsumeOptions.credit(1)).join();
            client.ping().thenRun(() -> {
                try {
                    consumer.next();
                } catch (final InterruptedException | RuntimeException e) {
                    thrown.complete(e);
                }
            });
            attached.countDown();
            assertThat(thrown.join()).isInstanceOf(IllegalStateException.class).hasMessageContaining("callback");
        }
    }

    private static void awaitQuietly(final CountDownLatch latch) {
        try {
            latch.await();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shouldFailWithTheConnectionAfterGivingWhatCameBefore() throws Exception {
        try (FakeServer server = new FakeServer((s, id, line) -> {
            s.accept(id, ",\"consumer\":1");
            s.send(push(1, "last"));
            s.hangUp();
        }); GmqClient client = server.connect()) {
            final Consumer consumer = client.consume("q", ConsumeOptions.credit(1)).join();
            assertThat(texts(consumer.next())).containsExactly("last");
            assertThatThrownBy(consumer::next).isInstanceOf(GmqConnectionException.class).hasMessageContaining("ended");
            assertThatThrownBy(consumer::next).isInstanceOf(GmqConnectionException.class);
        }
    }

    @Test
    void shouldEndOnAPushThatIsNotTheProtocol() throws IOException {
        for (final String nonsense : List.of("{\"consumer\":1,\"messages\":{}}\n", "{\"consumer\":\"x\"}\n", "{\"consumer\":1,\"ended\":5}\n")) {
            try (FakeServer server = new FakeServer((s, id, line) -> {
                s.accept(id, ",\"consumer\":1");
                s.send(nonsense);
            }); GmqClient client = server.connect()) {
                final Consumer consumer = client.consume("q", ConsumeOptions.credit(1)).join();
                assertThatThrownBy(consumer::next).as(nonsense).isInstanceOf(GmqConnectionException.class);
            }
        }
    }
}
