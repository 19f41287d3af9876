package io.gmq.bench.tune;

import io.gmq.bench.report.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What to set, with one sentence of reason for each value. Speed never buys a weaker level: what is strongest is recommended. */
final class Advice {
    private static final double LENGTH_GOOD = 0.9;
    /** Where rounds of the same differ by more, nothing can be told. */
    private static final double NOISE_MAX = 0.3;
    private static final int LENGTH_DEFAULT = 40 << 10;

    private final Findings findings;
    private final Factors factors;

    Advice(final Findings findings, final Factors factors) {
        this.findings = findings;
        this.factors = factors;
    }

    /**
     * A value that is recommended.
     *
     * @param key    of the configuration.
     * @param value  of it.
     * @param reason in a sentence.
     */
    record Value(String key, Object value, String reason) {
    }

    List<Value> values() {
        return List.of(new Value(Point.DURABILITY_KEY, factors.strongest(), durabilityReason()), new Value(Point.PROFILE_KEY, profile(), profileReason()),
            new Value(Point.RING_KEY, ring().point().ringSize(), ringReason()), new Value(Point.CAPACITY_KEY, capacity(), capacityReason()),
            new Value(Point.LENGTH_KEY, length(), lengthReason()));
    }

    /** The configuration that {@code gmq server -f} takes. */
    Map<String, Object> configuration(final List<String> fixed) {
        final Map<String, Object> sections = new LinkedHashMap<>();
        values().forEach(value -> put(sections, value.key(), value.value()));
        for (final String setting : fixed) {
            final String[] pair = setting.split("=", 2);
            put(sections, pair[0], pair.length > 1 ? number(pair[1]) : "");
        }
        return sections;
    }

    private static Object number(final String text) {
        return text.matches("\\d{1,18}") ? (Object) Long.valueOf(text) : text.equals("true") || text.equals("false") ? (Object) Boolean.valueOf(text) : text;
    }

    @SuppressWarnings("unchecked")
    private static void put(final Map<String, Object> sections, final String key, final Object value) {
        final String[] names = key.split("\\.", 2);
        ((Map<String, Object>) sections.computeIfAbsent(names[0], name -> new LinkedHashMap<String, Object>())).put(names[names.length - 1], value);
    }

    private static String rate(final Outcome outcome) {
        return Numbers.whole(outcome.perSecond()) + " messages/s";
    }

    private List<Outcome> atLevel(final String durability) {
        return findings.threads().stream().filter(outcome -> outcome.point().durability().equals(durability)).toList();
    }

    // ---- journal.durability ----

    private String durabilityReason() {
        final Outcome strongest = Tuner.best(atLevel(factors.strongest()));
        if (factors.durabilities().size() == 1) {
            return "It was not varied; it reaches " + rate(strongest) + ".";
        }
        final List<String> others = new ArrayList<>();
        for (final String level : factors.durabilities()) {
            if (!level.equals(factors.strongest())) {
                final Outcome other = Tuner.best(atLevel(level));
                others.add("'" + level + "' " + rate(other) + " and " + Numbers.time(other.p50Ns()));
            }
        }
        return "The strongest level reaches " + rate(strongest) + ", half of them confirmed within " + Numbers.time(strongest.p50Ns())
            + " at half load; for comparison " + String.join(", ", others) + ". A weaker level is your choice, not that of speed alone.";
    }

    // ---- ring.profile ----

    private String profile() {
        return Tuner.best(atLevel(factors.strongest())).point().profile();
    }

    private String profileReason() {
        final List<Outcome> all = atLevel(factors.strongest());
        final Outcome best = Tuner.best(all);
        final List<String> others = all.stream().filter(outcome -> outcome != best)
            .map(outcome -> "'" + outcome.point().profile() + "' " + rate(outcome) + " and " + Numbers.time(outcome.p99Ns())).toList();
        return "It reaches " + rate(best) + ", 99 % confirmed within " + Numbers.time(best.p99Ns()) + " at half load"
            + (others.isEmpty() ? "; it was not varied." : ", against " + String.join(", ", others) + ".");
    }

    // ---- ring.size ----

    private Outcome ring() {
        return Tuner.smallestGood(findings.rings(), outcome -> outcome.point().ringSize());
    }

    private String ringReason() {
        final Outcome best = ring();
        if (findings.rings().size() == 1) {
            return "It was not varied.";
        }
        final Outcome most = findings.rings().stream().max(Comparator.comparingDouble(Outcome::perSecond)).orElseThrow();
        final Outcome least = findings.rings().stream().min(Comparator.comparingDouble(Outcome::perSecond)).orElseThrow();
        return "The smallest that is as fast as any, but for noise: " + rate(best) + "; the fastest, " + Numbers.whole(most.point().ringSize()) + ", reaches "
            + rate(most) + ", the slowest, " + Numbers.whole(least.point().ringSize()) + ", " + rate(least) + ".";
    }

    // ---- queue.max_queue_capacity ----

    int capacity() {
        final double most = findings.capacities().stream().mapToDouble(Outcome::perSecond).max().orElseThrow();
        return findings.capacities().stream().filter(outcome -> outcome.perSecond() >= most * (1 - 2 * Tuner.NOISE))
            .mapToInt(outcome -> outcome.point().capacity()).max().orElseThrow();
    }

    private String capacityReason() {
        final int capacity = capacity();
        final Outcome its = findings.capacities().stream().filter(outcome -> outcome.point().capacity() == capacity).findFirst().orElseThrow();
        final Outcome smallest = findings.capacities().get(0);
        if (findings.capacities().size() == 1) {
            return "It was not varied; half full it reaches " + rate(its) + ".";
        }
        return "Half full, with " + Numbers.whole(its.point().backlog()) + " messages of " + Numbers.bytes(its.point().bytes()) + " waiting, it reaches "
            + rate(its) + " (" + Numbers.whole(smallest.point().capacity()) + ": " + rate(smallest) + "), and the broker takes "
            + Numbers.bytes(roundToMi(its.residentBytes())) + " of memory (" + Numbers.bytes(roundToMi(smallest.residentBytes())) + ").";
    }

    private static long roundToMi(final double bytes) {
        return Double.isFinite(bytes) ? Math.round(bytes / (1 << 20)) << 20 : 0;
    }

    // ---- queue.max_message_length ----

    /** The length from which more bytes a message bring hardly more bytes a second; never less than the default. */
    int length() {
        return Math.max(LENGTH_DEFAULT, goodLength().point().bytes());
    }

    private Outcome goodLength() {
        final double most = findings.lengths().stream().mapToDouble(Outcome::bytesPerSecond).max().orElseThrow();
        final Outcome good = findings.lengths().stream().filter(outcome -> outcome.bytesPerSecond() >= most * LENGTH_GOOD)
            .min(Comparator.comparingInt(outcome -> outcome.point().bytes())).orElseThrow();
        final Outcome own = findings.lengths().stream().filter(outcome -> outcome.point().bytes() == factors.lengths().get(0)).findFirst().orElseThrow();
        return own.point().bytes() > good.point().bytes() ? own : good;
    }

    private String lengthReason() {
        final Outcome good = goodLength();
        final Outcome most = findings.lengths().stream().max(Comparator.comparingDouble(Outcome::bytesPerSecond)).orElseThrow();
        final Outcome shortest = findings.lengths().get(0);
        final String why = good.point().bytes() < LENGTH_DEFAULT ? " The default is kept, since longer messages cost nothing until they come." : "";
        return "Messages of " + Numbers.bytes(good.point().bytes()) + " carry " + megabytes(good) + " a second, of " + Numbers.bytes(shortest.point().bytes())
            + " " + megabytes(shortest) + ", of " + Numbers.bytes(most.point().bytes()) + " the most, " + megabytes(most)
            + ": joining short ones into longer ones pays up to there." + why;
    }

    private static String megabytes(final Outcome outcome) {
        return Numbers.whole(outcome.bytesPerSecond() / 1e6) + " MB";
    }

    // ---- against the defaults ----

    /** How much rounds of the same settings differ here; {@link Tuner#NOISE} at least. */
    double noise() {
        return Math.max(Tuner.NOISE, Math.max(spread(findings.ofDefaults()), spread(findings.ofRecommended())));
    }

    private static double spread(final List<Outcome> rounds) {
        final double most = rounds.stream().mapToDouble(Outcome::perSecond).max().orElse(1);
        final double least = rounds.stream().mapToDouble(Outcome::perSecond).min().orElse(1);
        return most / least - 1;
    }

    /** How it compares with what nobody has tuned. */
    String verdict() {
        final double recommended = Findings.mean(findings.ofRecommended());
        final double defaults = Findings.mean(findings.ofDefaults());
        final double gain = recommended / defaults - 1;
        final String figures = "The recommended settings reach " + Numbers.whole(recommended) + " messages/s, the defaults " + Numbers.whole(defaults)
            + " (measured by turns, rounds of the same differ by up to " + Numbers.percent(noise()) + "): ";
        if (noise() > NOISE_MAX) {
            return figures + "this machine is too busy to tell, so measure again when it is quiet, or longer (--time).";
        }
        if (gain > noise()) {
            return figures + Numbers.percent(gain) + " more.";
        }
        return figures + (gain < -noise() ? "they are slower, so measure again on a quiet machine before you use them."
            : "no difference beyond that, so the defaults suit this machine as well.");
    }
}
