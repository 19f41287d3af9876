package io.gmq.compare.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** All figures of a run. */
public final class Figures {
    private final List<Figure> all = new ArrayList<>();

    public void add(final Figure figure) {
        all.add(figure);
    }

    public List<Figure> all() {
        return List.copyOf(all);
    }

    /** Over all rounds; empty where it was not measured. */
    public Optional<Summary> summary(final Table table, final String subject, final String value) {
        final List<Double> values = all.stream().filter(figure -> figure.table() == table && figure.subject().equals(subject))
            .filter(figure -> figure.values().containsKey(value)).map(figure -> figure.values().get(value)).toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(Summary.of(values));
    }

    /**
     * How many times one is the other, round by round: what disturbs a round disturbs both. Empty where there is no round with
     * both.
     */
    public Optional<Summary> ratio(final Table table, final String subject, final String other, final String value) {
        final List<Double> ratios = new ArrayList<>();
        final var others = all.stream().filter(figure -> figure.table() == table && figure.subject().equals(other))
            .filter(figure -> figure.values().containsKey(value))
            .collect(Collectors.toMap(Figure::round, figure -> figure.values().get(value), (first, second) -> first));
        for (final Figure figure : all) {
            if (figure.table() == table && figure.subject().equals(subject) && figure.values().containsKey(value)
                && others.containsKey(figure.round())) {
                ratios.add(figure.values().get(value) / others.get(figure.round()));
            }
        }
        return ratios.isEmpty() ? Optional.empty() : Optional.of(Summary.of(ratios));
    }
}
