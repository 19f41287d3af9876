package io.gmq.journal.snapshot;

import java.util.List;

/**
 * What a journal held when it was opened.
 *
 * @param segments  that hold records, oldest first; none of them will be written any more.
 * @param snapshots that are whole, oldest first.
 * @param records   after the newest of them.
 * @param lastMs    time of the last record.
 */
public record Past(List<SegmentFacts> segments, List<SnapshotFacts> snapshots, long records, long lastMs) {
    public Past {
        segments = List.copyOf(segments);
        snapshots = List.copyOf(snapshots);
    }
}
