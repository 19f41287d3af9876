package io.gmq.journal.torture;

import io.gmq.journal.JournalException;
import io.gmq.journal.disk.LocalDisk;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Does to the folder of a journal with snapshots what people, copies and bad disks do: files missing, renamed, doubled, emptied, cut,
 * flipped, and others' files among them. A start either has everything, or refuses and names a file or folder; never is anything
 * handed over that is wrong or out of order. Only where the end itself is gone can nobody notice.
 */
final class FolderDamage {
    private static final int STEPS = 700;
    private static final int FLIPS = 12;

    /** What a damage may lead to. */
    private enum Allowed {
        /** Everything is there, or the start is refused. */
        NO_LOSS,
        /** The end of the journal is gone, and with it what says that there was more. */
        LOST_END
    }

    private final Path folder;
    private final long seed;
    private final TreeMap<String, Integer> refused = new TreeMap<>();
    private final TreeMap<String, Integer> recovered = new TreeMap<>();
    private SplittableRandom random;
    private JournalWork.Style style;
    private History history;
    private Path original;
    private int journals;
    private int damages;

    FolderDamage(final Path folder, final long seed) {
        this.folder = folder;
        this.seed = seed;
    }

    private interface Damage {
        void apply(Path data) throws IOException;
    }

    /** @throws AssertionError if anything wrong was handed over, or something was lost without a word. */
    String run(final int journalsMax, final long deadlineNs, final PrintStream progress) throws IOException {
        final long startNs = System.nanoTime();
        while (journals < journalsMax && (journals == 0 || System.nanoTime() < deadlineNs)) {
            damageOne(seed + journals);
            journals++;
            if (journals % 10 == 0) {
                progress.println("folder     " + journals + " journals, " + damages + " damages");
            }
        }
        return "seed " + seed + ", " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNs) + " s: " + damages + " damages of "
            + journals + " journals, refused " + refused + ", recovered " + recovered;
    }

    private void damageOne(final long own) throws IOException {
        random = new SplittableRandom(own);
        history = new History(random.split());
        style = JournalWork.Style.any(random);
        original = folder.resolve("original-" + journals).resolve("data");
        try {
            write();
            final List<Path> segments = list("journal");
            final List<Path> snapshots = list("snapshots");
            segments.forEach(segment -> damageSegment(segment, segment.equals(segments.get(segments.size() - 1))));
            snapshots.forEach(this::damageSnapshot);
            foreign(segments, snapshots);
        } catch (final AssertionError e) {
            throw new AssertionError("seed " + own + ": " + e.getMessage(), e);
        }
        PowerLoss.delete(original.getParent());
    }

    private void write() throws IOException {
        final JournalWork work = JournalWork.open(original, LocalDisk.INSTANCE, style, history, 0, random.split());
        for (int i = 0; i < STEPS; i++) {
            work.append();
            work.keep();
            if (random.nextInt(10) == 0) {
                work.sync();
            }
        }
        work.close();
    }

    private List<Path> list(final String name) throws IOException {
        try (Stream<Path> entries = Files.list(original.resolve(name))) {
            return entries.filter(path -> path.getFileName().toString().matches("[0-9]{20}.*")).sorted()
                .map(path -> original.relativize(path)).toList();
        }
    }

    private static long sequence(final Path path) {
        return Long.parseLong(path.getFileName().toString().substring(0, 20));
    }

    private static Path named(final Path path, final long sequence) {
        return path.resolveSibling(String.format("%020d", sequence) + path.getFileName().toString().substring(20));
    }

    private void damageSegment(final Path segment, final boolean isLast) {
        final Allowed end = isLast ? Allowed.LOST_END : Allowed.NO_LOSS;
        final long sequence = sequence(segment);
        final Path file = segment.resolve("19700101X.cq4");
        damage("segment missing", end, data -> PowerLoss.delete(data.resolve(segment)));
        for (final long other : new long[] {sequence + 1, sequence + 1_000_000, Math.max(1, sequence - 1)}) {
            if (other != sequence) {
                damage("segment renamed", end, data -> Files.move(data.resolve(segment), data.resolve(named(segment, other))));
                damage("segment doubled", Allowed.NO_LOSS, data -> copy(data.resolve(segment), data.resolve(named(segment, other))));
            }
        }
        damage("segment without file", end, data -> Files.delete(data.resolve(file)));
        damage("segment empty", end, data -> Files.write(data.resolve(file), new byte[0]));
        damage("segment of zeros", end, data -> Files.write(data.resolve(file), new byte[(int) Files.size(data.resolve(file))]));
        damage("segment cut", end, data -> cut(data.resolve(file)));
        damage("segment with two files", Allowed.NO_LOSS, data -> Files.copy(data.resolve(file), data.resolve(segment).resolve("2X.cq4")));
        damage("segment without table", Allowed.NO_LOSS, data -> Files.delete(data.resolve(segment).resolve("metadata.cq4t")));
        for (int i = 0; i < FLIPS; i++) {
            damage("segment flipped", Allowed.NO_LOSS, data -> flip(data.resolve(file)));
        }
    }

    private void damageSnapshot(final Path snapshot) {
        final long sequence = sequence(snapshot);
        damage("snapshot missing", Allowed.NO_LOSS, data -> Files.delete(data.resolve(snapshot)));
        damage("snapshot empty", Allowed.NO_LOSS, data -> Files.write(data.resolve(snapshot), new byte[0]));
        damage("snapshot cut", Allowed.NO_LOSS, data -> cut(data.resolve(snapshot)));
        for (final long other : new long[] {sequence + 1, sequence - 1, sequence + 1_000_000}) {
            damage("snapshot renamed", Allowed.NO_LOSS, data -> Files.move(data.resolve(snapshot), data.resolve(named(snapshot, other))));
            damage("snapshot doubled", Allowed.NO_LOSS, data -> Files.copy(data.resolve(snapshot), data.resolve(named(snapshot, other))));
        }
        for (int i = 0; i < 4 * FLIPS; i++) {
            damage("snapshot flipped", Allowed.NO_LOSS, data -> flip(data.resolve(snapshot)));
        }
    }

    private void foreign(final List<Path> segments, final List<Path> snapshots) {
        for (final String place : new String[] {"notes.txt", "journal/notes.txt", "journal/0001", "snapshots/notes.txt", "snapshots/1.snapshot",
            "snapshots/new.snapshot.tmp"}) {
            damage("foreign file", Allowed.NO_LOSS, data -> Files.write(data.resolve(place), new byte[] {1, 2, 3}));
        }
        damage("foreign file", Allowed.NO_LOSS, data -> Files.write(data.resolve(segments.get(0)).resolve("notes.txt"), new byte[] {1, 2, 3}));
        for (final long sequence : new long[] {1, sequence(segments.get(0)) + 1, history.count() + 1, history.count() + 7}) {
            final Path empty = named(segments.get(0), sequence);
            if (!segments.contains(empty)) {
                damage("empty folder", Allowed.NO_LOSS, data -> Files.createDirectory(data.resolve(empty)));
            }
        }
        damage("left over", Allowed.NO_LOSS, data -> copy(data.resolve(segments.get(0)), data.resolve("journal/next")));
        if (!snapshots.isEmpty()) {
            damage("no segments", Allowed.LOST_END, data -> PowerLoss.delete(data.resolve("journal")));
        }
        damage("no snapshots", Allowed.NO_LOSS, data -> PowerLoss.delete(data.resolve("snapshots")));
    }

    private static void cut(final Path file) throws IOException {
        final byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    }

    private void flip(final Path file) throws IOException {
        final byte[] bytes = Files.readAllBytes(file);
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, bytes);
    }

    private static void copy(final Path from, final Path to) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            for (final Path path : walk.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }

    private void damage(final String what, final Allowed allowed, final Damage damage) {
        final Path place = folder.resolve("damaged");
        final Path data = place.resolve("data");
        try {
            Files.createDirectory(place);
            copy(original, data);
            damage.apply(data);
            final RecoveryCheck check = JournalWork.check(data, style, history);
            if (check.last() < history.count() && allowed == Allowed.NO_LOSS) {
                throw new AssertionError("recovered up to " + check.last() + " of " + history.count() + " without a word");
            }
            recovered.merge(what, 1, Integer::sum);
        } catch (final JournalException e) {
            if (!e.getMessage().contains(data.toString()) || e.getMessage().contains("\n")) {
                throw new AssertionError(what + ": refused without the name of a file or folder: " + e.getMessage(), e);
            }
            refused.merge(what, 1, Integer::sum);
        } catch (final IOException | RuntimeException | AssertionError e) {
            throw new AssertionError(what + ", in " + place + ": " + e, e);
        }
        damages++;
        deleteAll(place);
    }

    private static void deleteAll(final Path place) {
        try {
            PowerLoss.delete(place);
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }
}
