package io.gmq.journal.snapshot;

import java.util.List;

/**
 * What can go: first the snapshots, then the segments, each in this order. After any part of it every snapshot that is left still
 * has all segments after it, so it may be interrupted anywhere, and planned anew later.
 *
 * @param snapshots oldest first.
 * @param segments  oldest first.
 */
public record Deletions(List<SnapshotFacts> snapshots, List<SegmentFacts> segments) {
    static final Deletions NONE = new Deletions(List.of(), List.of());

    public boolean isEmpty() {
        return snapshots.isEmpty() && segments.isEmpty();
    }
}
