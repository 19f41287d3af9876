package io.gmq.compare.goal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs benchmarks in a process of their own. */
final class Jmh {
    private static final String NAME = "Benchmark";
    private static final String SCORE = "Score";
    private static final String PARAMETER = "Param: ";

    private Jmh() {
    }

    /**
     * One fork of each benchmark.
     *
     * @param iterations to warm up, and as many to measure, of a second each.
     * @param options    which benchmarks, with which parameters.
     * @return scores by the benchmark's method (with what a profiler adds, behind a colon) and its parameters' values, as
     *     {@code method value value}.
     */
    static Map<String, Double> run(final Lab lab, final int iterations, final List<String> options) throws IOException, InterruptedException {
        final Path result = Files.createTempFile(lab.folder(), "jmh", ".csv");
        final Path log = lab.folder().resolve("jmh.log");
        final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Djmh.ignoreLock=true",
            "-Duser.language=en",
            "-jar", lab.jmh().toString(), "-f", "1", "-w", "1", "-r", "1", "-wi", Integer.toString(iterations), "-i", Integer.toString(iterations),
            "-rf", "csv", "-rff", result.toString(), "-foe", "true"));
        command.addAll(options);
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        final Thread hook = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("the benchmarks have failed: " + last(Files.readAllLines(log)));
            }
            return scores(Files.readAllLines(result));
        } finally {
            process.destroy();
            Runtime.getRuntime().removeShutdownHook(hook);
            Files.deleteIfExists(result);
        }
    }

    private static String last(final List<String> lines) {
        return lines.isEmpty() ? "nothing was said" : lines.get(lines.size() - 1);
    }

    /** Of the lines of JMH's CSV. */
    static Map<String, Double> scores(final List<String> lines) {
        final Map<String, Double> scores = new HashMap<>();
        final List<String> header = cells(lines.get(0));
        for (final String line : lines.subList(1, lines.size())) {
            final List<String> cells = cells(line);
            final Map<String, String> parameters = new TreeMap<>();
            for (int i = 0; i < header.size(); i++) {
                if (header.get(i).startsWith(PARAMETER) && i < cells.size() && !cells.get(i).isEmpty()) {
                    parameters.put(header.get(i), cells.get(i));
                }
            }
            final String name = cells.get(header.indexOf(NAME));
            final String method = name.replaceFirst("^[\\w.]*\\.(?=\\w+(:|$))", "").replace("·", "");
            scores.put((method + " " + String.join(" ", parameters.values())).strip(), Double.parseDouble(cells.get(header.indexOf(SCORE))));
        }
        return scores;
    }

    private static List<String> cells(final String line) {
        final List<String> cells = new ArrayList<>();
        for (final String cell : line.split(",", -1)) {
            cells.add(cell.replace("\"", ""));
        }
        return cells;
    }
}
