package io.gmq.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged {@code gmq bench} for a moment, with a packaged broker of its own. */
@Timeout(180)
class BenchCommandIT {
    @TempDir
    private Path folder;
    private PackagedGmq packaged;

    @BeforeEach
    void setUp() {
        packaged = new PackagedGmq(folder);
    }

    private PackagedGmq.Run gmq(final String... arguments) throws Exception {
        return packaged.run(arguments);
    }

    @Test
    void shouldMeasureABrokerOfItsOwn() throws Exception {
        final PackagedGmq.Run run = gmq("bench", "--start", "--set", "queue.queue_type=memory", "--warmup", "100ms", "--messages", "20000", "--rounds", "2",
            "--connections", "20", "--json", "--html", "bench.html");
        assertThat(run.errors()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("\"storage\":\"memory\"", "\"missing\":0", "\"repeated\":0", "\"idle_connections\":18");
        assertThat(run.out()).containsPattern("\"messages_per_s\":[1-9]").containsPattern("\"broker_cpu_s_per_million\":[0-9]");
        assertThat(folder.resolve("bench.html")).content().contains("</html>");
        assertThat(packaged.leftBehind()).isEmpty();
    }

    @Test
    void shouldMeasureLatencyOnASchedule() throws Exception {
        final PackagedGmq.Run run = gmq("bench", "--start", "--durability", "written", "--warmup", "200ms", "--duration", "500ms", "--rounds", "1", "--rate",
            "2000", "--consume", "take", "--as", "payload");
        assertThat(run.errors()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("confirmed at 'written'", "open loop, 200 B at 2,000/s, confirmed", "base64, taken by 256");
    }

    @Test
    void shouldEndWithTheBrokersWordsWhereItRefuses() throws Exception {
        final PackagedGmq.Run run = gmq("bench", "--start", "--durability", "replicated");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors().lines()).hasSize(1).first().asString().contains("unsupported", "cannot give durability 'replicated'");
        assertThat(packaged.leftBehind()).isEmpty();
    }

    @Test
    void shouldSayWhatABrokerOfItsOwnDoesNotAccept() throws Exception {
        final PackagedGmq.Run run = gmq("bench", "--start", "--set", "queue.colour=red");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors().lines()).hasSize(1).first().asString().contains("queue.colour");
    }

    @Test
    void shouldSayThatThereIsNoBroker() throws Exception {
        final PackagedGmq.Run run = gmq("bench", "--port", "1");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors().lines()).hasSize(1).first().asString().contains("127.0.0.1:1", "gmq bench --start");
    }

    @Test
    void shouldListTheCommandInTheHelp() throws Exception {
        assertThat(gmq("help").out()).contains("  bench  ");
        assertThat(gmq("bench", "--help").out()).contains("--ceiling", "--consumers");
        assertThat(gmq("bench", "--size", "huge").exitCode()).isEqualTo(2);
    }
}
