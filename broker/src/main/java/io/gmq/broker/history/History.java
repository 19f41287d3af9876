package io.gmq.broker.history;

import io.gmq.broker.Replayer;
import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.StateMachine;
import io.gmq.engine.core.Engine;
import io.gmq.journal.JournalException;
import io.gmq.journal.RecoveryHandler;
import io.gmq.journal.RecoveryProgress;
import io.gmq.journal.chronicle.JournalFault;
import io.gmq.journal.chronicle.JournalFiles;
import io.gmq.journal.chronicle.RecordCursor;
import io.gmq.journal.snapshot.SnapshotCheck;
import io.gmq.journal.snapshot.SnapshotInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.agrona.DirectBuffer;

/** The past that a data folder knows: from its oldest base on, as far as its records are whole. Owned by one thread. */
public final class History {
    private final JournalFiles files;
    private final RecoveryProgress progress;

    /** @param progress hears from time to time how far a reading has come. */
    public History(final JournalFiles files, final RecoveryProgress progress) {
        this.files = files;
        this.progress = progress;
    }

    public JournalFiles files() {
        return files;
    }

    /**
     * The oldest point that can be gone back to.
     *
     * @throws JournalException if there is none.
     */
    public Base oldest() {
        if (files.firstSequence() == JournalFiles.FIRST_SEQUENCE) {
            return Base.BEGINNING;
        }
        return snapshots().stream().filter(this::isWhole).findFirst().map(Base::of).orElseThrow(this::noBase);
    }

    /**
     * The newest point that fulfils a condition, to begin from as late as possible.
     *
     * @throws JournalException if there is none.
     */
    public Base newest(final Predicate<SnapshotInfo> condition) {
        final List<SnapshotInfo> snapshots = snapshots();
        for (int i = snapshots.size() - 1; i >= 0; i--) {
            if (condition.test(snapshots.get(i)) && isWhole(snapshots.get(i))) {
                return Base.of(snapshots.get(i));
            }
        }
        if (files.firstSequence() == JournalFiles.FIRST_SEQUENCE) {
            return Base.BEGINNING;
        }
        if (snapshots.isEmpty()) {
            throw noBase();
        }
        throw new JournalException("that is before the history that is kept: it begins with sequence "
            + snapshots.get(0).sequence());
    }

    private JournalException noBase() {
        return new JournalException("the segments in " + files.data() + " begin with sequence " + files.firstSequence()
            + ", and there is no whole snapshot from which to begin: copy the whole data folder, with its snapshots");
    }

    /** What says of itself that it is a snapshot, oldest first. */
    private List<SnapshotInfo> snapshots() {
        final List<SnapshotInfo> infos = new ArrayList<>();
        try {
            for (final Path file : files.snapshots().list()) {
                files.snapshots().glance(file).info().ifPresent(infos::add);
            }
        } catch (final IOException e) {
            throw JournalException.of("cannot list the snapshots in " + files.data(), e);
        }
        return infos;
    }

    private boolean isWhole(final SnapshotInfo info) {
        final SnapshotCheck check = files.snapshots().check(info.file(), bytes -> { });
        return check.info().equals(Optional.of(info));
    }

    /** An engine with the state of a base. */
    public StateMachine engineAt(final Base base) {
        final StateMachine engine = new Engine();
        base.snapshot().ifPresent(info -> restore(info, engine));
        return engine;
    }

    private void restore(final SnapshotInfo info, final StateMachine engine) {
        final Replayer replayer = new Replayer(engine);
        files.snapshots().read(info, replayer::onEntry, bytes -> progress.onProgress(0, bytes, info.bytes()));
        replayer.onSnapshot(info.sequence(), info.digest());
    }

    /**
     * Shows all records after a sequence, until the visitor has seen enough.
     *
     * @param fromMs the time then.
     * @return what ended it before its time.
     */
    public Optional<JournalFault> walk(final long after, final long fromMs, final RecordVisitor visitor) {
        final Walk walk = new Walk(after + 1, fromMs, visitor);
        try (RecordCursor cursor = files.records(after + 1, walk)) {
            while (!walk.isOver && cursor.next()) {
                progress.onProgress(cursor.records(), cursor.bytes(), cursor.bytesTotal());
            }
            if (walk.missing > 0) {
                return Optional.of(new JournalFault(cursor.path(), 0, walk.missing, "records " + walk.missing + " to " + (walk.due - 1)
                    + " are missing, the next are in " + cursor.path()));
            }
            return walk.isOver ? Optional.empty() : cursor.fault();
        }
    }

    /**
     * Shows all records from a sequence on that are whole, until the visitor has seen enough.
     *
     * @param onFault hears of each place at which records are missing.
     */
    public void read(final long from, final RecordVisitor visitor, final Consumer<JournalFault> onFault) {
        final Walk walk = new Walk(Walk.ANY, 0, visitor);
        try (RecordCursor cursor = files.records(from, walk)) {
            while (!walk.isOver && (cursor.next() || cursor.fault().isPresent())) {
                if (cursor.fault().isPresent()) {
                    onFault.accept(cursor.fault().get());
                    cursor.skipFault();
                }
                progress.onProgress(cursor.records(), cursor.bytes(), cursor.bytesTotal());
            }
        }
    }

    /** Shows records to a visitor, each with the time. */
    private static final class Walk implements RecoveryHandler {
        /** Where gaps do not matter. */
        private static final long ANY = -1;

        private final RecordVisitor visitor;
        /** The sequence of the next record. */
        private long due;
        /** The first that should be there and is not. */
        private long missing;
        private long timeMs;
        private boolean isOver;

        private Walk(final long due, final long timeMs, final RecordVisitor visitor) {
            this.due = due;
            this.timeMs = timeMs;
            this.visitor = visitor;
        }

        @Override
        public void onRecord(final long sequence, final DirectBuffer buffer, final int offset, final int length) {
            if (isOver) {
                return;
            }
            if (sequence != due && due != ANY) {
                missing = due;
                due = sequence;
                isOver = true;
                return;
            }
            due = due == ANY ? ANY : due + 1;
            timeMs = Math.max(timeMs, CommandHeader.timestampMs(buffer, offset));
            isOver = !visitor.visit(sequence, timeMs, buffer, offset, length);
        }
    }
}
