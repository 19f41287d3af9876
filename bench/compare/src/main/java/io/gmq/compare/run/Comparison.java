package io.gmq.compare.run;

import io.gmq.bench.report.Numbers;
import io.gmq.compare.peer.RunningServer;
import io.gmq.compare.peer.Server;
import io.gmq.compare.peer.Subject;
import io.gmq.compare.peer.SyncLoop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * All servers started once, all subjects measured in turn, round after round, each round in another order. All servers but the one that is
 * measured are stopped meanwhile.
 */
public final class Comparison implements AutoCloseable {
    /** The reference rows of one in flight: the machine itself. */
    public static final String APPEND_AND_SYNC = "machine-append";
    /** The same without the growing of the file. */
    public static final String OVERWRITE_AND_SYNC = "machine-overwrite";

    private final Plan plan;
    private final Path folder;
    private final Consumer<String> progress;
    private final Figures figures = new Figures();
    private final List<RunningServer> running = Collections.synchronizedList(new ArrayList<>());
    private final Map<Subject, RunningServer> turns = new LinkedHashMap<>();
    private final Map<String, String> versions = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();
    private volatile boolean closed;
    private long turnsNs;
    private int turnsDone;

    private static final class Loads {
        private final RawLoad raw;
        private final JavaLoad java;

        private Loads(final Plan ofGenerator, final Plan ofJava) {
            raw = new RawLoad(ofGenerator);
            java = new JavaLoad(ofJava);
        }
    }

    /**
     * @param folder   for the servers' data; each gets a folder in it.
     * @param progress gets a line for each thing that happens.
     */
    public Comparison(final Plan plan, final Path folder, final Consumer<String> progress) {
        this.plan = plan;
        this.folder = folder;
        this.progress = progress;
    }

    /** Starts a server for those of its subjects that are wanted. One that does not start is left out, and that is said. */
    public void start(final Server server, final Predicate<Subject> wanted) throws InterruptedException {
        final List<Subject> subjects = server.subjects().stream().filter(wanted).toList();
        if (subjects.isEmpty()) {
            return;
        }
        progress.accept("starting " + server.id());
        try {
            final RunningServer started = RunningServer.start(server, folder.resolve(server.id()));
            if (closed) {
                started.close();
                return;
            }
            running.add(started);
            final String version = server.version(started);
            subjects.forEach(subject -> {
                turns.put(subject, started);
                versions.put(subject.peer(), version);
            });
            started.freeze();
        } catch (final InterruptedException e) {
            throw e;
        } catch (final Exception e) {
            failed(server.id() + " does not start: " + e.getMessage());
        }
    }

    private void failed(final String what) {
        failures.add(what);
        progress.accept(what);
    }

    /** One round to warm up, then all that count. */
    public void run() throws IOException, InterruptedException {
        round(0, new Loads(plan.warmUpOfGenerator(), plan.warmUpOfJava()));
        final Loads loads = new Loads(plan, plan);
        for (int round = 1; round <= plan.rounds(); round++) {
            reference(round);
            round(round, loads);
        }
    }

    /** @param round 0 is the one to warm up, and leaves no figures. */
    private void round(final int round, final Loads loads) throws IOException, InterruptedException {
        final List<Subject> order = new ArrayList<>(turns.keySet());
        Collections.shuffle(order, new Random(round));
        for (final Subject subject : order) {
            final long began = System.nanoTime();
            progress.accept((round == 0 ? "warming up" : "round " + round + " of " + plan.rounds()) + timeLeft() + ": " + subject.peer()
                + ", " + subject.durability());
            turn(subject, round, loads);
            if (round > 0) {
                turnsNs += System.nanoTime() - began;
                turnsDone++;
            }
        }
    }

    private String timeLeft() {
        final int left = plan.rounds() * turns.size() - turnsDone;
        return turnsDone == 0 ? "" : ", " + minutes(Duration.ofNanos(turnsNs / turnsDone * left)) + " left";
    }

    private static String minutes(final Duration duration) {
        return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }

    private void turn(final Subject subject, final int round, final Loads loads) throws IOException, InterruptedException {
        final RunningServer server = turns.get(subject);
        try {
            server.thaw();
            if (subject.drivers().wire() != null) {
                add(Table.RAW, subject, round, loads.raw.throughput(subject, server));
                if (subject.drivers().oneInFlight() && loads.raw.isConfirming(subject)) {
                    add(Table.RAW_ONE_IN_FLIGHT, subject, round, loads.raw.oneInFlight(subject, server));
                }
            }
            if (subject.drivers().java() != null) {
                add(Table.JAVA, subject, round, loads.java.throughput(subject, server));
                if (subject.drivers().oneInFlight()) {
                    add(Table.JAVA_ONE_IN_FLIGHT, subject, round, loads.java.oneInFlight(subject, server));
                }
            }
        } catch (final InterruptedException e) {
            throw e;
        } catch (final Exception e) {
            failed(subject.id() + ", round " + round + ": " + e);
        }
        server.freeze();
        settleDisk();
    }

    private void add(final Table table, final Subject subject, final int round, final Map<String, Double> values) {
        if (round > 0) {
            figures.add(new Figure(table, subject.id(), round, values));
            progress.accept("    " + table.word() + ": " + words(values));
        }
    }

    private static String words(final Map<String, Double> values) {
        return Numbers.whole(values.get(Figure.RATE)) + " messages/s"
            + (values.containsKey(Figure.BROKER_CPU) ? ", broker " + Numbers.threeDigits(values.get(Figure.BROKER_CPU))
                + " CPU-s per million" : "")
            + (values.containsKey(Figure.P50)
                ? ", p50 " + Numbers.threeDigits(values.get(Figure.P50)) + " us, p99 " + Numbers.threeDigits(values.get(Figure.P99))
                    + " us" : "");
    }

    private void reference(final int round) throws IOException {
        progress.accept("round " + round + " of " + plan.rounds() + ": the disk itself");
        for (final Table table : List.of(Table.RAW_ONE_IN_FLIGHT, Table.JAVA_ONE_IN_FLIGHT)) {
            figures.add(new Figure(table, APPEND_AND_SYNC, round, Figure.of(SyncLoop.appendAndSync(folder, plan.oneInFlight().toNanos()))));
            figures.add(new Figure(table, OVERWRITE_AND_SYNC, round,
                Figure.of(SyncLoop.overwriteAndSync(folder, plan.oneInFlight().toNanos()))));
        }
    }

    /** What one has left to be written must not be written while the next is measured. */
    private static void settleDisk() throws IOException, InterruptedException {
        new ProcessBuilder("sync").inheritIO().start().waitFor();
    }

    public Figures figures() {
        return figures;
    }

    /** Those measured, in the order of their peers. */
    public List<Subject> subjects() {
        return List.copyOf(turns.keySet());
    }

    /** By peer. */
    public Map<String, String> versions() {
        return versions;
    }

    /** What has gone wrong, a sentence each. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        stop();
    }

    /** Stops all servers. Any thread. */
    public void stop() {
        closed = true;
        List.copyOf(running).parallelStream().forEach(RunningServer::close);
        running.clear();
    }
}
