package io.gmq.transport.tcp;

import java.util.Locale;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts how often each {@link Bound} was reached since the start, and says when there may be a line of it in the log again: clients can
 * bring it about as often as they like, and must not fill the disk with it. Any thread's.
 */
public final class BoundCounts {
    private static final long SILENCE_MS = 10_000;
    private static final int BOUNDS = Bound.values().length;

    private final AtomicLongArray counts = new AtomicLongArray(BOUNDS);
    private final AtomicLongArray silentUntilMs = new AtomicLongArray(BOUNDS);

    /** Once more; says whether to tell of it: at most every ten seconds. */
    boolean reach(final Bound bound, final long nowMs) {
        counts.incrementAndGet(bound.ordinal());
        final long untilMs = silentUntilMs.get(bound.ordinal());
        return nowMs >= untilMs && silentUntilMs.compareAndSet(bound.ordinal(), untilMs, nowMs + SILENCE_MS);
    }

    /** All that are not zero, for people. */
    @Override
    public String toString() {
        final StringJoiner all = new StringJoiner(", ");
        for (final Bound bound : Bound.values()) {
            if (of(bound) > 0) {
                all.add(of(bound) + " at " + bound.name().toLowerCase(Locale.ROOT));
            }
        }
        return all.toString();
    }

    /** Since the start. */
    public long of(final Bound bound) {
        return counts.get(bound.ordinal());
    }
}
