package io.gmq.broker.cli;

import static io.gmq.broker.cli.CommandRun.lines;
import static io.gmq.broker.cli.FakeBroker.yes;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes beyond text in a queue, which {@link ClientCommandsTest} has. */
@Timeout(60)
class PublishCommandTest {
    @Test
    void shouldSendTheTimeToLiveOnlyWhereItIsGiven() throws IOException {
        try (FakeBroker broker = new FakeBroker(request -> yes("\"message\":1"))) {
            CommandRun.of("publish", "-q", "q", "--ttl", "1m", "--port", broker.port(), "x");
            CommandRun.of("publish", "-q", "q", "--ttl", "0", "--port", broker.port(), "x");
            assertThat(broker.requests().get(0)).endsWith("\"text\":\"x\",\"ttl_ms\":60000}");
            assertThat(broker.requests().get(1)).endsWith("\"text\":\"x\",\"ttl_ms\":0}");
        }
    }

    @Test
    void shouldPublishToATopic() throws IOException {
        try (FakeBroker broker = new FakeBroker(request ->
            yes(request.contains("nobody") ? "\"count\":0" : "\"count\":3,\"first\":41"))) {
            assertThat(CommandRun.of("publish", "--topic", "a.b", "--port", broker.port(), "x")).isEqualTo(new CommandRun(0, lines("41"), ""));
            assertThat(broker.requests().get(0)).isEqualTo("{\"id\":1,\"operation\":\"publish\",\"topic\":\"a.b\",\"text\":\"x\"}");
            assertThat(CommandRun.of("publish", "-t", "a.b", "--json", "--port", broker.port(), "x").out())
                .isEqualTo(lines("{\"topic\":\"a.b\",\"count\":3,\"first\":41}"));
            assertThat(CommandRun.of("publish", "-t", "nobody", "--port", broker.port(), "x"))
                .isEqualTo(new CommandRun(0, "", lines("gmq: no queue is bound to 'nobody'; nothing was stored")));
            assertThat(CommandRun.of("publish", "-t", "nobody", "--json", "--port", broker.port(), "x").out())
                .isEqualTo(lines("{\"topic\":\"nobody\",\"count\":0}"));
            assertThat(CommandRun.of(CommandRun.piped("x\ny\n"), "publish", "-t", "a.b", "--port", broker.port()).out())
                .isEqualTo(lines("published 2 messages to 'a.b', 6 copies in queues"));
            assertThat(CommandRun.of(CommandRun.piped("x\ny\n"), "publish", "-t", "a.b", "--json", "--port", broker.port()).out())
                .isEqualTo(lines("{\"topic\":\"a.b\",\"published\":2,\"copies\":6,\"first\":41,\"last\":43}"));
        }
    }

    @Test
    void shouldPublishToOneOfQueueAndTopic() {
        for (final String[] arguments : List.of(new String[] {"publish", "x"}, new String[] {"publish", "-q", "q", "-t", "t", "x"})) {
            final CommandRun run = CommandRun.of(arguments);
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.errors()).hasLineCount(1).contains("-q", "-t").doesNotContain("rror: ");
        }
    }

    @Test
    void shouldPublishOnceOnly() throws IOException {
        try (FakeBroker broker = new FakeBroker(request -> yes(request.contains("\"sequence\":5") ? "\"duplicate\":true"
            : request.contains("\"sequence\":6") ? "\"message\":77,\"duplicate\":true" : "\"message\":78"))) {
            final String[] once = {"publish", "-q", "q", "--producer", "p", "--port", broker.port(), "--sequence"};
            final CommandRun forgotten = run(once, "5", "x");
            assertThat(forgotten.exitCode()).isZero();
            assertThat(forgotten.out()).isEmpty();
            assertThat(forgotten.errors()).contains("sequence 5").contains("nothing was stored");
            assertThat(run(once, "6", "x").out()).isEqualTo(lines("77"));
            assertThat(run(once, "7", "x")).isEqualTo(new CommandRun(0, lines("78"), ""));
            assertThat(run(once, "6", "x", "--json").out()).isEqualTo(lines("{\"queue\":\"q\",\"message\":77,\"duplicate\":true}"));
            assertThat(broker.requests().get(2)).endsWith("\"text\":\"x\",\"producer\":\"p\",\"sequence\":7}");
        }
    }

    private static CommandRun run(final String[] first, final String... then) {
        final String[] all = java.util.Arrays.copyOf(first, first.length + then.length);
        System.arraycopy(then, 0, all, first.length, then.length);
        return CommandRun.of(all);
    }

    @Test
    void shouldCountTheSequenceWithTheLines() throws IOException {
        final AtomicInteger ids = new AtomicInteger(10);
        try (FakeBroker broker = new FakeBroker(request ->
            yes(request.contains("\"sequence\":5") ? "\"duplicate\":true" : "\"message\":" + ids.incrementAndGet()))) {
            final CommandRun run = CommandRun.of(CommandRun.piped("a\nb\nc\n"), "publish", "-q", "q", "--producer", "p", "--sequence", "5",
                "--json", "--port", broker.port());
            assertThat(run.out()).isEqualTo(lines("{\"queue\":\"q\",\"published\":2,\"duplicates\":1,\"first\":11,\"last\":12}"));
            assertThat(broker.requests()).extracting(request -> request.replaceAll(".*sequence\":|}$", "")).containsExactly("5", "6", "7");
            assertThat(CommandRun.of(CommandRun.piped("a\n"), "publish", "-q", "q", "--producer", "p", "--sequence", "5",
                "--port", broker.port()).out()).isEqualTo(lines("published 0 messages to 'q', 1 had been before"));
        }
    }

    @Test
    void shouldWantProducerAndSequenceTogether() {
        for (final String option : List.of("--producer", "--sequence")) {
            final CommandRun run = CommandRun.of("publish", "-q", "q", option, "1", "x");
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.errors()).contains("--producer and --sequence go together");
        }
    }

    @Test
    void shouldPublishTheBytesThatBase64StandsFor() throws IOException {
        try (FakeBroker broker = new FakeBroker(request -> yes("\"message\":1"))) {
            CommandRun.of("publish", "-q", "q", "--base64", "--port", broker.port(), "AP8=");
            CommandRun.of(CommandRun.piped("AP8=\naGk=\n"), "publish", "-q", "q", "--base64", "--port", broker.port());
            assertThat(broker.requests()).extracting(request -> request.replaceAll(".*payload\":|}$", ""))
                .containsExactly("\"AP8=\"", "\"AP8=\"", "\"aGk=\"");
            final CommandRun text = CommandRun.of("publish", "-q", "q", "--base64", "--port", broker.port(), "a%");
            assertThat(text.exitCode()).isEqualTo(2);
            assertThat(text.errors()).contains("TEXT is not base64");
            final CommandRun line = CommandRun.of(CommandRun.piped("aGk=\na%\n"), "publish", "-q", "q", "--base64", "--port", broker.port());
            assertThat(line.exitCode()).isEqualTo(1);
            assertThat(line.errors()).startsWith("gmq: line 2 is not base64").contains("; 1 published before it");
        }
    }
}
