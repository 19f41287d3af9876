package io.gmq.journal.chronicle;

import io.gmq.journal.JournalException;
import io.gmq.journal.JournalSettings;
import io.gmq.journal.RecoveryHandler;
import io.gmq.journal.RecoveryProgress;
import io.gmq.journal.chronicle.JournalFixture.Frame;
import io.gmq.journal.snapshot.Snapshots;
import io.gmq.journal.torture.MemoryDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Damages a small journal in every place there is, one at a time, and reads it: what is handed over is right, as far as it goes,
 * and what is missing is either said, with file and offset, or nobody was told of it. Public for the long versions.
 */
public final class EveryDamage {
    private static final int RECORDS = 200;
    private static final int RECORD_BYTES_MAX = 8;
    private static final int PER_BATCH = 6;
    private static final int RESERVED = 40 << 10;

    private final Path data;
    private final MemoryDisk whole;
    private final Path file;
    private final List<Frame> frames;
    /** Records that a sync had covered. */
    private final int synced;
    private final boolean isClosed;

    private EveryDamage(final Path data, final int synced, final boolean isClosed) throws IOException {
        this.data = data;
        this.isClosed = isClosed;
        this.synced = synced;
        whole = MemoryDisk.of(data);
        final List<Path> segments = JournalFixture.segments(data);
        if (segments.size() != 1) {
            throw new AssertionError(segments.size() + " segments, expected one");
        }
        file = JournalFixture.file(segments.get(0));
        frames = JournalFixture.frames(file);
        // What is reserved behind the records is zeros, and a few of them are as good as many.
        final byte[] bytes = whole.bytes(file);
        whole.put(file, Arrays.copyOf(bytes, Math.min(bytes.length, frames.get(frames.size() - 1).end() + RESERVED)));
    }

    /** A journal as a process leaves it that stops cleanly: the last thing it says is that all is on disk. */
    public static EveryDamage closed(final Path folder, final long seed) throws IOException {
        final Path data = folder.resolve("closed");
        try (ChronicleJournal journal = JournalFixture.open(settings(data), new Checker())) {
            append(journal, seed, false);
        }
        return new EveryDamage(data.toRealPath(), RECORDS, true);
    }

    /** A journal as a process leaves it that is killed: with syncs now and then, or with none. */
    public static EveryDamage killed(final Path folder, final long seed, final boolean hasSyncs) throws IOException {
        final Path data = folder.resolve(hasSyncs ? "killed" : "unsynced");
        final Path running = Files.createDirectories(folder).resolve(hasSyncs ? "running" : "going");
        final int synced;
        try (ChronicleJournal journal = JournalFixture.open(settings(running), new Checker())) {
            synced = append(journal, seed, hasSyncs);
            JournalFixture.copy(running, data);
        }
        return new EveryDamage(data.toRealPath(), synced, false);
    }

    /** The long version: every bit, and one journal after the other. */
    public static String run(final Path folder, final long seed, final long deadlineNs) throws IOException {
        final long startNs = System.nanoTime();
        int journals = 0;
        String last = "";
        while (journals == 0 || System.nanoTime() < deadlineNs) {
            final Path place = Files.createDirectory(folder.resolve("damage-" + journals));
            final long own = seed + journals++;
            try {
                last = closed(place, own).flipEveryBit(1) + "; " + killed(place, own, true).flipEveryBit(1) + "; "
                    + killed(place.resolve("torn"), own, false).tearAtEveryByte(own);
            } catch (final AssertionError e) {
                throw new AssertionError("seed " + own + ": " + e.getMessage(), e);
            }
        }
        return "seed " + seed + ", " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNs) + " s: " + journals
            + " journals in all damaged forms, the last: " + last;
    }

    private static JournalSettings settings(final Path data) {
        return new JournalSettings(data, JournalSettings.SEGMENT_BYTES_MIN, RECORD_BYTES_MAX);
    }

    private static int append(final ChronicleJournal journal, final long seed, final boolean hasSyncs) throws IOException {
        final SplittableRandom random = new SplittableRandom(seed);
        int synced = 0;
        for (int sequence = 1; sequence <= RECORDS; sequence++) {
            final UnsafeBuffer record = record(sequence);
            journal.append(record, 0, record.capacity());
            if (random.nextInt(PER_BATCH) == 0) {
                journal.commit();
                if (hasSyncs && random.nextInt(3) == 0) {
                    journal.sync();
                    synced = sequence;
                }
            }
        }
        journal.commit();
        return synced;
    }

    private static UnsafeBuffer record(final long sequence) {
        final SplittableRandom random = new SplittableRandom(sequence);
        final byte[] bytes = new byte[1 + random.nextInt(RECORD_BYTES_MAX)];
        random.nextBytes(bytes);
        bytes[bytes.length - 1] |= 1; // zeros in its place are something else
        return new UnsafeBuffer(bytes);
    }

    /**
     * Flips every bit of the records, one at a time, and of what Chronicle has put around them; returns what was done.
     *
     * @param step of Chronicle's bits only every so many.
     */
    public String flipEveryBit(final int step) {
        int flips = 0;
        int refused = 0;
        int torn = 0;
        final int end = frames.get(frames.size() - 1).end();
        for (int bit = 0; bit < end * 8; bit++) {
            final boolean isInRecords = isInRecords(bit / 8);
            if (!isInRecords && bit % step != 0) {
                continue;
            }
            final byte[] bytes = whole.bytes(file).clone();
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            final long last = read(bytes, "bit " + bit);
            if (isInRecords && last == RECORDS) {
                throw new AssertionError("bit " + bit + ", in a batch of records, was flipped, and nothing was said");
            }
            if (isClosed && last >= 0 && last < RECORDS) {
                throw new AssertionError("bit " + bit + " was flipped, and records from " + (last + 1) + " on were dropped without a refusal");
            }
            flips += isInRecords ? 1 : 0;
            refused += last < 0 ? 1 : 0;
            torn += last >= 0 && last < RECORDS ? 1 : 0;
        }
        return flips + " bits of " + RECORDS + " records flipped, " + refused + " refused, " + torn + " dropped as a torn end";
    }

    /** Whether a byte is in a batch or in the header of its excerpt. */
    private boolean isInRecords(final int offset) {
        return frames.stream().anyMatch(frame -> offset >= frame.offset() - 4 && offset < frame.end());
    }

    /**
     * Cuts the file, fills it with zeros and with random bytes, from every byte on; what is left is exactly the batches before, where
     * nothing of what is lost was synced.
     */
    public String tearAtEveryByte(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final int end = frames.get(frames.size() - 1).end();
        int tears = 0;
        for (int offset = frames.get(0).offset() - 4; offset <= end; offset++) {
            final int at = offset;
            final long expected = frames.stream().filter(frame -> frame.end() <= at).mapToLong(this::lastSequence).max().orElse(0);
            final byte[] bytes = whole.bytes(file);
            final byte[] zeros = bytes.clone();
            Arrays.fill(zeros, at, bytes.length, (byte) 0);
            final byte[] garbage = bytes.clone();
            for (int i = at; i < garbage.length; i++) {
                garbage[i] = (byte) random.nextInt();
            }
            requireLast(expected, Arrays.copyOf(bytes, at), "cut at " + at);
            requireLast(expected, zeros, "zeros from " + at);
            requireLast(expected, garbage, "garbage from " + at);
            tears += 3;
        }
        return tears + " torn ends";
    }

    private long lastSequence(final Frame frame) {
        final int next = frames.indexOf(frame) + 1;
        return next == frames.size() ? RECORDS : frames.get(next).firstSequence() - 1;
    }

    private void requireLast(final long expected, final byte[] bytes, final String what) {
        final long last = read(bytes, what);
        if (last != expected) {
            throw new AssertionError(what + ": " + (last < 0 ? "refused" : "recovered up to " + last) + ", expected " + expected);
        }
    }

    /** What a start makes of the file with these bytes: the last record, or -1 where it refuses to start. */
    private long read(final byte[] bytes, final String what) {
        final MemoryDisk disk = whole.copy();
        disk.put(file, bytes);
        final Checker checker = new Checker();
        try {
            Recovery.run(disk, data.resolve("journal"), new Snapshots(disk, data.resolve("snapshots")), checker, RecoveryProgress.NONE);
        } catch (final JournalException e) {
            if (!e.getMessage().contains(file + " at offset ")) {
                throw new AssertionError(what + ": refused without file and offset: " + e.getMessage(), e);
            }
            return -1;
        } catch (final RuntimeException | AssertionError e) {
            throw new AssertionError(what + ": " + e, e);
        }
        final boolean isCut = bytes.length < whole.bytes(file).length;
        if (checker.last < synced && !isCut && isVouchedFor(bytes, checker.last)) {
            throw new AssertionError(what + ": recovered up to " + checker.last + ", and " + synced + " were on disk");
        }
        return checker.last;
    }

    /** Whether a batch behind this sequence is as it was: only then can anybody know that something is missing. */
    private boolean isVouchedFor(final byte[] bytes, final long last) {
        final byte[] before = whole.bytes(file);
        return frames.stream().anyMatch(frame -> frame.firstSequence() > last + 1 && frame.firstSequence() > synced
            && Arrays.equals(bytes, frame.offset(), frame.end(), before, frame.offset(), frame.end()));
    }

    /** Fails on a record that is not what was appended. */
    private static final class Checker implements RecoveryHandler {
        private long last;

        @Override
        public void onRecord(final long sequence, final DirectBuffer buffer, final int offset, final int length) {
            if (sequence != last + 1 || !record(sequence).equals(new UnsafeBuffer(buffer, offset, length))) {
                throw new AssertionError("record " + sequence + " after " + last + " is not what was appended");
            }
            last = sequence;
        }
    }
}
