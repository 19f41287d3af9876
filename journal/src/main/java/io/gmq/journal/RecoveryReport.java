package io.gmq.journal;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What was found when a journal was opened.
 *
 * @param snapshot     the sequence that the snapshot covers from which recovery began; 0 where there was none.
 * @param damaged      snapshots that were passed over and set aside, one line each.
 * @param segments     that held records after it.
 * @param records      handed to the {@link RecoveryHandler}.
 * @param bytes        of those records.
 * @param lastSequence of the last record, 0 where there is none; the next one gets the number after it.
 * @param tornTail     what was dropped from the end of the last segment.
 * @param setAside     segments behind it that were dropped with it, under the names they have now.
 */
public record RecoveryReport(
    long snapshot, List<String> damaged, int segments, long records, long bytes, long lastSequence, Optional<TornTail> tornTail,
    List<Path> setAside) {
}
