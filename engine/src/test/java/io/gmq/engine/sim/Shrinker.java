package io.gmq.engine.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Drops from a failing sequence what it does not need to fail: halves first, then ever smaller pieces, then single ones. */
final class Shrinker {
    private Shrinker() {
    }

    /** @param fails whether a sequence still fails; the first element always stays. */
    static <T> List<T> shrink(final List<T> failing, final Predicate<List<T>> fails) {
        List<T> shortest = failing;
        int piece = Math.max(1, failing.size() / 2);
        while (true) {
            final int before = shortest.size();
            for (int from = 1; from < shortest.size();) {
                final List<T> shorter = new ArrayList<>(shortest.subList(0, from));
                shorter.addAll(shortest.subList(Math.min(shortest.size(), from + piece), shortest.size()));
                if (fails.test(shorter)) {
                    shortest = shorter;
                } else {
                    from += piece;
                }
            }
            if (piece == 1 && shortest.size() == before) {
                return shortest;
            }
            piece = Math.max(1, piece / 2);
        }
    }
}
