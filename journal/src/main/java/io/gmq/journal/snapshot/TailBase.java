package io.gmq.journal.snapshot;

import io.gmq.journal.JournalException;
import io.gmq.journal.JournalTail;
import io.gmq.journal.RecoveryHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * The state from which somebody begins who follows a journal: a whole snapshot after which no record is missing, or the very
 * beginning. Belongs to the thread of the tail.
 */
public final class TailBase {
    private static final long FIRST_SEQUENCE = 1;

    private final Snapshots snapshots;

    public TailBase(final Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    /**
     * Hands over the newest state that is not after a sequence.
     *
     * @param firstSequence of the oldest record that is there.
     * @return what {@link JournalTail#begin} says.
     */
    public long begin(final long sequenceMax, final long firstSequence, final RecoveryHandler handler) {
        final List<Path> files = files(sequence -> sequence <= sequenceMax && sequence >= firstSequence - 1);
        Collections.reverse(files);
        return begin(files, handler).orElseGet(() -> beginning(firstSequence));
    }

    /** Hands over the oldest state. */
    public long beginOldest(final long firstSequence, final RecoveryHandler handler) {
        if (firstSequence == FIRST_SEQUENCE) {
            return beginning(firstSequence);
        }
        return begin(files(sequence -> sequence >= firstSequence - 1), handler).orElse((long) JournalTail.GONE);
    }

    /** The first that is whole; one that was deleted meanwhile is not. */
    private Optional<Long> begin(final List<Path> files, final RecoveryHandler handler) {
        for (final Path file : files) {
            final Optional<SnapshotInfo> info = snapshots.check(file, bytes -> { }).info();
            if (info.isPresent()) {
                snapshots.read(info.get(), handler::onEntry, bytes -> { });
                handler.onSnapshot(info.get().sequence(), info.get().digest());
                return Optional.of(info.get().sequence());
            }
        }
        return Optional.empty();
    }

    private static long beginning(final long firstSequence) {
        return firstSequence == FIRST_SEQUENCE ? FIRST_SEQUENCE - 1 : JournalTail.GONE;
    }

    /** Oldest first. */
    private List<Path> files(final LongPredicate isWanted) {
        try {
            final List<Path> files = new ArrayList<>(snapshots.list());
            files.removeIf(file -> !isWanted.test(Snapshots.sequence(file)));
            return files;
        } catch (final IOException e) {
            throw JournalException.of("cannot list the snapshots", e);
        }
    }
}
