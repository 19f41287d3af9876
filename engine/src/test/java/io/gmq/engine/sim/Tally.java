package io.gmq.engine.sim;

import java.util.Map;
import java.util.TreeMap;

/** How often what happened, so that one can see that nothing was left out. */
final class Tally {
    private final Map<String, long[]> counts = new TreeMap<>();

    void count(final String what) {
        counts.computeIfAbsent(what, its -> new long[1])[0]++;
    }

    long of(final String what) {
        final long[] count = counts.get(what);
        return count == null ? 0 : count[0];
    }

    void forEach(final Row row) {
        counts.forEach((what, count) -> row.of(what, count[0]));
    }

    interface Row {
        void of(String what, long count);
    }
}
