package io.gmq.journal.chronicle;

import io.gmq.journal.JournalException;
import io.gmq.journal.disk.Disk;
import io.gmq.journal.snapshot.CoveredRecords;
import io.gmq.journal.snapshot.Follower;
import io.gmq.journal.snapshot.SegmentFacts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The segments of a data folder, for checkpoints. Its methods are the keeper's. */
final class CoveredSegments implements CoveredRecords {
    private static final Logger LOG = LoggerFactory.getLogger(CoveredSegments.class);

    private final Disk disk;
    private final Path journalFolder;
    private final UnsyncedFiles unsynced;
    private final Room room;
    private final Supplier<Follower> follower;
    private OldSegment leaving;

    CoveredSegments(
        final Disk disk, final Path journalFolder, final UnsyncedFiles unsynced, final Room room, final Supplier<Follower> follower) {
        this.disk = disk;
        this.journalFolder = journalFolder;
        this.unsynced = unsynced;
        this.room = room;
        this.follower = follower;
    }

    @Override
    public boolean upTo(final long sequence) throws IOException {
        unsynced.force();
        return true;
    }

    @Override
    public boolean delete(final SegmentFacts segment) {
        try {
            if (leaving == null) {
                leaving = OldSegment.of(Segment.in(disk, journalFolder, segment.first()));
            }
            if (!leaving.step()) {
                return false;
            }
        } catch (final JournalException e) {
            LOG.warn("{}; it is no longer needed and stays", e.getMessage());
        }
        leaving = null;
        return true;
    }

    @Override
    public Follower follower() {
        return follower.get();
    }

    @Override
    public boolean isFull() {
        return room.isFull();
    }
}
