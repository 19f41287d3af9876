package io.gmq.bench.attack;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * Runs one attack after the other, and at last all at once, against a broker as it is started for people, while a modest client
 * measures; and compares the broker's memory with what the documentation says it is bounded by. Prints a table, and ends with 1 if a bound was
 * passed.
 */
public final class AttackBench {
    /** The bound of docs/security.md, but for the held messages. */
    static final long BOUND_BYTES = 9L << 28;

    private static final long HELD_BYTES = 256L << 20;
    private static final int BULK_COUNT = 1000;
    private static final int BULK_BYTES = 40_000;
    /** Files that the broker may have open in the attack on them. */
    private static final int FILES = 1000;
    private static final String DESCRIPTORS = "descriptors";
    private static final String ALL = "all";
    private static final double RATIO_MAX = 2;
    private static final int WARM_UP_S = 10;
    private static final int BEGIN_S = 60;
    private static final int END_S = 5;

    private final Path launcher;
    private final int cores;
    private final int seconds;
    private boolean isGood = true;

    private AttackBench(final Path launcher, final int cores, final int seconds) {
        this.launcher = launcher;
        this.cores = cores;
        this.seconds = seconds;
    }

    /**
     * @param arguments the launcher of a distribution, the machine's cores, seconds for each measurement, and the names of attacks; without
     *                  names, all.
     */
    public static void main(final String[] arguments) throws IOException, InterruptedException {
        final AttackBench bench = new AttackBench(Path.of(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        final List<String> wanted = List.of(arguments).subList(3, arguments.length);
        System.exit(bench.run(wanted) ? 0 : 1);
    }

    private boolean run(final List<String> wanted) throws IOException, InterruptedException {
        System.out.printf(Locale.ROOT, "%-12s %12s %12s %8s %12s %12s  %s%n", "attack", "p99 before", "p99 during", "ratio", "as it begins", "memory",
            "what it does");
        final Path folder = Files.createTempDirectory("gmq-attack");
        try {
            try (AttackedBroker broker = start(folder.resolve("many"), 0); ModestClient client = warm(broker)) {
                for (final Attack attack : Attacks.ALL) {
                    if (wanted.isEmpty() || wanted.contains(attack.name())) {
                        row(attack.name(), attack.what(), broker, client, List.of(attack.name()));
                    }
                }
                if (wanted.isEmpty() || wanted.contains(ALL)) {
                    row(ALL, "all of them at once", broker, client, Attacks.ALL.stream().map(Attack::name).toList());
                }
            }
            if (wanted.isEmpty() || wanted.contains(DESCRIPTORS)) {
                try (AttackedBroker broker = start(folder.resolve("few"), FILES); ModestClient client = warm(broker)) {
                    row(DESCRIPTORS, "as flood; the broker may have " + FILES + " files open", broker, client, List.of("flood"));
                }
            }
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        return isGood;
    }

    private AttackedBroker start(final Path folder, final int filesMax) throws IOException {
        return new AttackedBroker(launcher, cores, Files.createDirectory(folder), List.of("queue.max_held_bytes=" + HELD_BYTES), filesMax);
    }

    private static ModestClient warm(final AttackedBroker broker) throws IOException {
        final ModestClient client = new ModestClient(broker.address());
        client.fill(Attacks.BULK, BULK_COUNT, BULK_BYTES);
        client.work(WARM_UP_S);
        return client;
    }

    private void row(final String name, final String what, final AttackedBroker broker, final ModestClient client, final List<String> attacks)
        throws IOException, InterruptedException {
        final Histogram before = client.work(seconds);
        broker.takeResidentMax();
        final Histogram beginning;
        final Histogram during;
        final List<Process> attackers = new ArrayList<>();
        try {
            for (final String attack : attacks) {
                attackers.add(start(attack, broker.address()));
            }
            beginning = untilBegun(attackers, client);
            during = client.work(seconds);
            for (final Process attacker : attackers) {
                if (!attacker.isAlive()) {
                    throw new IOException("an attacker has ended by itself, with exit code " + attacker.exitValue());
                }
            }
        } finally {
            for (final Process attacker : attackers) {
                attacker.getOutputStream().close();
            }
            for (final Process attacker : attackers) {
                if (!attacker.waitFor(END_S, TimeUnit.SECONDS)) {
                    attacker.destroyForcibly().waitFor();
                }
            }
        }
        final long resident = broker.takeResidentMax();
        final double ratio = (double) during.getValueAtPercentile(99) / before.getValueAtPercentile(99);
        final boolean isAtOnce = name.equals(ALL);
        final boolean isBounded = resident < BOUND_BYTES + HELD_BYTES / 8 * 9;
        isGood &= isBounded && (isAtOnce || ratio <= RATIO_MAX);
        System.out.printf(Locale.ROOT, "%-12s %9.0f us %9.0f us %8.2f %9.0f us %8d MiB  %s%s%n", name, before.getValueAtPercentile(99) / 1e3,
            during.getValueAtPercentile(99) / 1e3, ratio, beginning.getValueAtPercentile(99) / 1e3, resident >> 20, what,
            (isAtOnce || ratio <= RATIO_MAX ? "" : "  (more than twice)") + (isBounded ? "" : "  (more memory than documented)"));
        client.work(2); // until what is left of it is gone
    }

    /** The client works until all attackers are in full swing, and a second longer. */
    private static Histogram untilBegun(final List<Process> attackers, final ModestClient client) throws IOException {
        final Histogram beginning = new Histogram(TimeUnit.HOURS.toNanos(1), 3);
        final List<CompletableFuture<String>> said = attackers.stream()
            .map(attacker -> CompletableFuture.supplyAsync(() -> attacker.inputReader(StandardCharsets.UTF_8).lines().findFirst().orElse("nothing")))
            .toList();
        for (int s = 0; !said.stream().allMatch(CompletableFuture::isDone); s++) {
            if (s == BEGIN_S) {
                throw new IOException("an attack has not begun after " + BEGIN_S + " s");
            }
            beginning.add(client.work(1));
        }
        for (final CompletableFuture<String> line : said) {
            if (!line.join().equals(Attacker.BEGUN)) {
                throw new IOException("an attacker has ended before it began");
            }
        }
        beginning.add(client.work(1));
        return beginning;
    }

    /**
     * In a process of its own, which the system lets work only while the others have nothing to do, and interrupts at once: an attacker usually
     * has a machine of its own.
     */
    private static Process start(final String attack, final InetSocketAddress address) throws IOException {
        return new ProcessBuilder("chrt", "--idle", "0", Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
            "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Attacker.class.getName(), attack,
            address.getAddress().getHostAddress(), Integer.toString(address.getPort())).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
