package io.gmq.bench.load;

import java.util.BitSet;

/**
 * Sees that each message comes once: for each producer, the lowest sequence that has not come, and which of those above it have.
 * Belongs to one thread, like the producers whose messages it sees.
 */
final class Ledger {
    /** Sequences may be ahead of the lowest missing one by so much; beyond, the missing one is lost. */
    private static final int AHEAD_MAX = 1 << 27;
    private static final int COMPACT_BITS = 1 << 14;

    private final int[] lowest;
    /** Messages that have come, though one before them has not. */
    private final int[] aheadCount;
    private final BitSet[] ahead;
    /** The sequence that bit 0 stands for. */
    private final int[] base;
    private long repeats;

    Ledger(final int producers) {
        lowest = new int[producers];
        aheadCount = new int[producers];
        base = new int[producers];
        ahead = new BitSet[producers];
    }

    /** Its first sequence is not 0. */
    void startAt(final int producer, final int sequence) {
        lowest[producer] = sequence;
    }

    /** A message has come. */
    void came(final int producer, final int sequence) {
        if (producer >= lowest.length) {
            throw new LoadException("a message has come of a producer that this run does not have");
        }
        if (sequence == lowest[producer] && aheadCount[producer] == 0) {
            lowest[producer]++;
        } else {
            cameOutOfOrder(producer, sequence);
        }
    }

    private void cameOutOfOrder(final int producer, final int sequence) {
        final int distance = sequence - lowest[producer];
        if (distance < 0) {
            repeats++;
            return;
        }
        if (distance > AHEAD_MAX) {
            throw new LoadException("message " + Integer.toUnsignedString(lowest[producer]) + " of producer " + producer + " has not come");
        }
        if (ahead[producer] == null) {
            ahead[producer] = new BitSet();
        }
        final BitSet its = ahead[producer];
        if (aheadCount[producer] == 0) {
            its.clear();
            base[producer] = lowest[producer];
        }
        final int bit = sequence - base[producer];
        if (its.get(bit)) {
            repeats++;
            return;
        }
        its.set(bit);
        aheadCount[producer]++;
        if (distance == 0) {
            closeGap(producer, its);
        }
    }

    private void closeGap(final int producer, final BitSet its) {
        final int from = lowest[producer] - base[producer];
        final int to = its.nextClearBit(from);
        aheadCount[producer] -= to - from;
        lowest[producer] += to - from;
        if (to > COMPACT_BITS && to > its.length() / 2 && aheadCount[producer] > 0) {
            ahead[producer] = its.get(to, its.length());
            base[producer] = lowest[producer];
        }
    }

    /** Messages that came more than once. */
    long repeats() {
        return repeats;
    }

    /** Of so many messages of a producer, those that have not come. */
    long missing(final int producer, final long sent) {
        return (int) sent - lowest[producer] - aheadCount[producer];
    }
}
