package io.gmq.transport.codec;

import io.gmq.engine.api.RefusalCode;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicLongArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts refusals by their code. Those that say that the broker has reached a bound also go into the log, each kind at most every ten seconds.
 * Belongs to the thread that encodes; anybody may read.
 */
public final class RefusalCounts {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalCounts.class);
    private static final long SILENCE_MS = 10_000;
    private static final RefusalCode[] CODES = RefusalCode.values();

    private final AtomicLongArray counts = new AtomicLongArray(CODES.length);
    private final long[] silentUntilMs = new long[CODES.length];

    /**
     * One more.
     *
     * @param text  what its client is told.
     * @param nowMs when it was asked for.
     */
    void add(final RefusalCode code, final String text, final long nowMs) {
        final int index = code.ordinal();
        counts.lazySet(index, counts.get(index) + 1);
        if ((code == RefusalCode.OVERLOADED || code == RefusalCode.FRAME_TOO_LARGE) && nowMs >= silentUntilMs[index]) {
            silentUntilMs[index] = nowMs + SILENCE_MS;
            LOG.warn("refused with {}: {} ({} so far)", code.word(), text, counts.get(index));
        }
    }

    /** Since the start. */
    public long of(final RefusalCode code) {
        return counts.get(code.ordinal());
    }

    /** All that are not zero, for people. */
    @Override
    public String toString() {
        final StringJoiner all = new StringJoiner(", ");
        for (final RefusalCode code : CODES) {
            if (of(code) > 0) {
                all.add(of(code) + " " + code.word());
            }
        }
        return all.toString();
    }
}
