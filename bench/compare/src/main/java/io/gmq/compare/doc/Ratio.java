package io.gmq.compare.doc;

import io.gmq.compare.run.Figure;
import io.gmq.compare.run.Figures;
import io.gmq.compare.run.Summary;
import io.gmq.compare.run.Table;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How many times one row is the best of some others.
 *
 * @param what in words.
 * @param of   the row.
 * @param to   the others.
 */
record Ratio(String what, Table table, String of, List<String> to) {
    /** That one of the others which has the most. */
    Optional<String> best(final Figures figures) {
        return to.stream().filter(other -> figures.summary(table, other, Figure.RATE).isPresent())
            .max(Comparator.comparingDouble(other -> figures.summary(table, other, Figure.RATE).orElseThrow().median()));
    }

    /** Empty where one of the two was not measured. */
    Optional<Summary> summary(final Figures figures) {
        return best(figures).flatMap(other -> figures.ratio(table, of, other, Figure.RATE));
    }
}
