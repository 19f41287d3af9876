package io.gmq.broker.cli;

import static io.gmq.broker.cli.CommandRun.lines;
import static io.gmq.broker.cli.FakeBroker.no;
import static io.gmq.broker.cli.FakeBroker.yes;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

@Timeout(60)
class ClientCommandsTest {
    private static final String NONE = yes("\"messages\":[]");

    @Test
    void shouldPublishItsArgumentAndPrintTheId() throws IOException {
        try (FakeBroker broker = new FakeBroker(request -> yes("\"message\":1041"))) {
            final CommandRun run = CommandRun.of("publish", "-q", "orders", "--port", broker.port(), "hello");
            assertThat(run).isEqualTo(new CommandRun(0, lines("1041"), ""));
            assertThat(broker.requests()).containsExactly("{\"id\":1,\"operation\":\"publish\",\"queue\":\"orders\",\"text\":\"hello\"}");
            assertThat(CommandRun.of("publish", "-q", "ordérs", "--json", "--port", broker.port(), "--priority", "9", "--delay", "2m",
                "--header", "a=b=c", "--durability", "written", "x").out()).isEqualTo(lines("{\"queue\":\"ordérs\",\"message\":1041}"));
            assertThat(broker.requests().get(1)).endsWith("\"text\":\"x\",\"priority\":9,\"delay_ms\":120000,"
                + "\"headers\":{\"a\":\"b=c\"},\"durability\":\"written\"}");
        }
    }

    @Test
    void shouldPublishEachLineOfItsInput() throws IOException {
        final AtomicInteger ids = new AtomicInteger(100);
        try (FakeBroker broker = new FakeBroker(request -> yes("\"message\":" + ids.incrementAndGet()))) {
            assertThat(CommandRun.of(CommandRun.piped("a\n\nb\r\nlast"), "publish", "-q", "q", "--port", broker.port()))
                .isEqualTo(new CommandRun(0, lines("published 4 messages to 'q'"), ""));
            assertThat(broker.requests()).extracting(request -> request.replaceAll(".*payload\":|}$", ""))
                .containsExactly("\"YQ==\"", "\"\"", "\"Yg==\"", "\"bGFzdA==\"");
            assertThat(CommandRun.of(CommandRun.piped("a\n"), "publish", "-q", "q", "--port", broker.port(), "--json", "-").out())
                .isEqualTo(lines("{\"queue\":\"q\",\"published\":1,\"first\":105,\"last\":105}"));
            assertThat(CommandRun.of(CommandRun.piped(""), "publish", "-q", "q", "--port", broker.port(), "--json", "-").out())
                .isEqualTo(lines("{\"queue\":\"q\",\"published\":0}"));
        }
    }

    @Test
    void shouldPublishManyLines() throws IOException {
        final int count = 50_000;
        try (FakeBroker broker = new FakeBroker(request -> yes("\"message\":1"))) {
            final CommandRun run = CommandRun.of(CommandRun.piped("x\n".repeat(count)), "publish", "-q", "q", "--port", broker.port());
            assertThat(run.out()).isEqualTo(lines("published 50000 messages to 'q'"));
            assertThat(broker.requests()).hasSize(count);
        }
    }

    @Test
    void shouldSayWhichLineWasRefused() throws IOException {
        final AtomicInteger ids = new AtomicInteger();
        try (FakeBroker broker = new FakeBroker(request ->
            ids.incrementAndGet() == 3 ? no("queue_full", "queue 'q' holds 2 of 2 messages") : yes("\"message\":" + ids))) {
            final CommandRun run = CommandRun.of(CommandRun.piped("1\n2\n3\n"), "publish", "-q", "q", "--port", broker.port());
            assertThat(run).isEqualTo(new CommandRun(1, "",
                lines("gmq: line 3: queue 'q' holds 2 of 2 messages (queue_full); 2 published before it")));
        }
    }

    @Test
    void shouldNotWaitForATypistWhoGaveNothingToPublish() {
        final CommandRun run = CommandRun.of(CommandRun.terminal(), "publish", "-q", "q");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains("nothing to publish");
    }

    @Test
    void shouldTakePrintAndAcknowledge() throws IOException {
        try (FakeBroker broker = new FakeBroker(request -> request.contains("\"ack\"") ? yes("\"acked\":2")
            : yes("\"messages\":[{\"message\":7,\"text\":\"hello\"},{\"message\":8,\"payload\":\"AP8=\"}]"))) {
            final CommandRun run = CommandRun.of("take", "-q", "q", "--max", "2", "--lease", "1m", "--port", broker.port());
            assertThat(run).isEqualTo(new CommandRun(0, "hello\n\0\\xff\n", ""));
            assertThat(broker.requests()).containsExactly(
                "{\"id\":1,\"operation\":\"take\",\"queue\":\"q\",\"max\":2,\"lease_ms\":60000,\"as\":\"text\"}",
                "{\"id\":2,\"operation\":\"ack\",\"queue\":\"q\",\"messages\":[7,8]}");
        }
    }

    @Test
    void shouldPrintMessagesForAProgram() throws IOException {
        try (FakeBroker broker = new FakeBroker(request -> request.contains("\"ack\"") ? yes("\"acked\":2")
            : yes("\"messages\":[{\"message\":7,\"text\":\"h\\n\\u001bé\",\"attempt\":2,\"priority\":9,"
                + "\"published_ms\":5,\"headers\":{\"a\":\"b\"}},{\"message\":8,\"payload\":\"AP8=\"}]"))) {
            final CommandRun run = CommandRun.of("take", "-q", "q", "--max", "2", "--json", "--port", broker.port());
            assertThat(run.out()).isEqualTo(
                "{\"queue\":\"q\",\"message\":7,\"attempt\":2,\"priority\":9,\"published_ms\":5,"
                + "\"headers\":{\"a\":\"b\"},\"text\":\"h\\u000a\\u001bé\"}\n"
                + "{\"queue\":\"q\",\"message\":8,\"attempt\":1,\"priority\":4,\"headers\":{},\"payload\":\"AP8=\"}\n");
            assertThat(broker.requests().get(0)).contains("\"details\":true");
        }
    }

    @Test
    void shouldTakeInSeveralStepsUntilThereIsNoMore() throws IOException {
        final AtomicInteger takes = new AtomicInteger();
        try (FakeBroker broker = new FakeBroker(request -> request.contains("\"ack\"") ? yes("\"acked\":1")
            : takes.incrementAndGet() > 2 ? NONE : yes("\"messages\":[{\"message\":" + takes + ",\"text\":\"m" + takes + "\"}]"))) {
            final CommandRun run = CommandRun.of("take", "-q", "q", "--max", "3000", "--port", broker.port());
            assertThat(run).isEqualTo(new CommandRun(0, "m1\nm2\n", ""));
            assertThat(broker.requests().get(2)).contains("\"max\":1000");
        }
    }

    @Test
    void shouldPlayNoTricksOnATerminal() throws IOException {
        try (FakeBroker broker = new FakeBroker(request -> request.contains("\"ack\"") ? yes("\"acked\":1")
            : yes("\"messages\":[{\"message\":7,\"text\":\"a\\u001b[2Jb\\nc\\u009b\\u202edé\\ud83d\\ude00\\udb40\\udc41\"}]"))) {
            final CommandRun run = CommandRun.of(CommandRun.terminal(), "take", "-q", "q", "--port", broker.port());
            assertThat(run.out()).isEqualTo("a\\u001b[2Jb\\nc\\u009b\\u202edé\uD83D\uDE00\\U000e0041\n");
        }
    }

    @Test
    void shouldNotAcknowledgeWhatIsToStayOrCouldNotBePrinted() throws IOException {
        try (FakeBroker broker = new FakeBroker(request -> yes("\"messages\":[{\"message\":7,\"text\":\"x\"}]"))) {
            assertThat(CommandRun.of("take", "-q", "q", "--no-ack", "--port", broker.port()).out()).isEqualTo("x\n");
            assertThat(CommandRun.of("take", "-q", "q", "--no-ack", "--lease", "9s", "--port", broker.port()).out()).isEqualTo("x\n");
            final StringWriter errors = new StringWriter();
            final CommandLine full = Gmq.commandLine(CommandRun.piped(""));
            full.setOut(new PrintWriter(new FullWriter()));
            full.setErr(new PrintWriter(errors));
            assertThat(full.execute("take", "-q", "q", "--port", broker.port())).isEqualTo(1);
            assertThat(errors.toString()).startsWith("gmq: cannot write to standard output");
            assertThat(broker.requests()).hasSize(3).noneMatch(request -> request.contains("\"ack\""));
            assertThat(broker.requests().get(1)).contains("\"lease_ms\":9000,\"keep\":true");
        }
    }

    /** As if the disk were full, or the reader of a pipe gone. */
    private static final class FullWriter extends FilterWriter {
        FullWriter() {
            super(Writer.nullWriter());
        }

        @Override
        public void flush() throws IOException {
            throw new IOException("no space left");
        }
    }

    @Test
    void shouldTellNothingThereFromNothingCame() throws IOException {
        try (FakeBroker broker = new FakeBroker(request -> NONE)) {
            assertThat(CommandRun.of("take", "-q", "q", "--port", broker.port())).isEqualTo(new CommandRun(0, "", ""));
            assertThat(CommandRun.of("take", "-q", "q", "--wait", "50ms", "--port", broker.port()))
                .isEqualTo(new CommandRun(3, "", lines("gmq: no message in 'q' within 50ms")));
            assertThat(broker.requests().get(1)).contains("\"wait_ms\":50");
        }
    }

    @Test
    void shouldSayWhenALeaseEndedBeforeTheAcknowledgement() throws IOException {
        try (FakeBroker broker = new FakeBroker(request -> request.contains("\"ack\"") ? yes("\"acked\":0,\"missing\":[7]")
            : yes("\"messages\":[{\"message\":7,\"text\":\"x\"}]"))) {
            final CommandRun run = CommandRun.of("take", "-q", "q", "--port", broker.port());
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.errors()).contains("will come again");
        }
    }

    @Test
    void shouldSayWhatTheBrokerRefusedOrThatItWent() throws IOException {
        try (FakeBroker broker = new FakeBroker(request -> no("no_such_queue", "there is no queue 'q\\u001b'"))) {
            assertThat(CommandRun.of("take", "-q", "q", "--port", broker.port()))
                .isEqualTo(new CommandRun(1, "", lines("gmq: there is no queue 'q\\u001b' (no_such_queue)")));
        }
        try (FakeBroker broker = new FakeBroker(request -> null)) {
            final CommandRun run = CommandRun.of("publish", "-q", "q", "--port", broker.port(), "x");
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.errors()).contains("unknown outcome").hasLineCount(1);
        }
    }

    @Test
    void shouldListQueuesOverSeveralPages() throws IOException {
        try (FakeBroker broker = new FakeBroker(request -> request.contains("\"after\":\"b\"")
            ? yes("\"queues\":[{\"queue\":\"céé\",\"ready\":0,\"delayed\":0,\"leased\":0,\"parked\":0,\"length\":0}]")
            : yes("\"queues\":[{\"queue\":\"a\",\"ready\":1,\"delayed\":2,\"leased\":3,\"parked\":4,\"length\":10},"
                + "{\"queue\":\"b\",\"ready\":5,\"length\":5}],\"more\":true"))) {
            assertThat(CommandRun.of("queues", "--port", broker.port())).isEqualTo(new CommandRun(0, lines(
                "queue       ready     delayed      leased      parked      length",
                "a               1           2           3           4          10",
                "b               5           0           0           0           5",
                "céé             0           0           0           0           0"), ""));
            assertThat(CommandRun.of("queues", "--prefix", "x", "--json", "--port", broker.port()).out()).startsWith(
                "{\"queue\":\"a\",\"ready\":1,\"delayed\":2,\"leased\":3,\"parked\":4,\"length\":10,\"bytes\":0,");
            assertThat(broker.requests().get(2)).contains("\"prefix\":\"x\"");
        }
    }

    @Test
    void shouldUseColourOnATerminalOnly() throws IOException {
        try (FakeBroker broker = new FakeBroker(request -> yes("\"queues\":[{\"queue\":\"a\",\"ready\":1,\"length\":1}]"))) {
            assertThat(CommandRun.of(CommandRun.terminal(), "queues", "--port", broker.port()).out()).startsWith("\u001b[1mqueue");
            assertThat(CommandRun.of("queues", "--port", broker.port()).out()).startsWith("queue");
        }
    }
}
