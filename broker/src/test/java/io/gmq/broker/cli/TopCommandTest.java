package io.gmq.broker.cli;

import static io.gmq.broker.cli.FakeBroker.yes;
import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.client.QueueInfo;
import io.gmq.client.QueueLength;
import io.gmq.client.QueueTotals;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TopCommandTest {
    private static QueueInfo queue(final String name, final long ready, final long published, final long acked) {
        return new QueueInfo(name, new QueueLength(ready + 1, ready, 0, 1, 0), 0, 0, OptionalLong.of(90_000),
            new QueueTotals(published, acked, acked, 0, 0, 0));
    }

    @Test
    void shouldShowRatesOfTheBusiestFirst() {
        final List<QueueInfo> before = List.of(queue("idle", 50, 7, 7), queue("busy", 1, 1000, 900), queue("again", 1, 500, 500));
        final List<QueueInfo> after = List.of(queue("again", 2, 4, 1), queue("busy", 3, 1300, 903), queue("idle", 50, 7, 7), queue("new", 1, 10, 0));
        assertThat(new TopSample(after, before, 2).text(3, false, false)).containsExactly(
            "4 queues, 60 messages, a second: 157 published, 2.0 delivered, 2.0 acked",
            "",
            "queue  published/s  delivered/s  acked/s    ready   leased  delayed   parked   oldest",
            "busy           150          1.5      1.5        3        1        0        0      90s",
            "new            5.0            0        0        1        1        0        0      90s",
            "again          2.0          0.5      0.5        2        1        0        0      90s",
            "and 1 more; --max shows more of them");
    }

    @Test
    void shouldShowNoRatesBeforeItHasLookedTwice() {
        assertThat(new TopSample(List.of(queue("q", 1, 5, 5)), null, 0).text(9, false, false)).containsExactly(
            "1 queue, 2 messages",
            "",
            "queue  published/s  delivered/s  acked/s    ready   leased  delayed   parked   oldest",
            "q                -            -        -        1        1        0        0      90s");
    }

    @Test
    void shouldGiveProgramsOneObjectForEachRefresh() {
        assertThat(new TopSample(List.of(queue("q", 1, 6, 5)), List.of(queue("q", 1, 5, 5)), 0.5).json(1234)).hasToString(
            "{\"time_ms\":1234,\"interval_ms\":500,\"queues\":[{\"queue\":\"q\",\"ready\":1,\"delayed\":0,\"leased\":1,\"parked\":0,\"length\":2,"
            + "\"bytes\":0,\"consumers\":0,\"published\":6,\"delivered\":5,\"acked\":5,\"expired\":0,\"dead_lettered\":0,\"dropped\":0,"
            + "\"oldest_ready_ms\":90000,\"published_per_s\":2.0,\"delivered_per_s\":0.0,\"acked_per_s\":0.0}]}");
    }

    @Test
    void shouldLookTwiceAndPrintOnce() throws IOException {
        try (FakeBroker broker = new FakeBroker(request -> yes("\"queues\":[{\"queue\":\"a\",\"ready\":1,\"length\":1}]"))) {
            final CommandRun run = CommandRun.of("top", "--once", "--interval", "1ms", "--prefix", "a", "--port", broker.port());
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).startsWith("1 queue, 1 message, a second: 0 published").hasLineCount(4);
            assertThat(CommandRun.of("top", "--once", "--interval", "1ms", "--json", "--port", broker.port()).out())
                .matches("\\{\"time_ms\":\\d+,\"interval_ms\":\\d+,\"queues\":\\[\\{\"queue\":\"a\",.*}]}\\R");
            assertThat(broker.requests()).hasSize(4);
            assertThat(broker.requests().get(0)).contains("\"prefix\":\"a\"");
        }
    }

    @Test
    void shouldRefreshInPlaceOnATerminalAndPrintBlocksElsewhere() throws IOException {
        assertThat(untilTheBrokerGoes(CommandRun.terminal())).contains("1 queue, 1 message" + System.lineSeparator(), "\u001b[4A\u001b[J")
            .contains("\u001b[1mqueue");
        assertThat(untilTheBrokerGoes(CommandRun.piped(""))).doesNotContain("\u001b").containsOnlyOnce(System.lineSeparator().repeat(2) + "1 queue");
    }

    private static String untilTheBrokerGoes(final Shell shell) throws IOException {
        final AtomicInteger looks = new AtomicInteger();
        try (FakeBroker broker = new FakeBroker(request ->
            looks.incrementAndGet() > 3 ? null : yes("\"queues\":[{\"queue\":\"a\",\"ready\":1,\"length\":1}]"))) {
            final CommandRun run = CommandRun.of(shell, "top", "--interval", "1ms", "--port", broker.port());
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.errors()).hasLineCount(1);
            return run.out();
        }
    }
}
