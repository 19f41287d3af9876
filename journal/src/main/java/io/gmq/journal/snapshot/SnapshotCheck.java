package io.gmq.journal.snapshot;

import java.util.Optional;

/**
 * What was found when a snapshot file was read: either of the two is there, and not both.
 *
 * @param info  of a whole one.
 * @param fault of one that is not.
 */
public record SnapshotCheck(Optional<SnapshotInfo> info, Optional<SnapshotFault> fault) {
    static SnapshotCheck of(final SnapshotInfo info) {
        return new SnapshotCheck(Optional.of(info), Optional.empty());
    }

    static SnapshotCheck of(final SnapshotFault fault) {
        return new SnapshotCheck(Optional.empty(), Optional.of(fault));
    }

    public boolean isWhole() {
        return info.isPresent();
    }
}
