package io.gmq.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark runs: each method for a few milliseconds, in this process, with the smallest parameters. Says nothing of speed. */
class EveryBenchmarkTest {
    private static final String PACKAGE = EveryBenchmarkTest.class.getPackageName();
    private static final Pattern BENCHMARK_CLASS = Pattern.compile(Pattern.quote(PACKAGE + ".") + "\\w+(?= )");
    /** A benchmark that is not among them is to be added. */
    private static final Map<String, Map<String, String[]>> PARAMETERS = Map.of(
        "EngineBenchmark", Map.of("backlog", values("10"), "queues", values("3")),
        "DecodeBenchmark", Map.of("frameBytes", values("256"), "content", values("payload", "escaped")),
        "EncodeBenchmark", Map.of("payloadBytes", values("200"), "content", values("payload", "escaped")),
        "RingBenchmark", Map.of("ringSize", values("256"), "profile", values("compact", "dedicated")),
        "JournalBenchmark", Map.of("recordBytes", values("256"), "batch", values("16")),
        "RecoveryBenchmark", Map.of("records", values("1000"), "commands", values("publish", "cycle")));

    @TempDir
    private Path folder;

    private static String[] values(final String... values) {
        return values;
    }

    /** The classes that {@code bench.jar} offers. */
    static Collection<String> benchmarks() throws IOException {
        try (InputStream list = EveryBenchmarkTest.class.getResourceAsStream("/META-INF/BenchmarkList")) {
            final String text = new String(list.readAllBytes(), StandardCharsets.UTF_8);
            return BENCHMARK_CLASS.matcher(text).results().map(result -> result.group().substring(PACKAGE.length() + 1))
                .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @BeforeAll
    static void shareTheMachine() {
        System.setProperty("jmh.ignoreLock", "true");
    }

    @ParameterizedTest
    @MethodSource("benchmarks")
    void shouldRun(final String name) throws ClassNotFoundException, RunnerException {
        assertThat(PARAMETERS).containsKey(name);
        final ChainedOptionsBuilder options = new OptionsBuilder().include("^" + Pattern.quote(PACKAGE + "." + name + ".")).forks(0)
            .warmupIterations(0).measurementIterations(1).measurementTime(TimeValue.milliseconds(5)).shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
        PARAMETERS.get(name).forEach(options::param);
        if (hasFolder(name)) {
            options.param("folder", folder.toString());
        }
        final Collection<RunResult> results = new Runner(options.build()).run();

        final int combinations = PARAMETERS.get(name).values().stream().mapToInt(values -> values.length).reduce(1, (a, b) -> a * b);
        assertThat(results).hasSize(combinations * methods(name));
        assertThat(folder).as("files that were measured are deleted").isEmptyDirectory();
    }

    private static boolean hasFolder(final String name) throws ClassNotFoundException {
        return ChronicleBenchmark.class.isAssignableFrom(Class.forName(PACKAGE + "." + name));
    }

    private static int methods(final String name) throws ClassNotFoundException {
        return (int) Arrays.stream(Class.forName(PACKAGE + "." + name).getMethods())
            .filter(method -> method.isAnnotationPresent(Benchmark.class)).count();
    }
}
