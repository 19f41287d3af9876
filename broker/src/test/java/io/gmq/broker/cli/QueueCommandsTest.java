package io.gmq.broker.cli;

import static io.gmq.broker.cli.CommandRun.lines;
import static io.gmq.broker.cli.FakeBroker.no;
import static io.gmq.broker.cli.FakeBroker.yes;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The commands that settle by id, look at, clear and set up queues. */
@Timeout(60)
class QueueCommandsTest {
    @Test
    void shouldSettleByIds() throws IOException {
        try (FakeBroker broker = new FakeBroker(request -> yes(request.contains("\"ack\"") ? "\"acked\":2"
            : request.contains("\"nack\"") ? "\"nacked\":1" : request.contains("\"park\"") ? "\"parked\":1" : "\"extended\":1"))) {
            assertThat(CommandRun.of("ack", "-q", "q", "--port", broker.port(), "7", "8"))
                .isEqualTo(new CommandRun(0, lines("acked 2 messages of 'q'"), ""));
            assertThat(CommandRun.of("nack", "-q", "q", "--delay", "2s", "--priority", "9", "--json", "--port", broker.port(), "7").out())
                .isEqualTo(lines("{\"queue\":\"q\",\"nacked\":1}"));
            assertThat(CommandRun.of("park", "-q", "q", "--reason", "no route", "--attempt", "3", "--port", broker.port(), "7").out())
                .isEqualTo(lines("parked 1 message of 'q'"));
            assertThat(CommandRun.of("extend", "-q", "q", "--lease", "1m", "--port", broker.port(), "7").out())
                .isEqualTo(lines("extended 1 message of 'q'"));
            assertThat(broker.requests()).containsExactly(
                "{\"id\":1,\"operation\":\"ack\",\"queue\":\"q\",\"messages\":[7,8]}",
                "{\"id\":1,\"operation\":\"nack\",\"queue\":\"q\",\"messages\":[7],\"delay_ms\":2000,\"priority\":9}",
                "{\"id\":1,\"operation\":\"park\",\"queue\":\"q\",\"message\":7,\"attempt\":3,\"reason\":\"no route\"}",
                "{\"id\":1,\"operation\":\"extend\",\"queue\":\"q\",\"messages\":[7],\"lease_ms\":60000}");
        }
    }

    @Test
    void shouldSettleMoreThanOneRequestCanName() throws IOException {
        final List<String> arguments = new ArrayList<>(List.of("ack", "-q", "q", "--json"));
        LongStream.rangeClosed(1, 1500).mapToObj(Long::toString).forEach(arguments::add);
        try (FakeBroker broker = new FakeBroker(request -> yes(request.contains("[1,2,") ? "\"acked\":1000" : "\"acked\":499,\"missing\":[1500]"))) {
            arguments.addAll(List.of("--port", broker.port()));
            assertThat(CommandRun.of(arguments.toArray(String[]::new))).isEqualTo(new CommandRun(1,
                lines("{\"queue\":\"q\",\"acked\":1499,\"missing\":[1500]}"),
                lines("gmq: 1 message of 'q' not leased, the first is 1500")));
            assertThat(broker.requests()).hasSize(2);
        }
    }

    @Test
    void shouldSayThatAMessageIsNotLeased() throws IOException {
        try (FakeBroker broker = new FakeBroker(request -> yes("\"acked\":0,\"missing\":[7]"))) {
            assertThat(CommandRun.of("ack", "-q", "q", "--json", "--port", broker.port(), "7")).isEqualTo(new CommandRun(1,
                lines("{\"queue\":\"q\",\"acked\":0,\"missing\":[7]}"), lines("gmq: 1 message of 'q' not leased, the first is 7")));
        }
        try (FakeBroker broker = new FakeBroker(request -> no("not_leased", "message 7 is not leased"))) {
            assertThat(CommandRun.of("ack", "-q", "q", "--attempt", "2", "--port", broker.port(), "7"))
                .isEqualTo(new CommandRun(1, "", lines("gmq: message 7 is not leased (not_leased)")));
        }
        assertThat(CommandRun.of("ack", "-q", "q", "seven").errors()).contains("'seven' is no number");
        assertThat(CommandRun.of("ack", "-q", "q", "--attempt", "1", "7", "8").errors()).contains("--attempt is for one ID");
    }

    @Test
    void shouldTakeMessagesThatOutliveTheCommand() throws IOException {
        try (FakeBroker broker = new FakeBroker(request -> yes("\"messages\":[{\"message\":7,\"text\":\"x\",\"published_ms\":1700000000000}]"))) {
            assertThat(CommandRun.of("take", "-q", "q", "--keep", "--details", "--port", broker.port()).out())
                .isEqualTo("7  attempt 1  priority 4  2023-11-14T22:13:20Z  x\n");
            assertThat(broker.requests()).containsExactly(
                "{\"id\":1,\"operation\":\"take\",\"queue\":\"q\",\"keep\":true,\"as\":\"text\",\"details\":true}");
        }
    }

    @Test
    void shouldLookAtMessages() throws IOException {
        try (FakeBroker broker = new FakeBroker(request -> request.contains("ready") ? yes("\"messages\":[]")
            : yes("\"messages\":[{\"message\":7,\"text\":\"x\",\"attempt\":3,\"state\":\"parked\",\"reason\":\"why\"}]"))) {
            assertThat(CommandRun.of("peek", "-q", "q", "--port", broker.port())).isEqualTo(new CommandRun(0, "", ""));
            assertThat(CommandRun.of("peek", "-q", "q", "--state", "parked", "--max", "9", "--details", "--port", broker.port()).out())
                .isEqualTo("7  attempt 3  priority 4  parked (why)  x\n");
            assertThat(CommandRun.of("peek", "-q", "q", "--state", "parked", "--json", "--port", broker.port()).out()).isEqualTo(
                "{\"queue\":\"q\",\"message\":7,\"attempt\":3,\"priority\":4,\"state\":\"parked\",\"reason\":\"why\",\"headers\":{},\"text\":\"x\"}\n");
            assertThat(broker.requests().get(1)).isEqualTo(
                "{\"id\":1,\"operation\":\"peek\",\"queue\":\"q\",\"state\":\"parked\",\"max\":9,\"as\":\"text\",\"details\":true}");
        }
        assertThat(CommandRun.of("peek", "-q", "q", "--state", "gone").errors()).contains("'gone' is no state");
        assertThat(CommandRun.of("peek", "-q", "q", "--max", "1001").errors()).contains("--max is 1001, must be 1 to 1000");
    }

    @Test
    void shouldKickUntilNoMoreAreParked() throws IOException {
        final List<Integer> counts = new ArrayList<>(List.of(1, 1000, 1000, 5));
        try (FakeBroker broker = new FakeBroker(request -> yes("\"kicked\":" + counts.remove(0)))) {
            assertThat(CommandRun.of("kick", "-q", "q", "--port", broker.port()).out()).isEqualTo(lines("kicked 1 message of 'q'"));
            assertThat(CommandRun.of("kick", "-q", "q", "--all", "--json", "--port", broker.port()).out())
                .isEqualTo(lines("{\"queue\":\"q\",\"kicked\":2005}"));
            assertThat(broker.requests()).extracting(request -> request.replaceAll(".*max\":|}$", "")).containsExactly("1", "1000", "1000", "1000");
        }
    }

    @Test
    void shouldPurgeWithoutAskingAProgram() throws IOException {
        try (FakeBroker broker = new FakeBroker(request -> yes("\"purged\":12"))) {
            assertThat(CommandRun.of("purge", "-q", "q", "--port", broker.port())).isEqualTo(new CommandRun(0, lines("purged 12 messages of 'q'"), ""));
            assertThat(CommandRun.of("purge", "-q", "q", "--state", "parked", "--json", "--port", broker.port()).out())
                .isEqualTo(lines("{\"queue\":\"q\",\"purged\":12}"));
            assertThat(broker.requests()).containsExactly("{\"id\":1,\"operation\":\"purge\",\"queue\":\"q\"}",
                "{\"id\":1,\"operation\":\"purge\",\"queue\":\"q\",\"state\":\"parked\"}");
        }
    }

    @Test
    void shouldAskWhoeverTypesBeforeItRemoves() throws IOException {
        try (FakeBroker broker = new FakeBroker(request -> yes("\"purged\":1"))) {
            for (final String no : new String[] {"", "n\n", "\n", "maybe\n"}) {
                final CommandRun run = CommandRun.of(CommandRun.terminal(no), "purge", "-q", "q", "--port", broker.port());
                assertThat(run.exitCode()).isEqualTo(1);
                assertThat(run.errors()).startsWith("Remove all messages but leased ones from 'q'? [y/N] ").contains("nothing was removed");
                assertThat(CommandRun.of(CommandRun.terminal(no), "queue", "delete", "-q", "q", "--port", broker.port()).exitCode()).isEqualTo(1);
            }
            assertThat(broker.requests()).isEmpty();
            assertThat(CommandRun.of(CommandRun.terminal("y\n"), "purge", "-q", "q", "--port", broker.port()).exitCode()).isZero();
            assertThat(CommandRun.of(CommandRun.terminal(), "purge", "-q", "q", "--yes", "--port", broker.port()).errors()).isEmpty();
            assertThat(CommandRun.of(CommandRun.terminal("YES\r\n"), "queue", "delete", "-q", "q", "--port", broker.port()).exitCode()).isZero();
            assertThat(broker.requests()).hasSize(3);
        }
    }

    @Test
    void shouldDeleteAQueue() throws IOException {
        try (FakeBroker broker = new FakeBroker(request -> request.contains("if_empty") ? no("not_empty", "queue 'q' holds 3 messages") : yes(""))) {
            assertThat(CommandRun.of("queue", "delete", "-q", "q", "--port", broker.port())).isEqualTo(new CommandRun(0, lines("deleted 'q'"), ""));
            assertThat(CommandRun.of("queue", "delete", "-q", "q", "--json", "--port", broker.port()).out())
                .isEqualTo(lines("{\"queue\":\"q\",\"deleted\":true}"));
            assertThat(CommandRun.of("queue", "delete", "-q", "q", "--if-empty", "--port", broker.port()))
                .isEqualTo(new CommandRun(1, "", lines("gmq: queue 'q' holds 3 messages (not_empty)")));
        }
    }

    @Test
    void shouldBindAndUnbind() throws IOException {
        try (FakeBroker broker = new FakeBroker(request -> yes(""))) {
            assertThat(CommandRun.of("bind", "-q", "q", "--topic", "a.>", "--port", broker.port()).out()).isEqualTo(lines("bound 'q' to 'a.>'"));
            assertThat(CommandRun.of("unbind", "-q", "q", "-t", "a.>", "--port", broker.port()).out()).isEqualTo(lines("unbound 'q' from 'a.>'"));
            assertThat(CommandRun.of("bind", "-q", "q", "-t", "a.>", "--json", "--port", broker.port()).out())
                .isEqualTo(lines("{\"queue\":\"q\",\"topic\":\"a.>\"}"));
            assertThat(broker.requests().subList(0, 2)).containsExactly(
                "{\"id\":1,\"operation\":\"bind\",\"topic\":\"a.>\",\"queue\":\"q\"}",
                "{\"id\":1,\"operation\":\"unbind\",\"topic\":\"a.>\",\"queue\":\"q\"}");
        }
    }

    @Test
    void shouldConfigureAQueueAndPrintAllItsSettings() throws IOException {
        final String settings = "\"capacity\":10,\"max_message_length\":20,\"lease_ms\":30000,\"max_attempts\":0,\"dead_letter\":\"\","
            + "\"ttl_ms\":0,\"on_full\":\"reject\",\"paused\":true";
        try (FakeBroker broker = new FakeBroker(request -> yes(settings))) {
            assertThat(CommandRun.of("queue", "configure", "-q", "q", "--paused", "--port", broker.port()).out()).isEqualTo(lines(
                "capacity            10 messages",
                "max message length  20 bytes",
                "lease               30s",
                "max attempts        without end",
                "dead letter         none",
                "ttl                 none",
                "on full             reject",
                "paused              yes"));
            assertThat(CommandRun.of("queue", "configure", "-q", "q", "--json", "--capacity", "10", "--max-message-length", "20", "--lease", "30s",
                "--max-attempts", "0", "--dead-letter", "", "--ttl", "0", "--on-full", "drop_oldest", "--paused=false", "--port", broker.port())
                .out()).isEqualTo(lines("{\"queue\":\"q\"," + settings + "}"));
            assertThat(broker.requests()).containsExactly(
                "{\"id\":1,\"operation\":\"configure\",\"queue\":\"q\",\"paused\":true}",
                "{\"id\":1,\"operation\":\"configure\",\"queue\":\"q\",\"capacity\":10,\"max_message_length\":20,\"lease_ms\":30000,"
                    + "\"max_attempts\":0,\"dead_letter\":\"\",\"ttl_ms\":0,\"on_full\":\"drop_oldest\",\"paused\":false}");
        }
    }

    @Test
    void shouldDescribeAQueue() throws IOException {
        final String settings = "\"capacity\":10,\"max_message_length\":20,\"lease_ms\":30000,\"max_attempts\":5,\"dead_letter\":\"dead\","
            + "\"ttl_ms\":3600000,\"on_full\":\"drop_oldest\",\"paused\":false";
        final String counts = "\"ready\":1,\"delayed\":2,\"leased\":3,\"parked\":4,\"length\":10,\"bytes\":50,\"consumers\":6,\"published\":7,"
            + "\"delivered\":8,\"acked\":9,\"expired\":10,\"dead_lettered\":11,\"dropped\":12,\"oldest_ready_ms\":13000";
        try (FakeBroker broker = new FakeBroker(request -> yes(settings + "," + counts))) {
            assertThat(CommandRun.of("queue", "describe", "-q", "q", "--json", "--port", broker.port()).out())
                .isEqualTo(lines("{\"queue\":\"q\"," + settings + "," + counts + "}"));
            assertThat(CommandRun.of("queue", "describe", "-q", "q", "--port", broker.port()).out()).contains(
                lines("max attempts        5"), lines("dead letter         dead"), lines("ttl                 1h"), lines("", "ready               1"),
                lines("dead lettered       11"), lines("oldest ready        13s"));
        }
    }

    @Test
    void shouldListQueuesWithAllTheirCounts() throws IOException {
        try (FakeBroker broker = new FakeBroker(request -> yes("\"queues\":[{\"queue\":\"a\",\"ready\":1,\"length\":1,\"bytes\":12345678901,"
            + "\"published\":7,\"acked\":6,\"oldest_ready_ms\":13000},{\"queue\":\"b\"}]"))) {
            assertThat(CommandRun.of("queues", "--details", "--port", broker.port()).out()).isEqualTo(lines(
                "queue       ready     delayed      leased      parked      length        bytes   consumers   published   delivered       acked"
                    + "     expired  dead letters     dropped      oldest",
                "a               1           0           0           0           1  12345678901           0           7           0           6"
                    + "           0             0           0         13s",
                "b               0           0           0           0           0            0           0           0           0           0"
                    + "           0             0           0           -"));
            assertThat(CommandRun.of("queues", "--json", "--port", broker.port()).out()).startsWith("{\"queue\":\"a\",\"ready\":1,")
                .contains("\"published\":7,", "\"oldest_ready_ms\":13000}");
        }
    }
}
