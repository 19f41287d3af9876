package io.gmq.journal.snapshot;

/**
 * What retention has to know of a segment.
 *
 * @param first  sequence of its first record, which is also its name.
 * @param last   sequence of its last record; the one before {@code first} where it has none.
 * @param bytes  it takes on disk.
 * @param lastMs time of its last record.
 */
public record SegmentFacts(long first, long last, long bytes, long lastMs) {
    long records() {
        return last - first + 1;
    }

    /** The bytes of its records up to a sequence, as if all were of the same length. */
    long bytesUpTo(final long sequence) {
        if (sequence >= last) {
            return bytes;
        }
        return sequence < first ? 0 : (long) ((double) bytes * (sequence - first + 1) / records());
    }
}
