package io.gmq.bench.tune;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Goes from factor to factor, each around what was best so far: all combinations would take hours. In the end what it recommends is
 * measured against the defaults, by turns.
 */
final class Tuner {
    /** Differences below are no reason to prefer anything: that much two runs of the same differ. */
    static final double NOISE = 0.05;
    private static final int CAPACITY_START = 1 << 16;
    private static final int RING_DEFAULT = 4096;
    private static final int CAPACITY_DEFAULT = 4096;
    private static final int FINAL_ROUNDS = 2;

    private final Meter meter;
    private final Factors factors;
    private final double secondsOfAll;
    private double secondsUsed;
    private int measured;

    /**
     * @param secondsOfAll that it may take.
     */
    Tuner(final Meter meter, final Factors factors, final double secondsOfAll) {
        this.meter = meter;
        this.factors = factors;
        this.secondsOfAll = secondsOfAll;
    }

    /** How many points there are. */
    int count() {
        return factors.profiles().size() * factors.durabilities().size() + varied(factors.ringSizes()) + varied(factors.lengths())
            + factors.capacities().size() + 2 * FINAL_ROUNDS;
    }

    /** A single one has been measured already, with the factor before. */
    private static int varied(final List<Integer> values) {
        return values.size() > 1 ? values.size() : 0;
    }

    /** How many have been measured. */
    int measured() {
        return measured;
    }

    Findings run() throws InterruptedException {
        final Point start = new Point(factors.lengths().get(0), nearest(factors.capacities(), CAPACITY_START), nearest(factors.ringSizes(), RING_DEFAULT),
            factors.profiles().get(0), factors.strongest(), 0);
        final List<Outcome> threads = new ArrayList<>();
        for (final String durability : factors.durabilities()) {
            for (final String profile : factors.profiles()) {
                threads.add(measure(start.withDurability(durability).withProfile(profile)));
            }
        }
        final List<Outcome> atLevel = threads.stream().filter(outcome -> outcome.point().durability().equals(factors.strongest())).toList();
        final Outcome bestProfile = best(atLevel);

        final List<Outcome> rings = vary(factors.ringSizes(), bestProfile, bestProfile.point()::withRing, bestProfile.point().ringSize());
        final Outcome bestRing = smallestGood(rings, outcome -> outcome.point().ringSize());

        final List<Outcome> lengths = vary(factors.lengths(), bestRing, bestRing.point()::withBytes, bestRing.point().bytes());

        final List<Outcome> capacities = new ArrayList<>();
        for (final int capacity : factors.capacities()) {
            capacities.add(measure(bestRing.point().withCapacityHalfFull(capacity)));
        }
        return compare(new Findings(threads, rings, lengths, capacities, List.of(), List.of()), bestRing.point());
    }

    private Findings compare(final Findings findings, final Point best) throws InterruptedException {
        final Point recommended = best.withCapacity(new Advice(findings, factors).capacity());
        final Point defaults = new Point(best.bytes(), CAPACITY_DEFAULT, RING_DEFAULT, "auto", best.durability(), 0);
        final List<Outcome> ofRecommended = new ArrayList<>();
        final List<Outcome> ofDefaults = new ArrayList<>();
        for (int round = 0; round < FINAL_ROUNDS; round++) {
            if (round % 2 == 0) {
                ofDefaults.add(measure(defaults));
                ofRecommended.add(measure(recommended));
            } else {
                ofRecommended.add(measure(recommended));
                ofDefaults.add(measure(defaults));
            }
        }
        return new Findings(findings.threads(), findings.rings(), findings.lengths(), findings.capacities(), ofDefaults, ofRecommended);
    }

    private List<Outcome> vary(final List<Integer> values, final Outcome known, final Function<Integer, Point> with, final int knownValue)
        throws InterruptedException {
        final List<Outcome> outcomes = new ArrayList<>();
        if (values.size() == 1) {
            return List.of(known);
        }
        for (final int value : values.stream().sorted().toList()) {
            final Outcome outcome = measure(with.apply(value));
            // Whatever else runs on the machine makes a broker slower, never faster.
            outcomes.add(value == knownValue && known.perSecond() > outcome.perSecond() ? known : outcome);
        }
        return outcomes;
    }

    /** What is left is shared by the points that are left. */
    private Outcome measure(final Point point) throws InterruptedException {
        final double seconds = (secondsOfAll - secondsUsed) / Math.max(1, count() - measured);
        final long beganNs = System.nanoTime();
        final Outcome outcome = meter.measure(point, seconds);
        secondsUsed += (System.nanoTime() - beganNs) / 1e9;
        measured++;
        return outcome;
    }

    private static int nearest(final List<Integer> values, final int wanted) {
        return values.stream().min(Comparator.comparingInt(value -> Math.abs(value - wanted))).orElseThrow();
    }

    /** The fastest; of those that are as fast but for noise, the one whose messages are least late. */
    static Outcome best(final List<Outcome> outcomes) {
        final double most = outcomes.stream().mapToDouble(Outcome::perSecond).max().orElseThrow();
        return outcomes.stream().filter(outcome -> outcome.perSecond() >= most * (1 - NOISE)).min(Comparator.comparingDouble(Outcome::p99Ns)).orElseThrow();
    }

    /** The smallest that is as fast as the fastest, but for noise. */
    static Outcome smallestGood(final List<Outcome> outcomes, final Function<Outcome, Integer> size) {
        final double most = outcomes.stream().mapToDouble(Outcome::perSecond).max().orElseThrow();
        return outcomes.stream().filter(outcome -> outcome.perSecond() >= most * (1 - NOISE)).min(Comparator.comparing(size)).orElseThrow();
    }
}
