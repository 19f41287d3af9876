package io.gmq.compare.doc;

import io.gmq.bench.report.Json;
import io.gmq.bench.report.Ranking;
import io.gmq.compare.peer.Level;
import io.gmq.compare.peer.Subject;
import io.gmq.compare.run.Figure;
import io.gmq.compare.run.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes an outcome into a folder.
 *
 * <pre>
 *   performance.md
 *   performance/compare.json
 *   performance/*.svg
 * </pre>
 */
public final class Writer {
    private static final String NAME = "performance";

    private Writer() {
    }

    /**
     * Writes all of it; of a document that is there already, the part by hand stays.
     *
     * @return the document.
     * @throws IllegalArgumentException if that part cannot be told from the rest; then nothing has been written.
     */
    public static Path write(final Outcome outcome, final Path folder) throws IOException {
        final Path document = folder.resolve(NAME + ".md");
        final String handWritten = check(folder);
        final Path beside = Files.createDirectories(folder.resolve(NAME));
        Files.writeString(beside.resolve("compare.json"), Json.pretty(json(outcome)) + "\n");
        final Map<String, String> plots = new LinkedHashMap<>();
        final Performance rows = new Performance(outcome, handWritten, Map.of());
        for (final Table table : List.of(Table.RAW, Table.JAVA)) {
            for (final Level level : Level.values()) {
                final String name = Performance.plotName(table, level);
                final Path file = beside.resolve(name + ".svg");
                final Optional<String> plot = plot(outcome, rows.ranked(table, level), table);
                if (plot.isPresent()) {
                    Files.writeString(file, plot.get() + "\n");
                    plots.put(name, NAME + "/" + name + ".svg");
                } else {
                    Files.deleteIfExists(file);
                }
            }
        }
        return Files.writeString(document, new Performance(outcome, handWritten, plots).text());
    }

    /**
     * Looks whether a document that is there can be written again, which is better known before a run than after it.
     *
     * @return the part by hand.
     */
    public static String check(final Path folder) throws IOException {
        final Path document = folder.resolve(NAME + ".md");
        return Files.exists(document) ? HandWritten.of(Files.readString(document)) : "\n";
    }

    private static Optional<String> plot(final Outcome outcome, final List<Subject> ranked, final Table table) {
        if (ranked.size() < 2) {
            return Optional.empty();
        }
        return Ranking.svg("messages a second", ranked.stream().map(subject -> subject.peer() + ", " + subject.durability()).toList(),
            ranked.stream().map(subject -> outcome.figures().summary(table, subject.id(), Figure.RATE).orElseThrow().median()).toList());
    }

    static Map<String, Object> json(final Outcome outcome) {
        final Map<String, Object> all = new LinkedHashMap<>();
        all.put("when", outcome.when());
        all.put("machine", outcome.machine());
        all.put("versions", outcome.versions());
        final Map<String, Object> plan = new LinkedHashMap<>();
        plan.put("rounds", outcome.plan().rounds());
        plan.put("warm_up_s", outcome.plan().warmUp().toMillis() / 1e3);
        plan.put("measured_s", outcome.plan().measured().toMillis() / 1e3);
        plan.put("one_in_flight_s", outcome.plan().oneInFlight().toMillis() / 1e3);
        plan.put("message_bytes", outcome.plan().messageLength());
        plan.put("window", outcome.plan().window());
        all.put("plan", plan);
        all.put("rows", outcome.subjects().stream().map(Writer::json).toList());
        all.put("figures", outcome.figures().all().stream().map(Writer::json).toList());
        all.put("notes", outcome.notes());
        return all;
    }

    private static Map<String, Object> json(final Subject subject) {
        final Map<String, Object> all = new LinkedHashMap<>();
        all.put("id", subject.id());
        all.put("broker", subject.peer());
        all.put("durability", subject.durability());
        all.put("level", subject.level().word());
        all.put("survives", subject.survives());
        all.put("settles", subject.settles());
        return all;
    }

    private static Map<String, Object> json(final Figure figure) {
        final Map<String, Object> all = new LinkedHashMap<>();
        all.put("table", figure.table().word());
        all.put("row", figure.subject());
        all.put("round", figure.round());
        all.putAll(new TreeMap<>(figure.values()));
        return all;
    }
}
