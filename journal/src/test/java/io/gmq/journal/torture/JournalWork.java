package io.gmq.journal.torture;

import io.gmq.engine.ring.Checkpoint;
import io.gmq.journal.JournalSettings;
import io.gmq.journal.Keep;
import io.gmq.journal.RecoveryProgress;
import io.gmq.journal.chronicle.ChronicleJournal;
import io.gmq.journal.disk.Disk;
import io.gmq.journal.disk.LocalDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Works with one journal as a broker does: appends, commits, checkpoints; syncs; and runs its keeper. Each of the three is one
 * thread's, or all are the same one's.
 */
final class JournalWork {
    private static final int RECORD_BYTES_MAX = 1024;

    private final ChronicleJournal journal;
    private final History history;
    private final SplittableRandom random;
    private volatile int committed;
    private Checkpoint checkpoint;
    private long checkpointDigest;
    private int told;

    private JournalWork(final ChronicleJournal journal, final History history, final SplittableRandom random) {
        this.journal = journal;
        this.history = history;
        this.random = random;
        committed = history.count();
    }

    /**
     * How a journal is set.
     *
     * @param digestEvery records between two checkpoints.
     */
    record Style(Keep keep, long digestEvery) {
        private static final List<Keep> KEEPS = List.of(Keep.NONE, Keep.NONE, Keep.ALL, Keep.bytes(300_000));

        static Style any(final SplittableRandom random) {
            return new Style(KEEPS.get(random.nextInt(KEEPS.size())), random.nextBoolean() ? JournalSettings.DIGEST_EVERY_DEFAULT : 100);
        }

        private JournalSettings settings(final Path data, final Disk disk) {
            return new JournalSettings(data, JournalSettings.SEGMENT_BYTES_MIN, RECORD_BYTES_MAX).with(keep, digestEvery).withDisk(disk);
        }
    }

    /**
     * Opens a journal and compares it with the history, which then goes on from there.
     *
     * @param written up to here all must be there, promised or not, for nothing was lost since but the process.
     */
    static JournalWork open(
        final Path data, final Disk disk, final Style style, final History history, final int written, final SplittableRandom random) {
        final RecoveryCheck check = new RecoveryCheck(history);
        final ChronicleJournal journal = ChronicleJournal.open(style.settings(data, disk), check, RecoveryProgress.NONE);
        if (check.last() < Math.max(history.promised(), written)) {
            throw new AssertionError("recovered up to " + check.last() + ", and " + history.promised() + " was promised, " + written + " written");
        }
        history.truncate((int) check.last());
        return new JournalWork(journal, history, random);
    }

    /** Opens a journal, compares it with the history, and closes it; returns its last record. */
    static RecoveryCheck check(final Path data, final Style style, final History history) {
        final RecoveryCheck check = new RecoveryCheck(history);
        ChronicleJournal.open(style.settings(data, LocalDisk.INSTANCE), check, RecoveryProgress.NONE).close();
        return check;
    }

    /** The committing thread's: some records, and what belongs to a checkpoint. */
    void append() {
        if (!journal.hasRoom()) {
            return;
        }
        if (checkpoint == null && journal.isCheckpointDue()) {
            beginCheckpoint();
        } else {
            for (int left = random.nextInt(8); left >= 0; left--) {
                record();
            }
        }
        journal.commit();
        committed = history.count();
        tell();
    }

    private void record() {
        final UnsafeBuffer record = history.next();
        journal.append(record, 0, record.capacity());
    }

    private void beginCheckpoint() {
        record();
        checkpoint = journal.beginCheckpoint();
        journal.markCheckpoint();
        checkpointDigest = history.digest(history.count());
        told = 0;
    }

    private void tell() {
        if (checkpoint != null) {
            if (checkpoint.isAbandoned()) {
                checkpoint = null;
                return;
            }
            for (int left = random.nextInt(20); left > 0 && told < History.entries(checkpointDigest) && checkpoint.hasRoom(); left--) {
                History.tell(checkpointDigest, told++, checkpoint);
            }
            if (told == History.entries(checkpointDigest)) {
                checkpoint.complete(checkpointDigest);
                checkpoint = null;
            }
        }
    }

    /** The syncing thread's. */
    void sync() throws IOException {
        final int covered = committed;
        journal.sync();
        history.promise(covered);
    }

    /** The keeper's thread's. */
    void keep() throws IOException {
        try {
            journal.keeper().doWork();
        } catch (final IOException | RuntimeException e) {
            throw e;
        } catch (final Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Its process is killed. What is closed here the system would have closed; returns the last record that was committed. */
    int abandon() {
        journal.close();
        return committed;
    }

    /** A clean end: all that was committed is on disk then. */
    void close() {
        journal.close();
        history.promise(committed);
    }
}
