package io.gmq.bench.wire;

import java.util.Arrays;

/** Messages that have been delivered and not yet settled: ranges of ids, each of one queue. */
final class IdRanges {
    private static final int FIELDS = 3;

    private long[] ranges = new long[64 * FIELDS];
    private int end;

    void add(final int queue, final long first, final long last) {
        if (end == ranges.length) {
            ranges = Arrays.copyOf(ranges, 2 * end);
        }
        ranges[end] = queue;
        ranges[end + 1] = Math.min(first, last);
        ranges[end + 2] = Math.max(first, last);
        end += FIELDS;
    }

    int size() {
        return end / FIELDS;
    }

    int queue(final int index) {
        return (int) ranges[index * FIELDS];
    }

    long first(final int index) {
        return ranges[index * FIELDS + 1];
    }

    long last(final int index) {
        return ranges[index * FIELDS + 2];
    }

    void clear() {
        end = 0;
    }
}
