package io.gmq.compare;

import io.gmq.bench.report.MachineInfo;
import io.gmq.bench.report.Numbers;
import io.gmq.compare.doc.TargetTable;
import io.gmq.compare.peer.Peer;
import io.gmq.compare.peer.Peers;
import io.gmq.compare.peer.Places;
import io.gmq.compare.peer.Programs;
import io.gmq.compare.goal.Board;
import io.gmq.compare.goal.Experiments;
import io.gmq.compare.goal.Lab;
import io.gmq.compare.goal.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program behind {@code bench/compare/targets}. */
@Command(
    name = "bench/compare/targets",
    mixinStandardHelpOptions = true,
    description = {
        "Measures all that GMQ is to reach, as ratios in one run, and says what is reached.",
        "",
        "Each pair is measured by turns, round after round. Nothing else should run meanwhile."
    },
    exitCodeListHeading = "%nExit code: ",
    exitCodeList = {"0: measured, whatever came out", "1: something could not be measured", "2: wrong options"})
public final class Targets implements Callable<Integer> {
    private static final int MS_PER_S = 1000;
    private static final double QUICK_SECONDS = 0.7;
    private static final double QUICK_WARM_UP = 0.3;
    private static final double SECONDS = 3;
    private static final double WARM_UP = 1;
    private static final int ROUNDS = 5;
    private static final int ATTEMPTS = 10;

    @Spec
    private CommandSpec spec;

    @Option(names = "--rounds", paramLabel = "N", description = "How often each has its turn (default: 5; with --quick 1).")
    private int rounds;

    @Option(names = "--seconds", paramLabel = "S", description = "How long each measurement lasts (default: 3; with --quick 0.7).")
    private double seconds;

    @Option(names = "--warm-up", paramLabel = "S", description = "How long each runs before (default: 1; with --quick 0.3).")
    private double warmUp;

    @Option(names = "--only", split = ",", paramLabel = "NAME",
        description = "Only these of memory, synced, engine, codec, latency, connections, depth, sizes.")
    private Set<String> only = Set.of();

    @Option(names = "--quick", description = "Short, and with a tenth of connections and backlog: to see that it runs. Its figures are worth nothing.")
    private boolean quick;

    @Option(names = "--set", paramLabel = "SECTION.KEY=VALUE",
        description = "Sets any key of GMQ's configuration; may be repeated. 'memory' measures GMQ both with and without.")
    private List<String> sets = List.of();

    @Option(names = "--out", paramLabel = "FILE", description = "Writes the table there as Markdown, and all figures as JSON beside it.")
    private Path out;

    @Option(names = "--root", hidden = true, required = true)
    private Path root;

    private Targets() {
    }

    public static void main(final String[] args) {
        System.exit(new CommandLine(new Targets()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        if (rounds < 0 || seconds < 0 || warmUp < 0) {
            throw new ParameterException(spec.commandLine(), "--rounds, --seconds and --warm-up cannot be negative");
        }
        final Path module = root.resolve("bench/compare");
        final List<Peer> peers = Peers.of(new Places(Programs.of(System.getenv().getOrDefault("PATH", "")),
            Path.of(System.getProperty("java.home"), "bin", "java"), root.resolve("bench/target/gmq"), module.resolve("target/servers"), module.resolve("servers")));
        Files.createDirectories(module.resolve("target"));
        final Path folder = Files.createTempDirectory(module.resolve("target"), "targets-");
        try (Lab lab = new Lab(setting(), new Lab.Places(folder, root.resolve("bench/target/bench/bench.jar"), peers), System.err::println)) {
            return call(lab, folder);
        } finally {
            Folders.delete(folder);
        }
    }

    private int call(final Lab lab, final Path folder) throws IOException, InterruptedException {
        final Experiments experiments = new Experiments(lab);
        for (final String name : only) {
            if (!experiments.ids().contains(name)) {
                throw new ParameterException(spec.commandLine(), "--only: '" + name + "' is none of " + String.join(", ", experiments.ids()));
            }
        }
        final String loadBefore = otherLoad();
        final Thread hook = new Thread(() -> end(lab, folder), "end-servers");
        Runtime.getRuntime().addShutdownHook(hook);
        final Board board = experiments.run(name -> only.isEmpty() || only.contains(name));
        Runtime.getRuntime().removeShutdownHook(hook);
        final Map<String, String> machine = new LinkedHashMap<>(Machine.describe(folder));
        machine.putAll(lab.versions());
        machine.put("load average before", loadBefore);
        if (lab.repeated() > 0) {
            machine.put("measured again, since the machine stood still", Numbers.count(lab.repeated(), "load"));
        }
        write(new TargetTable(MachineInfo.now(), machine, lab.setting(), board));
        return board.failures().isEmpty() ? 0 : 1;
    }

    /** Where it is broken off. Servers may still write and delete when they end, so that a file may be gone when its turn comes. */
    private static void end(final Lab lab, final Path folder) {
        lab.close();
        for (int left = ATTEMPTS; Files.exists(folder); left--) {
            try {
                Folders.delete(folder);
            } catch (final IOException | UncheckedIOException e) {
                if (left == 1) {
                    System.err.println(folder + " stays behind: " + e.getMessage());
                    return;
                }
            }
        }
    }

    private Setting setting() {
        return new Setting(rounds > 0 ? rounds : quick ? 1 : ROUNDS, millis(warmUp > 0 ? warmUp : quick ? QUICK_WARM_UP : WARM_UP),
            millis(seconds > 0 ? seconds : quick ? QUICK_SECONDS : SECONDS), quick, sets);
    }

    private static Duration millis(final double seconds) {
        return Duration.ofMillis((long) (seconds * MS_PER_S));
    }

    /** What the machine had to do before this began. */
    private static String otherLoad() {
        try {
            return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
        } catch (final IOException e) {
            return "unknown";
        }
    }

    private void write(final TargetTable table) throws IOException {
        final String markdown = table.markdown();
        spec.commandLine().getOut().print(markdown);
        spec.commandLine().getOut().flush();
        if (out != null) {
            final Path file = out.toAbsolutePath();
            Files.createDirectories(file.getParent());
            Files.writeString(file, markdown, StandardCharsets.UTF_8);
            final String name = file.getFileName().toString().replaceFirst("\\.md$", "") + ".json";
            Files.writeString(file.resolveSibling(name), table.json(), StandardCharsets.UTF_8);
        }
    }
}
