package io.gmq.compare.link;

import java.util.TreeSet;

/** Counts publisher confirms, which may be for one tag or for all up to one, and may come out of order. Tags begin with 1. */
final class ConfirmedTags {
    /** All up to here are confirmed. */
    private long upTo;
    /** Those confirmed beyond. */
    private final TreeSet<Long> ahead = new TreeSet<>();

    /** How many are newly confirmed. */
    long confirm(final long tag, final boolean multiple) {
        if (tag <= upTo) {
            return 0;
        }
        if (!multiple && tag != upTo + 1) {
            return ahead.add(tag) ? 1 : 0;
        }
        long count = tag - upTo;
        upTo = tag;
        while (!ahead.isEmpty() && ahead.first() <= upTo + 1) {
            if (ahead.first() <= tag) {
                count--;
            }
            upTo = Math.max(upTo, ahead.pollFirst());
        }
        return count;
    }
}
