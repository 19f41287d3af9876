package io.gmq.broker.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The long versions of what breaks broker processes, one kind at a time; {@code tools/torture} calls it. */
public final class Torture {
    private static final int EXIT_VIOLATION = 1;
    private static final int EXIT_USAGE = 2;
    private static final int PAUSE_MS_MAX = 4000;

    private Torture() {
    }

    /** Arguments: kind, seed, seconds, count (0 for as many as there is time for), folder. */
    public static void main(final String[] args) throws IOException {
        if (args.length != 5) {
            System.err.println("usage: KIND SEED SECONDS COUNT FOLDER");
            System.exit(EXIT_USAGE);
        }
        final long seed = Long.parseLong(args[1]);
        final long count = Long.parseLong(args[3]);
        final Budget budget = Budget.of(count == 0 ? Long.MAX_VALUE : count, Long.parseLong(args[2]));
        final Path folder = Files.createDirectories(Path.of(args[4]));
        try {
            System.out.println("RESULT " + run(args[0].toLowerCase(Locale.ROOT), seed, budget, folder));
        } catch (final AssertionError e) {
            System.out.println("VIOLATION " + args[0] + ": " + e.getMessage());
            e.printStackTrace();
            System.exit(EXIT_VIOLATION);
        }
        System.exit(0);
    }

    private static Outcome run(final String kind, final long seed, final Budget budget, final Path folder) throws IOException {
        return switch (kind) {
            case "kills" -> new Kills(folder, seed).run(budget, System.out);
            case "points" -> new Points(folder, seed).run(budget, System.out);
            case "database" -> DatabaseFaults.run(folder, seed, budget, System.out);
            case "disk" -> FullDisk.run(folder, seed, budget, System.out);
            case "threads" -> new DeadThreads(folder, seed).run(budget, System.out);
            case "pauses" -> new Pauses(folder, seed, PAUSE_MS_MAX).run(budget, System.out);
            default -> throw new IllegalArgumentException("no such kind: " + kind);
        };
    }
}
