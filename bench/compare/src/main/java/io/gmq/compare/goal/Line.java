package io.gmq.compare.goal;

import io.gmq.compare.run.Summary;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * A goal and the figures that were measured for it.
 *
 * @param rounds those that have both figures.
 */
public record Line(Goal goal, List<Pair> rounds) {
    /** The two figures of a round. */
    public record Pair(double ours, double other) {
        /** How many times one is the other. */
        public double ratio() {
            return ours / other;
        }
    }

    private Optional<Summary> summary(final ToDoubleFunction<Pair> of) {
        return rounds.isEmpty() ? Optional.empty() : Optional.of(Summary.of(rounds.stream().map(of::applyAsDouble).toList()));
    }

    /** Empty where there are no figures. */
    public Optional<Summary> ours() {
        return summary(Pair::ours);
    }

    /** Empty where there are no figures. */
    public Optional<Summary> other() {
        return summary(Pair::other);
    }

    /** Of the ratios of the rounds, not of the medians: what disturbs a round disturbs both. */
    public Optional<Summary> ratio() {
        return summary(Pair::ratio);
    }

    /** By the median of the ratios. */
    public Verdict verdict() {
        if (rounds.isEmpty()) {
            return Verdict.UNKNOWN;
        }
        if (goal.bound() == Bound.NONE) {
            return Verdict.KNOWN;
        }
        final long good = rounds.stream().filter(pair -> goal.bound().holds(pair.ratio(), goal.target())).count();
        if (goal.bound().holds(ratio().orElseThrow().median(), goal.target())) {
            return good == rounds.size() ? Verdict.REACHED : Verdict.MOSTLY;
        }
        return good == 0 ? Verdict.MISSED : Verdict.HARDLY;
    }
}
