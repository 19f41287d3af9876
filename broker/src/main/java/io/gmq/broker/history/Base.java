package io.gmq.broker.history;

import io.gmq.journal.snapshot.SnapshotInfo;
import java.util.Optional;

/**
 * A point of the past at which the state is known.
 *
 * @param sequence of the last record that has gone into the state; 0 before the first.
 * @param snapshot that holds the state; none where there is nothing yet.
 */
public record Base(long sequence, Optional<SnapshotInfo> snapshot) {
    /** Before the first record. */
    public static final Base BEGINNING = new Base(0, Optional.empty());

    static Base of(final SnapshotInfo snapshot) {
        return new Base(snapshot.sequence(), Optional.of(snapshot));
    }
}
