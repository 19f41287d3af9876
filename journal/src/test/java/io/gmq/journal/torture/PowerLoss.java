package io.gmq.journal.torture;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Takes away the power at any moment while a journal is opened, written, synced, rolled, checkpointed, cleaned up and closed, and
 * opens it again from what the disk could then hold ({@link PageCacheDisk}). Every record up to the last sync that had returned is
 * there, unchanged and in order; no other record than those that were appended; and no start is refused. From one of the images
 * the work goes on, in which the power is lost again.
 */
final class PowerLoss {
    private static final String DATA = "data";
    private static final int GENERATIONS = 4;
    private static final int STEPS_MAX = 250;
    private static final int IMAGE_ONE_IN = 40;

    private final Path folder;
    private final long seed;
    private final List<AssertionError> violations = new ArrayList<>();
    private PageCacheDisk disk;
    private JournalWork.Style style;
    private SplittableRandom chance;
    private History history;
    private volatile boolean isOver;
    private int rounds;
    private int images;
    private long records;
    private int fromSnapshot;
    private int folders;
    private Survivor survivor;

    /** The image from which the next generation goes on, and what was known when it was made. */
    private record Survivor(Path root, int count, int promised) {
    }

    PowerLoss(final Path folder, final long seed) {
        this.folder = folder;
        this.seed = seed;
    }

    /** @throws AssertionError if a promise was broken; its message has all that is needed to repeat it. */
    String run(final int imagesMax, final long deadlineNs, final PrintStream progress) throws IOException {
        final long startNs = System.nanoTime();
        while (images < imagesMax && System.nanoTime() < deadlineNs) {
            round(seed + rounds);
            rounds++;
            if (rounds % 10 == 0) {
                progress.println("powerloss  " + figures(startNs));
            }
        }
        return figures(startNs);
    }

    private String figures(final long startNs) {
        return "seed " + seed + ", " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNs) + " s: " + images + " images of "
            + rounds + " journals recovered, " + fromSnapshot + " of them from a snapshot, " + records + " records compared";
    }

    private void round(final long roundSeed) throws IOException {
        final SplittableRandom random = new SplittableRandom(roundSeed);
        chance = random.split();
        history = new History(random.split());
        style = JournalWork.Style.any(random);
        Path root = Files.createDirectory(nextFolder());
        for (int generation = 0; generation < GENERATIONS && root != null; generation++) {
            survivor = null;
            isOver = false;
            try {
                generation(root, random);
            } catch (final AssertionError | RuntimeException e) {
                violations.add(0, new AssertionError(e.toString(), e));
            }
            if (!violations.isEmpty()) {
                final AssertionError first = violations.get(0);
                throw new AssertionError("seed " + roundSeed + ", generation " + generation + " in " + root + ": " + first.getMessage(), first);
            }
            root = survivor == null ? null : survivor.root;
            if (survivor != null) {
                history.reset(survivor.count, survivor.promised);
            }
        }
        if (root != null) {
            delete(root);
        }
    }

    private Path nextFolder() {
        return folder.resolve("image-" + folders++);
    }

    /** Some lives of a process, one after the other, until the power has gone. */
    private void generation(final Path root, final SplittableRandom random) throws IOException {
        disk = new PageCacheDisk(root, random.split(), this::look);
        Path place = root;
        int written = 0;
        for (int lives = 1 + random.nextInt(3); lives > 0; lives--) {
            final JournalWork work = JournalWork.open(place.resolve(DATA), disk, style, history, written, random.split());
            final int steps = random.nextInt(STEPS_MAX);
            if (random.nextBoolean()) {
                takeTurns(work, steps, random);
            } else {
                runTogether(work, steps, random.split());
            }
            if (lives > 1 && random.nextInt(3) > 0) {
                final Path before = place;
                place = nextFolder();
                disk = disk.killed(place);
                written = work.abandon();
                delete(before);
            } else {
                isOver = lives == 1 && random.nextBoolean(); // nobody sees the rest
                work.close();
            }
        }
        delete(place);
    }

    /** All on one thread, in an order that the seed decides. */
    private static void takeTurns(final JournalWork work, final int steps, final SplittableRandom random) throws IOException {
        for (int i = 0; i < steps; i++) {
            final int kind = random.nextInt(10);
            if (kind < 5) {
                work.append();
            } else if (kind < 7) {
                work.sync();
            } else {
                work.keep();
            }
        }
    }

    /** Each on a thread of its own, as in a broker. */
    private void runTogether(final JournalWork work, final int steps, final SplittableRandom random) {
        final AtomicBoolean isDone = new AtomicBoolean();
        final CompletableFuture<Void> syncing = CompletableFuture.runAsync(() -> repeat(isDone, work::sync));
        final CompletableFuture<Void> keeping = CompletableFuture.runAsync(() -> repeat(isDone, work::keep));
        try {
            for (int i = 0; i < steps && !syncing.isDone() && !keeping.isDone(); i++) {
                work.append();
                if (random.nextInt(4) == 0) {
                    Thread.onSpinWait();
                }
            }
        } finally {
            isDone.set(true);
            syncing.join();
            keeping.join();
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void repeat(final AtomicBoolean isDone, final Work work) {
        while (!isDone.get()) {
            try {
                work.run();
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
            Thread.yield();
        }
    }

    /** The power may be lost now: makes an image of it, and recovers that. */
    private void look(final String what) throws IOException {
        if (isOver || !violations.isEmpty() || chance.nextInt(IMAGE_ONE_IN) > 0) {
            return;
        }
        final int count = history.count();
        final int promised = history.promised();
        final Path image = nextFolder();
        disk.image(image, chance);
        final Path copy = folder.resolve("checked");
        copy(image, copy);
        try {
            final RecoveryCheck check = JournalWork.check(copy.resolve(DATA), style, history);
            if (check.last() < promised) {
                throw new AssertionError("recovered up to " + check.last() + ", and up to " + promised + " was promised");
            }
            images++;
            records += check.last() - check.base();
            fromSnapshot += check.base() > 0 ? 1 : 0;
        } catch (final AssertionError | RuntimeException e) {
            violations.add(new AssertionError(what + ", image in " + image + ", " + promised + " of " + count + " promised: " + e, e));
            return;
        }
        delete(copy);
        if (survivor == null || chance.nextInt(3) == 0) {
            if (survivor != null) {
                delete(survivor.root);
            }
            survivor = new Survivor(image, count, promised);
        } else {
            delete(image);
        }
    }

    private static void copy(final Path from, final Path to) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            for (final Path path : walk.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }

    static void delete(final Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            for (final Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
