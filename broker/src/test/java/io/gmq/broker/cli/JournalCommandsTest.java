package io.gmq.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.broker.Broker;
import io.gmq.broker.Outside;
import io.gmq.broker.config.ConfigLoader;
import io.gmq.broker.config.Machine;
import io.gmq.broker.history.PastKit;
import io.gmq.client.GmqClient;
import io.gmq.client.Leases;
import io.gmq.client.Message;
import io.gmq.client.MessageState;
import io.gmq.client.NackOptions;
import io.gmq.client.OutgoingMessage;
import io.gmq.client.PeekOptions;
import io.gmq.client.TakeOptions;
import io.gmq.engine.kit.Draft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands that look into a journal, with journals of a real broker. */
@Timeout(120)
class JournalCommandsTest {
    @TempDir
    private Path temp;

    private static Broker broker(final Path data, final String... settings) {
        final ConfigLoader config = new ConfigLoader(Machine.current()).set("network.port=0").set("filesystem.path=" + data)
            .set("ring.profile=compact");
        for (final String setting : settings) {
            config.set(setting);
        }
        return new Broker(config.load(), Machine.current(), Outside.MACHINE, "test", failure -> {
            throw new AssertionError(failure);
        });
    }

    private static GmqClient connect(final Broker broker) {
        return GmqClient.connect("127.0.0.1", broker.address().getPort());
    }

    private static CommandRun run(final Path data, final String command, final String... more) {
        final String[] arguments = new String[4 + more.length];
        System.arraycopy(new String[] {"journal", command, "--data", data.toString()}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        return CommandRun.of(arguments);
    }

    /** Messages 1 to 3 in orders, the first taken and acknowledged, the others leased with sequence 7 and given back with the last. */
    private Path journal() {
        final Path data = temp.resolve("data");
        try (Broker broker = broker(data); GmqClient client = connect(broker)) {
            client.publish("orders", "two coffees").join();
            client.publish("orders", OutgoingMessage.of("tea \u2615").priority(2).ttl(Duration.ofHours(1)).header("a", "b")).join();
            client.publish("orders", new byte[] {(byte) 0xFF}).join();
            final Message first = client.take("orders", TakeOptions.max(1)).join().get(0);
            client.ack(first).join();
            final List<Message> others = client.take("orders", TakeOptions.max(2).lease(Duration.ofMinutes(5)).keep()).join();
            client.nack(Leases.of(others), NackOptions.NONE).join();
        }
        return data;
    }

    private static void assertFailed(final CommandRun run, final int exitCode, final String error) {
        assertThat(run.errors()).isEqualTo(error + System.lineSeparator());
        assertThat(run.exitCode()).isEqualTo(exitCode);
    }

    @Test
    void shouldListSegments() throws IOException {
        final Path data = journal();
        final CommandRun run = run(data, "ls");
        assertThat(run.exitCode()).isZero();
        assertThat(run.errors()).isEmpty();
        assertThat(run.out().lines().toList().get(0)).matches("segment +first +last +records +from +to +bytes  state");
        assertThat(run.out().lines().toList().get(1)).matches("0{19}1 +1 +8 +8 +20\\S+Z +20\\S+Z +\\d+  whole");
        assertThat(run(data, "ls", "--json").out().lines().toList().get(0)).startsWith("{\"segment\":\"00000000000000000001\",\"state\":\"whole\","
            + "\"first\":1,\"last\":8,\"records\":8,\"first_ms\":1");
    }

    @Test
    void shouldListSnapshotsAndDamage() throws IOException {
        final Path data = temp.resolve("data");
        try (PastKit past = new PastKit(data)) {
            past.apply(past.by(1).publish("q", Draft.of("one"))).apply(past.by(1).publish("q", Draft.of("two")));
            past.snapshot();
        }
        PastKit.spoil(PastKit.files(data).get(0), "one");
        Files.writeString(data.resolve("snapshots").resolve("new.snapshot.tmp"), "half");
        Files.writeString(data.resolve("snapshots").resolve("00000000000000000003.snapshot.damaged"), "bad");
        final CommandRun run = run(data, "ls");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).containsPattern("  damaged at \\d+\\R").containsPattern(
            "snapshot +up to +entries +covers +begun +bytes +digest  state\\R0{19}4.snapshot +4 +\\d+ +2020\\S+ +2020\\S+ +\\d+  [0-9a-f]{16}  whole").containsPattern("0{19}3.snapshot.damaged +- +- +- +- +3 +-  set aside\\Rnew.snapshot.tmp +- +- +- +- +4 +-  unfinished");
        assertThat(run(data, "ls", "--json").out()).contains("\"state\":\"damaged\"", "\"faults\":[", "{\"snapshot\":\"00000000000000000004.snapshot\",");
    }

    @Test
    void shouldDumpAllOrAPart() {
        final Path data = journal();
        final List<String> all = run(data, "dump").out().lines().toList();
        assertThat(all).hasSize(8).allMatch(line -> line.startsWith("{\"sequence\":") && line.endsWith("}"));
        assertThat(all.get(1)).contains("\"operation\":\"publish\",\"connection\":1,\"id\":", "\"queue\":\"orders\",\"text\":\"two coffees\"");
        assertThat(all.get(2)).contains("\"text\":\"tea \u2615\",\"priority\":2,\"ttl_ms\":3600000,\"headers\":{\"a\":\"b\"}");
        assertThat(all.get(3)).contains("\"payload\":\"/w==\"");
        assertThat(run(data, "dump", "--from", "3", "--to", "4").out().lines()).containsExactly(all.get(2), all.get(3));
        assertThat(run(data, "dump", "--max", "1").out().lines()).containsExactly(all.get(0));
        final String time = all.get(5).replaceAll(".*\"time\":\"([^\"]*)\".*", "$1");
        assertThat(run(data, "dump", "--from", time).out().lines()).contains(all.get(5), all.get(7)).doesNotContain(all.get(0));
        assertThat(run(data, "dump", "--from", "-1h").out().lines()).containsExactlyElementsOf(all);
        assertThat(run(data, "dump", "--to", "-1h").out()).isEmpty();
        assertThat(run(data, "dump", "--queue", "orders").out().lines()).containsExactlyElementsOf(all.subList(1, 8));
        assertThat(run(data, "dump", "--queue", "orders", "--from", "4", "--max", "2").out().lines()).containsExactly(all.get(3), all.get(4));
        assertThat(run(data, "dump", "--message", "1").out().lines()).containsExactly(all.get(1), all.get(4), all.get(5));
    }

    @Test
    void shouldDumpWhatFollowsDamage() throws IOException {
        final Path data = journal();
        final Path file = PastKit.files(data).get(0);
        PastKit.spoil(file, "two coffees");
        final CommandRun run = run(data, "dump");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out().lines()).hasSize(7);
        assertThat(run.errors()).startsWith("gmq: journal file " + file + " at offset ").contains("does not have its checksum");
        assertThat(run(data, "dump", "--message", "1").errors()).contains("what is known of it ends with sequence 1, since journal file " + file);
    }

    @Test
    void shouldVerify() throws IOException {
        final Path data = journal();
        final CommandRun run = run(data, "verify");
        assertThat(run.exitCode()).isZero();
        assertThat(run.errors()).isEmpty();
        assertThat(run.out()).contains("records             8, sequence 1 to 8, ", "verdict             all is right")
            .containsPattern("digest +[0-9a-f]{16} after sequence 8");
        final String json = run(data, "verify", "--json").out();
        assertThat(json).startsWith("{\"right\":true,\"records\":8,").contains("\"messages\":2,\"faults\":[]}");

        final Path file = PastKit.files(data).get(0);
        PastKit.spoil(file, "two coffees");
        final CommandRun damaged = run(data, "verify");
        assertThat(damaged.exitCode()).isEqualTo(1);
        assertThat(damaged.errors().lines().toList().get(0)).startsWith("gmq: journal file " + file + " at offset ");
        assertThat(damaged.out()).contains("verdict             2 faults");
        assertThat(run(data, "verify", "--json").out()).startsWith("{\"right\":false,").contains("\"faults\":[{\"file\":\"" + file + "\",\"offset\":");
    }

    @Test
    void shouldShowQueuesAsTheyWere() {
        final Path data = journal();
        assertThat(run(data, "at", "--seq", "3").out().lines().skip(1)).containsExactly(
            "queue        ready     delayed      leased      parked      length   consumers",
            "orders           2           0           0           0           2           0");
        assertThat(run(data, "at", "--seq", "7").out()).startsWith("after sequence 7, 20").contains("orders           0           0           2 ");
        assertThat(run(data, "at", "--json", "--seq", "3").out().lines().toList().get(1))
            .startsWith("{\"queue\":\"orders\",\"length\":2,\"ready\":2,\"delayed\":0,\"leased\":0,\"parked\":0,\"bytes\":");
        final CommandRun messages = run(data, "at", "--seq", "7", "--queue", "orders");
        assertThat(messages.out()).contains("0 messages ready", "2 messages leased").containsPattern("3 +1 +4 +20\\S+Z +20\\S+Z  connection 1, kept  \\\\xff");
        final List<String> json = run(data, "at", "--seq", "7", "--queue", "orders", "--state", "leased", "--json").out().lines().toList();
        assertThat(json).hasSize(3);
        assertThat(json).anySatisfy(line -> assertThat(line).contains("\"message\":2,\"state\":\"leased\",\"attempt\":1,\"priority\":2,", "\"keep\":true", "\"text\":\"tea \u2615\""));
        final CommandRun few = run(data, "at", "--seq", "7", "--queue", "orders", "--max", "1");
        assertThat(few.errors()).isEqualTo("gmq: 1 more are leased; --max shows more" + System.lineSeparator());
        assertThat(run(data, "at", "--time", "-1h").out()).isEqualTo("before the first record" + System.lineSeparator());
    }

    @Test
    void shouldTraceAMessage() {
        final Path data = journal();
        final List<String> lines = run(data, "trace", "--message", "1").out().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).matches(" +2  20\\S+Z  1  published +queue orders  connection 1  priority 4  11 bytes  two coffees");
        assertThat(lines.get(1)).matches(" +5  20\\S+Z  1  delivered +attempt 1  connection 1  until 20\\S+Z");
        assertThat(lines.get(2)).matches(" +6  20\\S+Z  1  acked +connection 1");
        assertThat(run(data, "trace", "--message", "2", "--json").out().lines().toList().get(0)).contains("\"message\":2,\"event\":\"published\","
            + "\"operation\":\"publish\",\"queue\":\"orders\",\"connection\":1,\"priority\":2,\"ttl_ms\":3600000,\"headers\":{\"a\":\"b\"},\"text\":\"tea \u2615\"}");
    }

    @Test
    void shouldReplayIntoARunningBroker() {
        final Path data = journal();
        try (Broker other = broker(temp.resolve("other"), "queue.queue_type=memory"); GmqClient client = connect(other)) {
            final String to = "127.0.0.1:" + other.address().getPort();
            final CommandRun run = run(data, "replay", "--queue", "orders", "--as", "again", "--to", to);
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).isEqualTo("published 3 messages to 'again'" + System.lineSeparator());
            final List<Message> messages = client.peek("again", PeekOptions.of(MessageState.READY, 10).details()).join();
            assertThat(messages).extracting(Message::priority).containsExactly(4, 4, 2);
            assertThat(messages.get(0).payload()).asString().isEqualTo("two coffees");
            assertThat(messages.get(1).payload()).containsExactly(0xFF);
            assertThat(messages.get(2).headers()).isEqualTo(Map.of("a", "b"));

            assertThat(run(data, "replay", "--queue", "orders", "--from", "3", "--until", "3", "--to", to, "--json", "--pace", "1000x").out())
                .isEqualTo("{\"queue\":\"orders\",\"published\":1,\"refused\":0,\"first\":4,\"last\":4}" + System.lineSeparator());
            assertFailed(run(data, "replay", "--queue", "none", "--to", to), 0, "gmq: nothing came into queue 'none' then");
        }
    }

    @Test
    void shouldSayHowManyWereRefused() {
        final Path data = journal();
        try (Broker other = broker(temp.resolve("other"), "queue.queue_type=memory", "queue.max_queue_capacity=2")) {
            final CommandRun run = run(data, "replay", "--queue", "orders", "--to", "127.0.0.1:" + other.address().getPort());
            assertThat(run.out()).isEqualTo("published 2 messages to 'orders', 1 refused" + System.lineSeparator());
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.errors()).startsWith("gmq: the first refusal: queue 'orders' holds 2 of 2 messages").contains("(queue_full)");
        }
    }

    @Test
    void shouldNotReplayWhatItPublishesItself() {
        final Path data = temp.resolve("data");
        try (Broker broker = broker(data); GmqClient client = connect(broker)) {
            client.publish("orders", "once").join();
            final CommandRun run = run(data, "replay", "--queue", "orders", "--to", "127.0.0.1:" + broker.address().getPort());
            assertThat(run.errors()).startsWith("gmq: a broker is at work in " + data);
            assertThat(client.length("orders").join().length()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void shouldRepairSoThatABrokerStarts() throws IOException {
        final Path data = journal();
        final Path file = PastKit.files(data).get(0);
        PastKit.spoil(file, "tea");
        final Path mended = temp.resolve("mended");
        final CommandRun run = run(data, "repair", "--to", mended.toString());
        assertThat(run.exitCode()).isZero();
        final List<String> lines = run.out().lines().toList();
        assertThat(lines.get(0)).startsWith("left out: " + file + " at offset ").contains(" bytes, sequence 3: a batch does not have its checksum");
        assertThat(lines.get(1)).contains("sequences 4 to 8: records before it are missing");
        assertThat(lines.get(2)).startsWith("copied all records up to sequence 2 to " + mended + ": 1 segment, 0 snapshots, ");
        assertThat(run(mended, "verify").exitCode()).isZero();
        try (Broker broker = broker(mended); GmqClient client = connect(broker)) {
            assertThat(client.length("orders").join().ready()).isEqualTo(1);
        }
        assertFailed(run(data, "repair", "--to", mended.toString()), 1, "gmq: " + mended + " exists and is not an empty folder: choose a new one");
        assertThat(run(data, "repair", "--json", "--to", temp.resolve("more").toString()).out())
            .contains("\"base\":0,\"last\":2,\"segments\":1,\"snapshots\":0,", "\"left_out\":[{\"file\":", "\"first\":3,\"last\":3,\"why\":");
    }

    @Test
    void shouldReadWhileABrokerRunsAndSaySo() {
        final Path data = temp.resolve("data");
        try (Broker broker = broker(data); GmqClient client = connect(broker)) {
            client.publish("orders", "one").join();
            for (final String command : new String[] {"ls", "dump", "verify", "at"}) {
                assertFailed(run(data, command), 0, "gmq: a broker is at work in " + data + ": what it does from now on may be missing here");
            }
            client.publish("orders", "two").join();
            assertThat(client.length("orders").join().length()).isEqualTo(2);
        }
    }

    @Test
    void shouldSayInOneLineWhatCannotBe() throws IOException {
        final Path none = temp.resolve("none");
        assertFailed(run(none, "ls"), 1, "gmq: there is no folder " + none + ": name the data folder of a broker, or a copy of one");
        Files.createDirectory(none);
        assertThat(run(none, "dump").errors()).contains("holds no journal");
        final Path data = journal();
        assertFailed(run(data, "at", "--seq", "99"), 1, "gmq: the journal ends with sequence 8, there is no 99");
        assertFailed(run(data, "at", "--queue", "none"), 1, "gmq: there was no queue 'none' then");
        assertFailed(run(data, "trace", "--message", "99"), 1, "gmq: there is no message 99 yet; the last one is 3");
        assertThat(run(data, "replay", "--queue", "orders", "--to", "127.0.0.1:1").errors()).startsWith("gmq: cannot connect to 127.0.0.1:1");
        assertFailed(run(data, "at", "--seq", "1", "--time", "-1h"), 2, "gmq: --seq and --time exclude each other; see 'gmq journal at --help'");
        assertFailed(run(data, "at", "--time", "1"), 2, "gmq: --time is 1, which is no time; for a sequence there is --seq; see 'gmq journal at --help'");
        assertFailed(run(data, "at", "--state", "ready"), 2, "gmq: --state needs a --queue; see 'gmq journal at --help'");
        assertFailed(run(data, "dump", "--max", "0"), 2, "gmq: --max is 0, must be 1 or more; see 'gmq journal dump --help'");
        assertFailed(run(data, "dump", "--from", "soon"), 2, "gmq: invalid value for option '--from': 'soon' is no time; write it like "
            + "2026-11-25T19:04:20Z, 2026-11-25T19:04 (local) or -10m (ago); see 'gmq journal dump --help'");
        assertFailed(run(data, "replay", "--queue", "q", "--to", "here"), 2,
            "gmq: --to is 'here', must be HOST:PORT, like 127.0.0.1:4884; see 'gmq journal replay --help'");
        assertThat(run(data, "replay", "--queue", "q", "--to", "a:1", "--pace", "fast").errors()).contains("'fast' is no pace; there is none, original");
        assertThat(run(data, "trace").errors()).contains("missing required option: '--message=ID'");
    }

    @Test
    void shouldNameTheFolderAsTheServerDoes() {
        final Path data = journal();
        final Map<String, String> environment = Map.of("GMQ_FILESYSTEM_PATH", data.toString());
        assertThat(CommandRun.of(CommandRun.piped("", environment), "journal", "at").out()).startsWith("after sequence 8");
    }
}
