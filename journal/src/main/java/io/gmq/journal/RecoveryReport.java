package io.gmq.journal;

import java.util.Optional;

/**
 * What was found when a journal was opened.
 *
 * @param segments     that held records.
 * @param records      handed to the {@link RecordHandler}.
 * @param bytes        of those records.
 * @param lastSequence of the last record, 0 where there is none; the next one gets the number after it.
 * @param tornTail     what was dropped from the end of the last segment.
 */
public record RecoveryReport(int segments, long records, long bytes, long lastSequence, Optional<TornTail> tornTail) {
}
