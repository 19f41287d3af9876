package io.gmq.journal.snapshot;

import java.util.List;
import java.util.Optional;

/**
 * From where recovery begins.
 *
 * @param info    of the newest whole snapshot; nothing where there is none.
 * @param damaged newer ones that were passed over, newest first: worth a line in the log each.
 */
public record NewestSnapshot(Optional<SnapshotInfo> info, List<SnapshotFault> damaged) {
}
