package io.gmq.journal.chronicle;

import io.gmq.journal.JournalSettings;
import io.gmq.journal.RecordBatch;

/**
 * How large the files of a segment are.
 *
 * <pre>
 *   0                                     limitBytes          fileBytes
 *   | batches …                           | reserve           |
 * </pre>
 *
 * <p>All blocks up to {@code fileBytes} are allocated before the first batch is written: a disk that becomes full later takes none
 * of them away. Nothing is written beyond them.
 *
 * @param limitBytes up to here a segment is written before the next is begun; beyond only when the disk is known to be full, so that
 *                   what was in flight then, and what settles, still has room.
 * @param fileBytes  room for what is in flight when the disk is found full, and for two of the longest batches.
 * @param batchBytes the longest batch.
 */
record SegmentSize(long limitBytes, long fileBytes, int batchBytes) {
    /** More than a batch takes beyond its bytes, its excerpt's header and padding, and more than Chronicle's description of the file. */
    static final int OVERHEAD = 64 << 10;

    static SegmentSize of(final JournalSettings settings) {
        final int batchBytes = RecordBatch.capacity(settings.recordBytesMax());
        final long excerptBytes = batchBytes + (long) OVERHEAD;
        final long leastReserve = 2 * excerptBytes + 2 * OVERHEAD;
        final long fileBytes = Math.max(settings.segmentBytes(), leastReserve + OVERHEAD);
        final long reserve = Math.max(leastReserve, Math.min(leastReserve + settings.inFlightBytes(), fileBytes / 2));
        return new SegmentSize(Math.min(settings.segmentBytes(), fileBytes - reserve), fileBytes, batchBytes);
    }
}
