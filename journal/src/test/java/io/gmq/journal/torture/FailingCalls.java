package io.gmq.journal.torture;

import io.gmq.journal.JournalException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Lets the n-th call to the disk fail, for n = 1, 2, 3 … until a run passes untouched. The run opens a journal, works on it, closes
 * it, and does so again. Whatever fails ends in one clear line that names a file or folder, or was not needed; afterwards
 * everything that was promised is there.
 */
final class FailingCalls {
    private static final String[] REASONS = {"Input/output error", "No space left on device"};
    private static final String UNNOTICED = "nobody has noticed";
    private final Path folder;
    private final long seed;
    private final int lives;
    private final int steps;
    private final boolean isThorough;
    private final TreeMap<String, Integer> outcomes = new TreeMap<>();
    private final List<AssertionError> violations = new ArrayList<>();
    private int runs;

    /**
     * @param lives      how often the journal is opened in a run.
     * @param steps      of work each time.
     * @param isThorough whether each call fails for each reason, and not for one by turns.
     */
    FailingCalls(final Path folder, final long seed, final int lives, final int steps, final boolean isThorough) {
        this.isThorough = isThorough;
        this.folder = folder;
        this.seed = seed;
        this.lives = lives;
        this.steps = steps;
    }

    /** @throws AssertionError if a promise was broken; its message has all that is needed to repeat it. */
    String run(final int seedsMax, final long deadlineNs, final PrintStream progress) throws IOException {
        final long startNs = System.nanoTime();
        int seeds = 0;
        while (seeds < seedsMax && System.nanoTime() < deadlineNs) {
            int failing = 1;
            while (fails(seed + seeds, failing) && System.nanoTime() < deadlineNs) {
                failing++;
                if (failing % 200 == 0) {
                    progress.println("failing    seed " + (seed + seeds) + ", call " + failing);
                }
            }
            seeds++;
        }
        if (!violations.isEmpty()) {
            violations.forEach(violation -> progress.println(violation.getMessage()));
            throw new AssertionError(violations.size() + " violations, the first: " + violations.get(0).getMessage(), violations.get(0));
        }
        return "seed " + seed + ", " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNs) + " s: " + runs + " failing calls in "
            + seeds + " scenarios, " + outcomes;
    }

    /** Whether the run has had so many calls. */
    private boolean fails(final long runSeed, final int failing) throws IOException {
        boolean hasFailed = false;
        for (int i = 0; i < (isThorough ? REASONS.length : 1); i++) {
            hasFailed = fails(runSeed, failing, REASONS[(failing + i) % REASONS.length]);
        }
        return hasFailed;
    }

    private boolean fails(final long runSeed, final int failing, final String reason) throws IOException {
        final Path root = folder.resolve("failing-" + runs++);
        final SplittableRandom random = new SplittableRandom(runSeed);
        final History history = new History(random.split());
        final FailingDisk disk = new FailingDisk(failing, reason);
        try {
            final JournalWork.Style style = JournalWork.Style.any(random);
            final String outcome = live(root.resolve("data"), disk, style, history, random);
            final RecoveryCheck check = JournalWork.check(root.resolve("data"), style, history);
            require(check.last() >= history.promised(), "recovered up to " + check.last() + ", and up to " + history.promised() + " was promised");
            require(!outcome.equals(UNNOTICED) || disk.open().isEmpty(), "still open, and the process lives on: " + disk.open());
            outcomes.merge(outcome, 1, Integer::sum);
        } catch (final AssertionError | RuntimeException e) {
            violations.add(new AssertionError("seed " + runSeed + ", " + disk.failed() + " (" + reason + "), in " + root + ": " + e, e));
            return disk.failed() != null;
        }
        if (root.toFile().exists()) {
            PowerLoss.delete(root);
        }
        return disk.failed() != null;
    }

    private static void require(final boolean isRight, final String what) {
        if (!isRight) {
            throw new AssertionError(what);
        }
    }

    /** Works until something fails; says how that ended. */
    private String live(
        final Path data, final FailingDisk disk, final JournalWork.Style style, final History history, final SplittableRandom random) {
        for (int life = 0; life < lives; life++) {
            final JournalWork work;
            try {
                work = JournalWork.open(data, disk, style, history, 0, random.split());
            } catch (final JournalException e) {
                return refused("the start", e, data);
            }
            try {
                work(work, random);
            } catch (final JournalException e) {
                abandon(work);
                return refused("the work", e, data);
            } catch (final IOException e) {
                abandon(work);
                return refused("a sync", e, data);
            }
            try {
                work.close();
            } catch (final JournalException e) {
                return refused("the end", e, data);
            }
        }
        return UNNOTICED;
    }

    private void work(final JournalWork work, final SplittableRandom random) throws IOException {
        for (int i = 0; i < steps; i++) {
            final int kind = random.nextInt(10);
            if (kind < 5) {
                work.append();
            } else if (kind < 6) {
                work.sync();
            } else {
                work.keep();
            }
        }
    }

    /** Its process would be gone; what it cannot close any more does not matter, but nothing may be forced again. */
    private static void abandon(final JournalWork work) {
        try {
            work.abandon();
        } catch (final JournalException e) {
            // it has said so before
        }
    }

    private static String refused(final String what, final Exception e, final Path data) {
        final String line = String.valueOf(e.getMessage());
        require(!line.contains("\n") && line.contains(data.getFileName().toString()), "says not in one line what has failed: " + line);
        return what + " has failed";
    }
}
