package io.gmq.broker.history;

import io.gmq.broker.Replayer;
import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.DigestCommand;
import io.gmq.engine.api.StateMachine;
import io.gmq.engine.core.Engine;
import io.gmq.journal.RecoveryHandler;
import io.gmq.journal.RecoveryProgress;
import io.gmq.journal.chronicle.JournalFault;
import io.gmq.journal.chronicle.JournalFiles;
import io.gmq.journal.chronicle.RecordCursor;
import io.gmq.journal.snapshot.SnapshotCheck;
import io.gmq.journal.snapshot.SnapshotInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Checks all that can be checked about a journal: every checksum; that no record is missing; that the state, replayed, hashes to what the
 * broker has recorded along the way and to what each snapshot says; and that a snapshot, restored, does so too. Used once, by one thread.
 *
 * <p>Where records are missing it goes on with checksums, and with states from the next whole snapshot on.
 */
public final class Verification {
    private static final long NONE = -1;

    private final JournalFiles files;
    private final RecoveryProgress progress;
    private final List<Finding> findings = new ArrayList<>();
    private final Deque<SnapshotInfo> snapshots = new ArrayDeque<>();
    /** With the state after the last record; {@code null} while that is not known. */
    private StateMachine engine;
    private RecordCursor cursor;
    private Replayer replayer;
    private long stateSequence;
    private long checkpointSequence = NONE;
    private long checkpointDigest;
    private long records;
    private long recordBytes;
    private long firstSequence = NONE;
    private long lastSequence;
    private int digestsRight;
    private int snapshotsRight;
    private int snapshotsCompared;
    /** Of all that is to be read: segments once, snapshots twice. */
    private long bytesTotal;
    private long snapshotBytes;

    /** @param progress hears how far it has come. */
    public Verification(final JournalFiles files, final RecoveryProgress progress) {
        this.files = files;
        this.progress = progress;
    }

    /**
     * Something that is not as it should be.
     *
     * @param file   that holds it.
     * @param offset in bytes; -1 where it has no place.
     * @param what   in one line, with file and offset.
     */
    public record Finding(Path file, long offset, String what) {
    }

    /**
     * What was checked.
     *
     * @param firstSequence     of the first record; -1 where there is none.
     * @param lastSequence      of the last one.
     * @param digestsRight      recorded digests that the replayed state has.
     * @param snapshotsRight    snapshots that are whole and hold the state that they claim.
     * @param snapshotsCompared those among them whose state is also the replayed one.
     * @param stateSequence     up to where the state is known; -1 if it is not.
     * @param digest            of that state.
     * @param tornTail          what is skipped at the end, for people; empty where there is nothing.
     */
    public record Result(
        long records, long recordBytes, long firstSequence, long lastSequence, int digestsRight, int snapshotsRight,
        int snapshotsCompared, long stateSequence, long digest, long messages, String tornTail, List<Finding> findings) {
        /** Whether all is right. */
        public boolean isRight() {
            return findings.isEmpty();
        }
    }

    public Result run() {
        final String tornTail;
        try (RecordCursor its = files.records(0, new Records())) {
            cursor = its;
            bytesTotal = its.bytesTotal();
            checkSnapshots();
            begin();
            while (cursor.next() || cursor.fault().isPresent()) {
                cursor.fault().ifPresent(fault -> {
                    miss(fault);
                    cursor.skipFault();
                });
                report(0);
            }
            tornTail = cursor.tornTail().map(Object::toString).orElse("");
        }
        while (!snapshots.isEmpty()) {
            // Of states beyond the last record, or in a gap.
            adopt(snapshots.remove());
        }
        final boolean isKnown = engine != null && stateSequence >= lastSequence;
        if (!isKnown && records > 0) {
            findings.add(new Finding(files.data(), NONE, "the state after the last record cannot be known: no whole snapshot and unbroken row of "
                + "records leads there; 'gmq journal repair' copies what leads furthest"));
        }
        return new Result(records, recordBytes, firstSequence, lastSequence, digestsRight, snapshotsRight, snapshotsCompared,
            isKnown ? stateSequence : NONE, isKnown ? engine.digest() : 0, isKnown ? engine.messages() : 0, tornTail, findings);
    }

    private void begin() {
        if (files.firstSequence() == JournalFiles.FIRST_SEQUENCE) {
            take(new Engine(), 0);
        } else {
            // States are known from a snapshot on; the one that covers the most of what was deleted is the first to be met.
            while (!snapshots.isEmpty() && snapshots.peek().sequence() < files.firstSequence()) {
                adopt(snapshots.remove());
            }
        }
    }

    /** Reads each snapshot and restores it, so that a fault is found wherever it is. */
    private void checkSnapshots() {
        final List<Path> all;
        try {
            all = files.snapshots().list();
        } catch (final IOException e) {
            findings.add(new Finding(files.data(), NONE, "cannot list the snapshots in " + files.data() + ": " + e.getMessage()));
            return;
        }
        all.forEach(file -> bytesTotal += 2 * file.toFile().length());
        for (final Path file : all) {
            final SnapshotCheck check = files.snapshots().check(file, this::report);
            snapshotBytes += file.toFile().length();
            check.fault().ifPresent(fault -> findings.add(new Finding(fault.file(), fault.offset(), "snapshot " + fault)));
            check.info().ifPresent(snapshots::add);
        }
    }

    /** @param bytes read of the snapshot at hand. */
    private void report(final long bytes) {
        progress.onProgress(records, snapshotBytes + bytes + cursor.bytes(), bytesTotal);
    }

    private StateMachine restore(final SnapshotInfo info) {
        final StateMachine restored = new Engine();
        final Replayer its = new Replayer(restored);
        files.snapshots().read(info, its::onEntry, this::report);
        snapshotBytes += info.bytes();
        its.onSnapshot(info.sequence(), info.digest());
        final long digest = restored.digest();
        if (digest != info.digest()) {
            findings.add(new Finding(info.file(), NONE, "snapshot " + info.file() + " says that its state hashes to " + hex(info.digest())
                + ", restored it hashes to " + hex(digest)));
            return null;
        }
        snapshotsRight++;
        return restored;
    }

    /** A snapshot's state becomes the known one, unless what is known goes further. */
    private void adopt(final SnapshotInfo info) {
        final StateMachine restored = restore(info);
        if (restored != null && (engine == null || stateSequence < info.sequence())) {
            take(restored, info.sequence());
        }
    }

    private void take(final StateMachine its, final long sequence) {
        engine = its;
        replayer = new Replayer(its);
        stateSequence = sequence;
        checkpointSequence = NONE;
    }

    private void miss(final JournalFault fault) {
        findings.add(new Finding(fault.file(), fault.offset(), fault.what()));
        if (engine != null && stateSequence < fault.sequence()) {
            engine = null;
        }
    }

    private void onRecord(final long sequence, final DirectBuffer buffer, final int offset, final int length) {
        records++;
        recordBytes += length;
        firstSequence = firstSequence == NONE ? sequence : firstSequence;
        lastSequence = sequence;
        while (!snapshots.isEmpty() && snapshots.peek().sequence() < sequence) {
            adopt(snapshots.remove()); // its own record is missing
        }
        if (engine != null && sequence > stateSequence + 1) {
            engine = null;
        }
        if (engine != null && sequence == stateSequence + 1) {
            replayer.onRecord(sequence, buffer, offset, length);
            stateSequence = sequence;
            compare(sequence, buffer, offset);
        }
        if (!snapshots.isEmpty() && snapshots.peek().sequence() == sequence) {
            meet(snapshots.remove());
        }
    }

    private void compare(final long sequence, final DirectBuffer buffer, final int offset) {
        final CommandType type = CommandHeader.type(buffer, offset);
        if (type == CommandType.CHECKPOINT) {
            checkpointSequence = sequence;
            checkpointDigest = engine.digest();
        } else if (type == CommandType.DIGEST && checkpointSequence != NONE) {
            final long recorded = DigestCommand.digest(buffer, offset);
            if (recorded == checkpointDigest) {
                digestsRight++;
            } else {
                findings.add(new Finding(cursor.path(), cursor.position(), "record " + sequence + " in " + cursor.path()
                    + ", batch at offset " + cursor.position() + ", says that the state at " + checkpointSequence
                    + " hashed to " + hex(recorded) + ", replayed it hashes to " + hex(checkpointDigest)));
            }
            checkpointSequence = NONE;
        }
    }

    /** A snapshot of the state after the present record. */
    private void meet(final SnapshotInfo info) {
        if (engine == null || stateSequence != info.sequence()) {
            adopt(info);
            return;
        }
        final long digest = checkpointSequence == info.sequence() ? checkpointDigest : engine.digest();
        if (restore(info) == null) {
            return;
        }
        if (digest == info.digest()) {
            snapshotsCompared++;
        } else {
            findings.add(new Finding(info.file(), NONE, "snapshot " + info.file() + " holds a state that hashes to " + hex(info.digest())
                + ", replayed it hashes to " + hex(digest)));
        }
    }

    /** A digest as it is printed everywhere. */
    public static String hex(final long digest) {
        final String digits = Long.toHexString(digest);
        return "0".repeat(Long.BYTES * 2 - digits.length()) + digits;
    }

    /** Hears the records. */
    private final class Records implements RecoveryHandler {
        @Override
        public void onRecord(final long sequence, final DirectBuffer buffer, final int offset, final int length) {
            Verification.this.onRecord(sequence, buffer, offset, length);
        }
    }
}
