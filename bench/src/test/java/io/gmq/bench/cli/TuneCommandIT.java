package io.gmq.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged {@code gmq tune}, with all but one factor fixed so that it is short. */
@Timeout(300)
class TuneCommandIT {
    @TempDir
    private Path folder;
    private PackagedGmq gmq;

    @BeforeEach
    void setUp() {
        gmq = new PackagedGmq(folder);
    }

    @Test
    void shouldWriteAReportAndAConfigurationThatABrokerTakes() throws Exception {
        final PackagedGmq.Run run = gmq.run("tune", "--time", "20s", "--set", "ring.size=1024", "--set", "queue.max_queue_capacity=20000", "--set",
            "queue.max_message_length=200", "--set", "journal.durability=written", "--out", "report");
        assertThat(run.errors()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("ring.profile = ", "queue.max_queue_capacity = 20,000", "journal.durability = written", "The recommended settings reach");
        assertThat(Files.readString(folder.resolve("report/tune.html"))).contains("</html>");
        assertThat(Files.readString(folder.resolve("report/tune.json"))).contains("\"measured\":");

        final PackagedGmq.Run config = gmq.run("config", "-f", "report/gmq.json");
        assertThat(config.exitCode()).isZero();
        assertThat(config.out()).containsPattern("ring.size +1024 +file");
        assertThat(gmq.leftBehind()).isEmpty();
    }

    @Test
    void shouldEndWithOneLineWhereABrokerDoesNotStart() throws Exception {
        final PackagedGmq.Run run = gmq.run("tune", "--time", "20s", "--set", "queue.colour=red");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors().lines()).hasSize(1).first().asString().contains("queue.colour");
        assertThat(gmq.leftBehind()).isEmpty();
    }
}
