package io.gmq.broker.cli;

import io.gmq.journal.snapshot.SnapshotInfo;

/**
 * A part of a journal, by sequences or times; both ends belong to it.
 *
 * @param first {@code null} for the beginning.
 * @param last  {@code null} for the end.
 */
record Range(Moment first, Moment last) {
    boolean isBefore(final long sequence, final long timeMs) {
        return first != null && (first.isTime() ? timeMs < first.timeMs() : sequence < first.sequence());
    }

    boolean isAfter(final long sequence, final long timeMs) {
        return last != null && (last.isTime() ? timeMs > last.timeMs() : sequence > last.sequence());
    }

    /** Whether all of the range comes after what a snapshot covers. */
    boolean isAllAfter(final SnapshotInfo snapshot) {
        return isBefore(snapshot.sequence(), snapshot.coveredMs());
    }
}
