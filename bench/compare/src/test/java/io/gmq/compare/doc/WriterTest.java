package io.gmq.compare.doc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.gmq.bench.report.Plot;
import io.gmq.compare.peer.Level;
import io.gmq.compare.peer.Subject;
import io.gmq.compare.run.Comparison;
import io.gmq.compare.run.Figure;
import io.gmq.compare.run.Figures;
import io.gmq.compare.run.Plan;
import io.gmq.compare.run.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriterTest {
    @TempDir
    private Path folder;

    private final Figures figures = new Figures();

    private static Subject subject(final String id, final String peer, final Level level) {
        return new Subject(id, peer, "durability of " + id, level, "what " + id + " survives", "settled",
            new Subject.Drivers(null, null, true));
    }

    private Outcome outcome(final String... notes) {
        return new Outcome("2026-01-02 03:04 UTC", Map.of("processor", "a fast one"),
            new Plan(2, Duration.ofSeconds(2), Duration.ofSeconds(4),
            Duration.ofSeconds(1), 200, 1024), Map.of("Other", "9.8.7"),
            List.of(subject("gmq-memory", "GMQ", Level.MEMORY), subject("gmq-synced", "GMQ", Level.SYNCED),
                subject("slow", "Slow", Level.MEMORY),
                subject("fast", "Fast|er", Level.MEMORY)),
            figures, List.of(notes));
    }

    @BeforeEach
    void measure() {
        for (int round = 1; round <= 2; round++) {
            rate(Table.RAW, "gmq-memory", round, 2_000_000.0 * round);
            rate(Table.RAW, "slow", round, 1_000_000.0 * round);
            rate(Table.RAW, "fast", round, 8_000_000.0 * round);
            rate(Table.JAVA, "gmq-synced", round, 300_000);
            latency("gmq-synced", round, 100);
            latency(Comparison.APPEND_AND_SYNC, round, 80);
            latency(Comparison.OVERWRITE_AND_SYNC, round, 70);
        }
    }

    private void rate(final Table table, final String subject, final int round, final double rate) {
        figures.add(new Figure(table, subject, round, Map.of(Figure.RATE, rate, Figure.BROKER_CPU, 1.25, Figure.CLIENT_CPU, 0.5)));
    }

    private void latency(final String subject, final int round, final double us) {
        figures.add(new Figure(Table.JAVA_ONE_IN_FLIGHT, subject, round,
            Map.of(Figure.RATE, 1e6 / us, Figure.P50, us, Figure.P99, us * 2)));
    }

    @Test
    void shouldRankEachLevelByItsMedianAndCompareWithinRounds() throws IOException {
        final String document = Files.readString(Writer.write(outcome(), folder));
        assertThat(document).containsSubsequence(
            "| Fast\\|er | durability of fast | 12,000,000 | 8,000,000 to 16,000,000 | 1.25 | 0.50 | 0.25 × | – |",
            "| **GMQ** | durability of gmq-memory | **3,000,000** |",
            "| Slow | durability of slow | 1,500,000 | 1,000,000 to 2,000,000 | 1.25 | 0.50 | 2.00 × | – |");
    }

    @Test
    void shouldNotMixTheGeneratorAndTheClients() throws IOException {
        final String document = Files.readString(Writer.write(outcome(), folder));
        final int clients = document.indexOf("## Official Java clients");
        assertThat(document.substring(0, clients)).doesNotContain("300,000");
        assertThat(document.substring(clients)).contains("300,000").doesNotContain("12,000,000");
    }

    @Test
    void shouldCompareOneInFlightWithTheMachine() throws IOException {
        assertThat(Files.readString(Writer.write(outcome(), folder)))
            .contains("| synced | **GMQ** | durability of gmq-synced | 10,000 | 100 | 100 to 100 | 200 | 200 to 200 | 0.80 |",
                "| synced | the machine | append, fdatasync | 12,500 | 80.0 |");
    }

    @Test
    void shouldSayOnWhatAndWithWhatItWasMeasured() throws IOException {
        assertThat(Files.readString(Writer.write(outcome(), folder))).contains("2026-01-02 03:04 UTC", "a fast one", "| Other | 9.8.7 |",
            "Messages of 200 bytes", "1,024 messages", "2 rounds", "what slow survives");
    }

    @Test
    void shouldNameWhatIsMissing() throws IOException {
        assertThat(Files.readString(Writer.write(outcome("NATS: Debian package nats-server"), folder)))
            .contains("## What is not here\n\n- NATS: Debian package nats-server\n");
    }

    @Test
    void shouldKeepWhatWasWrittenByHand() throws IOException {
        final Path document = Writer.write(outcome(), folder);
        final String log = "\n\n- a ring of 8,192 did not help: 1 % less\n\n";
        Files.writeString(document, Files.readString(document).replace(HandWritten.BEGIN + "\n", HandWritten.BEGIN + log));
        rate(Table.RAW, "slow", 3, 77_777_777);
        Writer.write(outcome(), folder);
        assertThat(Files.readString(document)).contains(HandWritten.BEGIN + log + HandWritten.END).contains("77,777,777");
        final String once = Files.readString(document);
        Writer.write(outcome(), folder);
        assertThat(Files.readString(document)).isEqualTo(once);
    }

    @Test
    void shouldWriteNothingWhereItCannotTellWhatToKeep() throws IOException {
        final Path document = folder.resolve("performance.md");
        Files.writeString(document, "text " + HandWritten.BEGIN + " more");
        assertThatThrownBy(() -> Writer.check(folder)).hasMessageContaining("marks");
        assertThatThrownBy(() -> Writer.write(outcome(), folder)).hasMessageContaining("marks");
        assertThat(folder).isDirectoryNotContaining("glob:**/performance");
        assertThat(document).hasContent("text " + HandWritten.BEGIN + " more");
    }

    @Test
    void shouldWritePlotsWhereThereIsSomethingToCompare() throws IOException {
        final String document = Files.readString(Writer.write(outcome(), folder));
        assertThat(folder.resolve("performance/java-synced.svg")).as("one bar says nothing").doesNotExist();
        if (Plot.whyNot().isEmpty()) {
            assertThat(document).contains("(performance/raw-memory.svg)");
            assertThat(folder.resolve("performance/raw-memory.svg")).content().startsWith("<svg");
        }
    }

    @Test
    void shouldWriteEveryFigureAsJson() throws IOException {
        Writer.write(outcome(), folder);
        int figuresSeen = 0;
        try (JsonParser json = new JsonFactory().createParser(folder.resolve("performance/compare.json").toFile())) {
            while (json.nextToken() != null) {
                figuresSeen += "row".equals(json.currentName()) && json.currentToken().isScalarValue() ? 1 : 0;
            }
        }
        assertThat(figuresSeen).isEqualTo(figures.all().size());
    }
}
