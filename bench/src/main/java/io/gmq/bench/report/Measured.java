package io.gmq.bench.report;

import io.gmq.bench.load.LoadPlan;
import io.gmq.bench.load.LoadResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/**
 * One load, measured in one round or several.
 *
 * @param name   what it is called in tables.
 * @param plan   the load.
 * @param rounds what came of each round.
 */
public record Measured(String name, LoadPlan plan, List<LoadResult> rounds) {
    /** The percentiles that are shown; the maximum comes after them. */
    public static final List<Double> PERCENTILES = List.of(50.0, 90.0, 99.0, 99.9, 99.99);
    private static final double NS_A_MICRO = 1e3;

    /** The middle one of the rounds. */
    public double median(final ToDoubleFunction<LoadResult> of) {
        final double[] sorted = rounds.stream().mapToDouble(of).sorted().toArray();
        final int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Messages in a second. */
    public double perSecond() {
        return median(LoadResult::perSecond);
    }

    /** The least of the rounds. */
    public double least(final ToDoubleFunction<LoadResult> of) {
        return rounds.stream().mapToDouble(of).min().orElse(Double.NaN);
    }

    /** The most of the rounds. */
    public double most(final ToDoubleFunction<LoadResult> of) {
        return rounds.stream().mapToDouble(of).max().orElse(Double.NaN);
    }

    /** The part of a processor that the generator had. */
    public double generatorShare() {
        return median(round -> round.generatorShare(plan.topology().threads()));
    }

    /** Confirmations of all rounds. */
    public Histogram confirms() {
        return sum(LoadResult::confirmNs);
    }

    /** Deliveries of all rounds. */
    public Histogram deliveries() {
        return sum(LoadResult::deliveryNs);
    }

    private Histogram sum(final Function<LoadResult, Histogram> of) {
        final Histogram all = of.apply(rounds.get(0)).copy();
        rounds.stream().skip(1).forEach(round -> all.add(of.apply(round)));
        return all;
    }

    /** Messages lost or delivered twice, over all rounds. */
    public long errors() {
        return rounds.stream().mapToLong(round -> round.errors().missing() + round.errors().repeats()).sum();
    }

    /** For JSON: microseconds by percentile. */
    public static Map<String, Object> percentiles(final Histogram histogram) {
        final Map<String, Object> all = new LinkedHashMap<>();
        if (histogram.getTotalCount() > 0) {
            PERCENTILES.forEach(percentile -> all.put("p" + Numbers.decimals(percentile, 2).replaceFirst("\\.?0+$", ""),
                histogram.getValueAtPercentile(percentile) / NS_A_MICRO));
            all.put("max", histogram.getMaxValue() / NS_A_MICRO);
        }
        return all;
    }

    /** For a plot of percentiles: nanoseconds over 1 / (1 - quantile), as far as there are messages to tell. */
    public static Series curve(final String name, final Histogram histogram) {
        final List<Double> xs = new ArrayList<>();
        final List<Double> ys = new ArrayList<>();
        final double most = Math.min(100_000, histogram.getTotalCount());
        for (double inverse = 1.01; inverse <= most; inverse *= 1.1) {
            xs.add(inverse);
            ys.add(Math.max(NS_A_MICRO, histogram.getValueAtPercentile(100 - 100 / inverse)));
        }
        return new Series(name, xs, ys);
    }

    /** All there is to know of it, for JSON. */
    public Map<String, Object> json() {
        final Map<String, Object> all = new LinkedHashMap<>();
        all.put("name", name);
        all.put("producers", plan.topology().producers());
        all.put("consumers", plan.topology().consumers());
        all.put("queues", plan.topology().queues());
        all.put("message_bytes", plan.bytes());
        all.put("batch", plan.batch());
        all.put("window", plan.window());
        all.put("backlog", plan.backlog());
        all.put("rate", plan.pace().perSecond() > 0 ? plan.pace().perSecond() : null);
        all.put("messages_per_s", perSecond());
        all.put("bytes_per_s", perSecond() * plan.bytes());
        all.put("messages_per_s_min", least(LoadResult::perSecond));
        all.put("messages_per_s_max", most(LoadResult::perSecond));
        all.put("broker_cpu_s_per_million", median(LoadResult::brokerCpuPerMillion));
        all.put("generator_share", generatorShare());
        all.put("confirm_us", percentiles(confirms()));
        all.put("delivery_us", percentiles(deliveries()));
        all.put("missing", rounds.stream().mapToLong(round -> round.errors().missing()).sum());
        all.put("repeated", rounds.stream().mapToLong(round -> round.errors().repeats()).sum());
        all.put("rounds", rounds.stream().map(Measured::roundJson).toList());
        return all;
    }

    private static Map<String, Object> roundJson(final LoadResult round) {
        final Map<String, Object> all = new LinkedHashMap<>();
        all.put("seconds", round.counts().seconds());
        all.put("messages", round.counts().done());
        all.put("messages_per_s", round.perSecond());
        all.put("empty_polls", round.counts().empty());
        all.put("broker_cpu_s", round.cpu().brokerSeconds());
        all.put("generator_cpu_s", round.cpu().generatorSeconds());
        all.put("confirm_us", percentiles(round.confirmNs()));
        all.put("delivery_us", percentiles(round.deliveryNs()));
        return all;
    }
}
