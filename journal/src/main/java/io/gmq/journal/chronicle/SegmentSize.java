package io.gmq.journal.chronicle;

import io.gmq.journal.JournalSettings;
import io.gmq.journal.RecordBatch;

/**
 * How large the files of a segment are.
 *
 * <pre>
 *   0                                     limitBytes          fileBytes            blockBytes
 *   | batches …                           | reserve           | nothing, no blocks |
 * </pre>
 *
 * <p>All blocks up to {@code fileBytes} are allocated before the file is mapped: a mapped write to a block that a full disk does not
 * have would end the process. Nothing is written beyond them.
 *
 * @param limitBytes up to here a segment is written before the next is begun; beyond only when the disk is known to be full, so that
 *                   what was in flight then, and what settles, still has room.
 * @param fileBytes  room for what is in flight when the disk is found full, and for two of the longest batches.
 * @param blockBytes what Chronicle maps.
 * @param batchBytes the longest batch.
 */
record SegmentSize(long limitBytes, long fileBytes, long blockBytes, int batchBytes) {
    /** Beyond a batch: its excerpt's header, padding, and the index page that Chronicle may put before it. */
    static final int OVERHEAD = 64 << 10;
    /** Chronicle lets an excerpt have a quarter of the block size. */
    private static final int BLOCK_TO_EXCERPT = 4;
    private static final long BLOCK_UNIT = 256 << 10;

    static SegmentSize of(final JournalSettings settings) {
        final int batchBytes = RecordBatch.capacity(settings.recordBytesMax());
        final long excerptBytes = batchBytes + (long) OVERHEAD;
        final long leastReserve = 2 * excerptBytes + 2 * OVERHEAD;
        final long fileBytes = Math.max(settings.segmentBytes(), leastReserve + OVERHEAD);
        final long reserve = Math.max(leastReserve, Math.min(leastReserve + settings.inFlightBytes(), fileBytes / 2));
        final long blockBytes = Math.max(fileBytes, excerptBytes * BLOCK_TO_EXCERPT);
        return new SegmentSize(Math.min(settings.segmentBytes(), fileBytes - reserve), fileBytes,
            (blockBytes + BLOCK_UNIT - 1) / BLOCK_UNIT * BLOCK_UNIT, batchBytes);
    }
}
