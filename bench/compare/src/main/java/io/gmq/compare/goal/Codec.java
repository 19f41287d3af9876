package io.gmq.compare.goal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Decoding of requests, by the benchmarks of the module {@code bench}. */
final class Codec extends Experiment {
    private static final double TIMES = 3;
    private static final double NS_A_SECOND = 1e9;
    private static final int BYTES = 256;
    private static final List<String> CONTENTS = List.of("payload", "text");

    Codec(final Lab lab) {
        super(lab);
    }

    @Override
    String id() {
        return "codec";
    }

    @Override
    List<Goal> goals() {
        final List<Goal> goals = new ArrayList<>();
        for (final String content : CONTENTS) {
            goals.add(Goal.atLeast(TIMES, "codec-" + content, "decoding a publish of " + BYTES + " bytes, message as " + content, Unit.PER_SECOND,
                side("gmq-" + content, "GMQ (`DecodeBenchmark.gmq`)"), side("dsl-" + content, "DSL-JSON's data binding, the faster of its two ways")));
        }
        return goals;
    }

    @Override
    void open() {
        // The benchmarks are processes of their own.
    }

    @Override
    void round(final int round, final Values values) throws Exception {
        final Map<String, Double> scores = Jmh.run(lab(), lab().setting().isQuick() ? 1 : 4, List.of("DecodeBenchmark.(gmq|dslJson|dslJsonRuntime)$",
            "-p", "frameBytes=" + BYTES, "-p", "content=" + String.join(",", CONTENTS)));
        for (final String content : CONTENTS) {
            final String parameters = " " + content + " " + BYTES;
            values.put("gmq-" + content, NS_A_SECOND / scores.get("gmq" + parameters));
            values.put("dsl-" + content, NS_A_SECOND / Math.min(scores.get("dslJson" + parameters), scores.get("dslJsonRuntime" + parameters)));
            lab().say("    " + content + ": GMQ " + Unit.PER_SECOND.text(values.get("gmq-" + content)) + ", DSL-JSON "
                + Unit.PER_SECOND.text(values.get("dsl-" + content)) + " frames a second");
        }
    }
}
