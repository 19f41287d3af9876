package io.gmq.engine.api;

/** The counts of one queue on their way out: a reusable carrier. Who hears of it copies what it keeps. */
public final class QueueCounts {
    private static final int COUNTS = Count.values().length;

    private final long[] values = new long[COUNTS];

    public long get(final Count count) {
        return values[count.ordinal()];
    }

    public QueueCounts set(final Count count, final long value) {
        values[count.ordinal()] = value;
        return this;
    }
}
