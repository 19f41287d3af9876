package io.gmq.compare.goal;

import io.gmq.bench.load.LoadResult;
import java.util.LinkedHashMap;
import java.util.Map;

/** All figures of one round of an experiment, by key. */
final class Values {
    /** Behind the key of a rate: processor seconds of the broker for a million messages. */
    static final String CPU = ".cpu";
    /** Behind the key of a rate: the part of a processor that the generator had. */
    static final String GENERATOR = ".generator";

    private final Map<String, Double> all = new LinkedHashMap<>();

    void put(final String key, final double value) {
        all.put(key, value);
    }

    /** A figure that is there. */
    double get(final String key) {
        if (!all.containsKey(key)) {
            throw new IllegalStateException(key + " was not measured");
        }
        return all.get(key);
    }

    boolean has(final String key) {
        return all.containsKey(key);
    }

    /** The rate of messages that went all the way, and what it cost. */
    void rate(final String key, final LoadResult result) {
        put(key, result.perSecond());
        put(key + CPU, result.brokerCpuPerMillion());
        put(key + GENERATOR, result.generatorShare(1));
    }

    Map<String, Double> all() {
        return all;
    }
}
