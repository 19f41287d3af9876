package io.gmq.compare.goal;

import java.util.List;
import java.util.Map;

/** The engine alone, by the benchmarks of the module {@code bench}. */
final class Engine extends Experiment {
    private static final double CYCLES = 5e6;
    private static final double NS_A_SECOND = 1e9;
    /** A whole byte; a hundredth of it is what a profiler sees of other threads. */
    private static final double BYTE = 1;
    private static final double NO_BYTE = 0.01;
    private static final List<String> METHODS = List.of("publishTakeAck", "publishPushAckRange");
    private static final String ALLOCATED = ".bytes";
    private static final String WANTED = "wanted";
    private static final String ONE_BYTE = "byte";

    Engine(final Lab lab) {
        super(lab);
    }

    @Override
    String id() {
        return "engine";
    }

    @Override
    List<Goal> goals() {
        return List.of(
            cycles(METHODS.get(0), "publish, take and ack, one by one"),
            cycles(METHODS.get(1), "publishes pushed by runs, settled in ranges"),
            allocated(METHODS.get(0), "publish, take and ack, one by one"),
            allocated(METHODS.get(1), "publishes pushed by runs, settled in ranges"));
    }

    private static Goal cycles(final String method, final String words) {
        return Goal.atLeast(1, "engine-" + method, "engine alone: 200 B, one thread, 1,000 messages wait", Unit.PER_SECOND,
            side(method, words + " (`EngineBenchmark." + method + "`)"), side(WANTED, "5 million a second"));
    }

    private static Goal allocated(final String method, final String words) {
        return Goal.atMost(NO_BYTE, "engine-bytes-" + method, "engine alone: allocated for a message; 0 is wanted", Unit.BYTES,
            side(method + ALLOCATED, words), side(ONE_BYTE, "one byte"));
    }

    @Override
    void open() {
        // The benchmarks are processes of their own.
    }

    @Override
    void round(final int round, final Values values) throws Exception {
        final Map<String, Double> scores = Jmh.run(lab(), lab().setting().isQuick() ? 1 : 4, List.of("EngineBenchmark." + METHODS.get(0) + "$",
            "EngineBenchmark." + METHODS.get(1) + "$", "-p", "backlog=1000", "-p", "queues=1", "-p", "payloadBytes=200", "-p", "capacity=100000000",
            "-prof", "gc"));
        values.put(WANTED, CYCLES);
        values.put(ONE_BYTE, BYTE);
        for (final String method : METHODS) {
            values.put(method, NS_A_SECOND / score(scores, method + " "));
            values.put(method + ALLOCATED, score(scores, method + ":gc.alloc.rate.norm "));
            lab().say("    " + method + ": " + Unit.PER_SECOND.text(values.get(method)) + " a second");
        }
    }

    private static double score(final Map<String, Double> scores, final String begin) {
        return scores.entrySet().stream().filter(entry -> entry.getKey().startsWith(begin)).map(Map.Entry::getValue).findFirst()
            .orElseThrow(() -> new IllegalStateException("there is no score of " + begin));
    }
}
