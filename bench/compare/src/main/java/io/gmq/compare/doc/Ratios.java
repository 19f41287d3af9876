package io.gmq.compare.doc;

import io.gmq.compare.peer.Level;
import io.gmq.compare.peer.Subject;
import io.gmq.compare.run.Comparison;
import io.gmq.compare.run.Figure;
import io.gmq.compare.run.Table;
import java.util.ArrayList;
import java.util.List;

/** The ratios that GMQ is to be judged by. */
final class Ratios {
    private static final String MEMORY = "gmq-memory";
    private static final String WRITTEN = "gmq-written";
    private static final String SYNCED = "gmq-synced";
    /** Those with journals, as they are by default. */
    private static final List<String> DEFAULTS = List.of("jetstream-file", "rabbitmq-quorum", "kafka-default");

    private Ratios() {
    }

    static List<Ratio> of(final List<Subject> subjects) {
        final List<String> synced = subjects.stream().filter(subject -> subject.level() == Level.SYNCED).map(Subject::id)
            .filter(id -> !id.equals(SYNCED)).toList();
        final List<Ratio> all = new ArrayList<>();
        all.add(Ratio.ofRates("`memory`, same generator, against Redis with LPUSH and RPOP", Table.RAW, MEMORY, List.of("redis-none-single")));
        all.add(Ratio.ofRates("`memory`, same generator, against Redis that gives many at a time", Table.RAW, MEMORY, List.of("redis-none")));
        all.add(Ratio.ofRates("`memory`, same generator, against NATS core, which acknowledges nothing", Table.RAW, MEMORY, List.of("nats-core")));
        all.add(Ratio.ofRates("`synced`, Java clients, against the best of JetStream file, RabbitMQ quorum, Kafka, as they are by default", Table.JAVA, SYNCED, DEFAULTS));
        all.add(Ratio.ofRates("`synced`, Java clients, against the best that syncs before it confirms", Table.JAVA, SYNCED, synced));
        all.add(Ratio.ofRates("`synced`, same generator, against the best that syncs before it confirms", Table.RAW, SYNCED, synced));
        all.add(Ratio.ofRates("`synced` against GMQ's own `written`, same generator", Table.RAW, SYNCED, List.of(WRITTEN)));
        all.add(Ratio.ofRates("`synced` against GMQ's own `written`, Java client", Table.JAVA, SYNCED, List.of(WRITTEN)));
        all.add(new Ratio("p50 of one in flight, `synced`, against append and fdatasync", Table.ONE_IN_FLIGHT, Figure.P50, SYNCED,
            List.of(Comparison.APPEND_AND_SYNC)));
        return all;
    }
}
