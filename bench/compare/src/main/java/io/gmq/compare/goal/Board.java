package io.gmq.compare.goal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What all experiments have found. */
public final class Board {
    private final Map<String, List<Map<String, Double>>> rounds = new LinkedHashMap<>();
    private final Map<Goal, String> goals = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    /** The goals of an experiment, before any of its figures. */
    void open(final String experiment, final List<Goal> its) {
        rounds.put(experiment, new ArrayList<>());
        its.forEach(goal -> goals.put(goal, experiment));
    }

    void add(final String experiment, final Map<String, Double> values) {
        rounds.get(experiment).add(Map.copyOf(values));
    }

    void failed(final String what) {
        failures.add(what);
    }

    /** The table, in the order in which it was measured. */
    public List<Line> lines() {
        return goals.entrySet().stream().map(entry -> line(entry.getKey(), rounds.get(entry.getValue()))).toList();
    }

    private static Line line(final Goal goal, final List<Map<String, Double>> values) {
        return new Line(goal, values.stream()
            .filter(round -> round.containsKey(goal.ours().key()) && round.containsKey(goal.other().key()))
            .map(round -> new Line.Pair(round.get(goal.ours().key()), round.get(goal.other().key()))).toList());
    }

    /** By experiment, all figures of each round. */
    public Map<String, List<Map<String, Double>>> rounds() {
        return rounds;
    }

    /** What has gone wrong, a sentence each. */
    public List<String> failures() {
        return List.copyOf(failures);
    }
}
