package io.gmq.compare.doc;

import io.gmq.compare.peer.Level;
import io.gmq.compare.peer.Subject;
import io.gmq.compare.run.Comparison;
import io.gmq.compare.run.Table;
import java.util.ArrayList;
import java.util.List;

/** The ratios that GMQ is to be judged by. */
final class Ratios {
    private static final String MEMORY = "gmq-memory";
    private static final String WRITTEN = "gmq-written";
    private static final String SYNCED = "gmq-synced";
    private static final String SYNCED_BATCHES = "gmq-synced-batches";
    /** Those with journals, as they are by default. */
    private static final List<String> DEFAULTS = List.of("jetstream-file", "rabbitmq-quorum", "kafka-default");

    private static final List<String> MACHINE = List.of(Comparison.APPEND_AND_SYNC);

    private Ratios() {
    }

    static List<Ratio> of(final List<Subject> subjects) {
        final List<String> synced = subjects.stream().filter(subject -> subject.level() == Level.SYNCED).map(Subject::id)
            .filter(id -> !id.startsWith(SYNCED)).toList();
        final List<Ratio> all = new ArrayList<>();
        all.add(new Ratio("`memory`, same generator, against Redis with LPUSH and RPOP", Table.RAW, MEMORY, List.of("redis-none-single")));
        all.add(new Ratio("`memory`, same generator, against Redis that gives many at a time", Table.RAW, MEMORY, List.of("redis-none")));
        all.add(new Ratio("`memory`, same generator, against NATS core, which acknowledges nothing", Table.RAW,
            MEMORY, List.of("nats-core")));
        all.add(new Ratio("`synced`, Java clients, against the best of JetStream file, RabbitMQ quorum, Kafka, as they are by default",
            Table.JAVA, SYNCED, DEFAULTS));
        all.add(new Ratio("`synced`, Java clients, batches, against the same", Table.JAVA, SYNCED_BATCHES, DEFAULTS));
        all.add(new Ratio("`synced`, Java clients, against the best that syncs before it confirms", Table.JAVA, SYNCED, synced));
        all.add(new Ratio("`synced`, Java clients, batches, against the same", Table.JAVA, SYNCED_BATCHES, synced));
        all.add(new Ratio("`synced`, same generator, against the best that syncs before it confirms", Table.RAW, SYNCED, synced));
        all.add(new Ratio("`synced` against GMQ's own `written`, same generator", Table.RAW, SYNCED, List.of(WRITTEN)));
        all.add(new Ratio("`synced` against GMQ's own `written`, Java client", Table.JAVA, SYNCED, List.of(WRITTEN)));
        all.add(new Ratio("one in flight, `synced`, same generator, against append and fdatasync",
            Table.RAW_ONE_IN_FLIGHT, SYNCED, MACHINE));
        all.add(new Ratio("one in flight, `synced`, Java client, against append and fdatasync", Table.JAVA_ONE_IN_FLIGHT, SYNCED, MACHINE));
        return all;
    }
}
