package io.gmq.broker.cli;

import static io.gmq.broker.cli.CommandRun.lines;
import static io.gmq.broker.cli.FakeBroker.no;
import static io.gmq.broker.cli.FakeBroker.pushing;
import static io.gmq.broker.cli.FakeBroker.yes;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConsumeCommandTest {
    private static final String TWO = "{\"consumer\":3,\"queue\":\"q\",\"messages\":[{\"message\":7,\"text\":\"a\"},{\"message\":8,\"payload\":\"AP8=\"}]}";
    private static final String ONE = "{\"consumer\":3,\"queue\":\"q\",\"messages\":[{\"message\":9,\"text\":\"b\",\"attempt\":2,\"priority\":1,"
        + "\"published_ms\":1700000000000,\"headers\":{\"k\":\"v\\n\"}}]}";
    private static final String DELETED = "{\"consumer\":3,\"ended\":\"deleted\"}";

    private static String answer(final String request) {
        return request.contains("\"ack\"") ? yes("\"acked\":1") : pushing(yes("\"consumer\":3"), TWO, ONE, DELETED);
    }

    @Test
    void shouldPrintAndAcknowledgeUntilTheQueueIsDeleted() throws IOException {
        try (FakeBroker broker = new FakeBroker(ConsumeCommandTest::answer)) {
            final CommandRun run = CommandRun.of("consume", "-q", "q", "--credit", "5", "--lease", "9s", "--port", broker.port());
            assertThat(run).isEqualTo(new CommandRun(0, "a\n\0\\xff\nb\n", lines("gmq: queue 'q' was deleted")));
            assertThat(broker.requests()).containsExactly(
                "{\"id\":1,\"operation\":\"consume\",\"queue\":\"q\",\"credit\":5,\"lease_ms\":9000,\"as\":\"text\"}",
                "{\"id\":2,\"operation\":\"ack\",\"queue\":\"q\",\"messages\":[7,8]}",
                "{\"id\":3,\"operation\":\"ack\",\"queue\":\"q\",\"messages\":[9]}");
        }
    }

    @Test
    void shouldPrintForProgramsAndWithDetails() throws IOException {
        try (FakeBroker broker = new FakeBroker(ConsumeCommandTest::answer)) {
            assertThat(CommandRun.of("consume", "-q", "q", "--json", "--port", broker.port()).out()).endsWith(
                "{\"queue\":\"q\",\"message\":9,\"attempt\":2,\"priority\":1,\"published_ms\":1700000000000,"
                + "\"headers\":{\"k\":\"v\\u000a\"},\"text\":\"b\"}\n");
            assertThat(CommandRun.of("consume", "-q", "q", "--details", "--port", broker.port()).out()).endsWith(
                "9  attempt 2  priority 1  2023-11-14T22:13:20Z  k=v\\n  b\n");
            assertThat(broker.requests().get(0)).contains("\"credit\":1000").contains("\"details\":true");
        }
    }

    @Test
    void shouldLeaveMessagesInTheQueueWhenTold() throws IOException {
        try (FakeBroker broker = new FakeBroker(ConsumeCommandTest::answer)) {
            assertThat(CommandRun.of("consume", "-q", "q", "--no-ack", "--port", broker.port()).out()).isEqualTo("a\n\0\\xff\nb\n");
            assertThat(broker.requests()).hasSize(1);
        }
    }

    @Test
    void shouldSettleWhatItHasPrintedWhenInterrupted() throws Exception {
        final CountDownLatch acknowledged = new CountDownLatch(1);
        try (FakeBroker broker = new FakeBroker(request -> {
            if (request.contains("\"ack\"")) {
                acknowledged.countDown();
                return yes("\"acked\":2");
            }
            return pushing(yes("\"consumer\":3"), TWO);
        })) {
            final CompletableFuture<CommandRun> run = new CompletableFuture<>();
            final Thread command = new Thread(() -> run.complete(CommandRun.of("consume", "-q", "q", "--port", broker.port())));
            command.start();
            acknowledged.await();
            command.interrupt();
            assertThat(run.join()).isEqualTo(new CommandRun(0, "a\n\0\\xff\n", ""));
        }
    }

    @Test
    void shouldSayThatALeaseEndedAndGoOn() throws IOException {
        try (FakeBroker broker = new FakeBroker(request -> request.contains("[7,8]") ? yes("\"acked\":1,\"missing\":[8]") : answer(request))) {
            final CommandRun run = CommandRun.of("consume", "-q", "q", "--port", broker.port());
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).endsWith("b\n");
            assertThat(run.errors()).contains("gmq: 1 message of those printed leased no longer").contains("the first is 8");
        }
    }

    @Test
    void shouldFailWhenTheBrokerRefusesOrGoes() throws IOException {
        try (FakeBroker broker = new FakeBroker(request -> no("too_many_queues", "there are 1 of 1 queues"))) {
            assertThat(CommandRun.of("consume", "-q", "q", "--port", broker.port()))
                .isEqualTo(new CommandRun(1, "", lines("gmq: there are 1 of 1 queues (too_many_queues)")));
        }
        try (FakeBroker broker = new FakeBroker(request -> request.contains("\"ack\"") ? null : pushing(yes("\"consumer\":3"), TWO))) {
            final CommandRun run = CommandRun.of("consume", "-q", "q", "--port", broker.port());
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.errors()).hasLineCount(1).contains("the connection to");
        }
    }

    @Test
    void shouldRefuseWhatCannotBe() {
        for (final String[] options : new String[][] {{"--credit", "0"}, {"--credit", "100001"}, {"--lease", "0"}}) {
            final CommandRun run = CommandRun.of("consume", "-q", "q", options[0], options[1]);
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.errors()).contains(options[0] + " is " + options[1]);
        }
    }
}
