package io.gmq.compare;

import io.gmq.bench.report.MachineInfo;
import io.gmq.compare.doc.Outcome;
import io.gmq.compare.doc.Writer;
import io.gmq.compare.link.Clients;
import io.gmq.compare.peer.Peer;
import io.gmq.compare.peer.Peers;
import io.gmq.compare.peer.Places;
import io.gmq.compare.peer.Programs;
import io.gmq.compare.peer.Server;
import io.gmq.compare.peer.Subject;
import io.gmq.compare.run.Comparison;
import io.gmq.compare.run.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program behind {@code bench/compare/run}. */
@Command(
    name = "bench/compare/run",
    mixinStandardHelpOptions = true,
    description = "Runs GMQ and the other brokers on this machine side by side, and writes what came out.")
public final class Compare implements Callable<Integer> {
    private static final int MESSAGE_BYTES = 200;
    private static final int WINDOW = 1024;
    private static final int MS_PER_S = 1000;
    private static final Duration ONE_IN_FLIGHT = Duration.ofMillis(700);

    @Option(names = "--rounds", paramLabel = "N", description = "How often each has its turn (default: ${DEFAULT-VALUE}).")
    private int rounds = 5;

    @Option(names = "--seconds", paramLabel = "S", description = "How long each rate is measured (default: ${DEFAULT-VALUE}).")
    private double seconds = 3;

    @Option(names = "--warm-up", paramLabel = "S", description = "How long it runs before (default: ${DEFAULT-VALUE}).")
    private double warmUp = 1.5;

    @Option(names = "--only", split = ",", paramLabel = "NAME", description = "Only these: ids of rows, or what they begin with.")
    private Set<String> only = Set.of();

    @Option(names = "--skip", split = ",", paramLabel = "NAME", description = "All but these.")
    private Set<String> skip = Set.of();

    @Option(
        names = "--out",
        paramLabel = "DIR",
        description = "Where performance.md goes, and its folder (default: docs; where not all run, bench/compare/target/out).")
    private Path out;

    @Option(names = "--list", description = "Lists the rows and what is missing, and ends.")
    private boolean list;

    @Option(names = "--root", hidden = true, required = true)
    private Path root;

    private Compare() {
    }

    public static void main(final String[] args) {
        System.exit(new CommandLine(new Compare()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        final Path module = root.resolve("bench/compare");
        final Places places = new Places(Programs.of(System.getenv().getOrDefault("PATH", "")),
            Path.of(System.getProperty("java.home"), "bin", "java"),
            root.resolve("broker/target/gmq"), module.resolve("target/servers"), module.resolve("servers"));
        final List<Peer> peers = Peers.of(places);
        if (list) {
            peers.forEach(Compare::list);
            return 0;
        }
        final boolean partial = !only.isEmpty() || !skip.isEmpty();
        final Path target = out != null ? out : partial ? module.resolve("target/out") : root.resolve("docs");
        Files.createDirectories(target);
        Writer.check(target);
        final Path folder = module.resolve("target/data");
        Folders.delete(folder);
        Files.createDirectories(folder);
        final Plan plan = new Plan(rounds, millis(warmUp), millis(seconds), ONE_IN_FLIGHT, MESSAGE_BYTES, WINDOW);
        try (Comparison comparison = new Comparison(plan, folder, System.out::println)) {
            final Thread hook = new Thread(comparison::stop);
            Runtime.getRuntime().addShutdownHook(hook);
            final List<String> notes = new ArrayList<>();
            for (final Peer peer : peers) {
                start(comparison, peer, notes);
            }
            comparison.run();
            comparison.stop();
            Runtime.getRuntime().removeShutdownHook(hook);
            notes.addAll(comparison.failures());
            System.out.println("written: " + Writer.write(outcome(comparison, plan, notes, folder), target));
            Folders.delete(folder);
            return comparison.failures().isEmpty() ? 0 : 1;
        }
    }

    private void start(final Comparison comparison, final Peer peer, final List<String> notes) throws InterruptedException {
        if (peer.missing().isPresent()) {
            notes.add(peer.name() + ": " + peer.missing().get());
            System.out.println(peer.name() + " is not here and left out: " + peer.missing().get());
            return;
        }
        for (final Server server : peer.servers()) {
            comparison.start(server, wanted());
        }
        notes.addAll(peer.unavailable());
    }

    private static Outcome outcome(final Comparison comparison, final Plan plan, final List<String> notes, final Path folder)
        throws IOException {
        final Map<String, String> versions = new LinkedHashMap<>(comparison.versions());
        versions.putAll(Clients.versions());
        return new Outcome(MachineInfo.now(), Machine.describe(folder), plan, versions, comparison.subjects(), comparison.figures(), notes);
    }

    private Predicate<Subject> wanted() {
        return subject -> (only.isEmpty() || only.stream().anyMatch(subject.id()::startsWith))
            && skip.stream().noneMatch(subject.id()::startsWith);
    }

    private static Duration millis(final double seconds) {
        return Duration.ofMillis((long) (seconds * MS_PER_S));
    }

    private static void list(final Peer peer) {
        if (peer.missing().isPresent()) {
            System.out.println(peer.name() + " is not here: " + peer.missing().get());
        } else {
            peer.servers().stream().flatMap(server -> server.subjects().stream())
                .forEach(subject -> System.out.printf("%-24s %s, %s%n", subject.id(), subject.peer(), subject.durability()));
            peer.unavailable().forEach(System.out::println);
        }
    }
}
