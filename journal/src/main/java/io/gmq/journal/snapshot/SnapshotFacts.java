package io.gmq.journal.snapshot;

/**
 * What retention has to know of a snapshot.
 *
 * @param sequence of the last record that it covers.
 * @param bytes    of its file.
 * @param timeMs   of that record.
 */
public record SnapshotFacts(long sequence, long bytes, long timeMs) {
    public static SnapshotFacts of(final SnapshotInfo info) {
        return new SnapshotFacts(info.sequence(), info.bytes(), info.coveredMs());
    }
}
