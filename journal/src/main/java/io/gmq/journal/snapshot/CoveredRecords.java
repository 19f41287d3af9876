package io.gmq.journal.snapshot;

import java.io.IOException;

/** What checkpoints ask of the journal whose records they cover. All methods are the keeper's. */
public interface CoveredRecords extends JournalSync {
    /**
     * Deletes a segment that is no longer needed, or a part of it.
     *
     * @return whether all of it is gone; if not, it is called again.
     */
    boolean delete(SegmentFacts segment) throws IOException;

    /** What somebody still needs of them who follows the journal. */
    Follower follower();

    /** Whether there is no room for more records, so that a snapshot should be taken as soon as that frees some. */
    boolean isFull();
}
