package io.gmq.journal.torture;

import io.gmq.journal.chronicle.EveryDamage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The long versions of what breaks journals, one kind at a time; {@code tools/torture} calls it. */
public final class JournalTorture {
    private static final int EXIT_VIOLATION = 1;
    private static final int EXIT_USAGE = 2;

    private JournalTorture() {
    }

    /** Arguments: kind, seed, seconds, count (0 for as many as there is time for), folder. */
    public static void main(final String[] args) throws IOException {
        if (args.length != 5) {
            System.err.println("usage: KIND SEED SECONDS COUNT FOLDER");
            System.exit(EXIT_USAGE);
        }
        final long seed = Long.parseLong(args[1]);
        final int count = args[3].equals("0") ? Integer.MAX_VALUE : Integer.parseInt(args[3]);
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(args[2]));
        final Path folder = Files.createDirectories(Path.of(args[4]));
        try {
            System.out.println("RESULT " + args[0] + " " + switch (args[0]) {
                case "powerloss" -> new PowerLoss(folder, seed).run(count, deadlineNs, System.out);
                case "failing" -> new FailingCalls(folder, seed, 3, 120, true).run(count, deadlineNs, System.out);
                case "folder" -> new FolderDamage(folder, seed).run(count, deadlineNs, System.out);
                case "damage" -> EveryDamage.run(folder, seed, deadlineNs);
                default -> throw new IllegalArgumentException("no such kind: " + args[0]);
            });
        } catch (final AssertionError e) {
            System.out.println("VIOLATION " + args[0] + ": " + e.getMessage());
            e.printStackTrace();
            System.exit(EXIT_VIOLATION);
        }
        System.exit(0);
    }
}
