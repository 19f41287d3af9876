package io.gmq.bench.tune;

import io.gmq.bench.report.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that was measured.
 *
 * @param threads       each profile at each level.
 * @param rings         sizes of the ring, the smallest first.
 * @param lengths       of messages, the shortest first.
 * @param capacities    of queues, half full.
 * @param ofDefaults    the defaults, in rounds.
 * @param ofRecommended what is recommended, in rounds by turns with them.
 */
record Findings(
    List<Outcome> threads,
    List<Outcome> rings,
    List<Outcome> lengths,
    List<Outcome> capacities,
    List<Outcome> ofDefaults,
    List<Outcome> ofRecommended) {

    Map<String, Object> json() {
        final Map<String, Object> all = new LinkedHashMap<>();
        all.put("profile_and_durability", json(threads));
        all.put("ring_size", json(rings));
        all.put("message_length", json(lengths));
        all.put("capacity", json(capacities));
        all.put("defaults", json(ofDefaults));
        all.put("recommended", json(ofRecommended));
        return all;
    }

    private static List<Map<String, Object>> json(final List<Outcome> outcomes) {
        return outcomes.stream().map(Outcome::json).toList();
    }

    /** The mean rate of rounds. */
    static double mean(final List<Outcome> outcomes) {
        return outcomes.stream().mapToDouble(Outcome::perSecond).average().orElse(Double.NaN);
    }

    @Override
    public String toString() {
        return Json.line(json());
    }
}
