package io.gmq.compare.goal;

import io.gmq.bench.load.LoadPlan;
import io.gmq.bench.load.Topology;
import io.gmq.bench.report.Numbers;
import io.gmq.bench.wire.GmqOptions.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Many queues against one, and many messages that wait against few. */
final class Depth extends Experiment {
    private static final int BYTES = 200;
    private static final int WINDOW = 1024;
    private static final int QUEUES = 4096;
    private static final int QUEUES_MAX = 2 * QUEUES;
    private static final int DEEP = 10_000_000;
    private static final int SHALLOW = 1_000;
    private static final int HELD_BYTES = 400;
    private static final double QUEUES_LEAST = 0.7;
    private static final double DEPTH_LEAST = 0.8;
    /** One take asks one queue, so that many queues would be asked in vain. */
    private static final List<Way> WAYS = List.of(Way.PUSH, Way.SINGLE);

    private final int deep;
    private Driven broker;

    Depth(final Lab lab) {
        super(lab);
        deep = lab.setting().large(DEEP);
    }

    @Override
    String id() {
        return "depth";
    }

    private static String key(final String what, final Way way) {
        return what + "-" + way.name().toLowerCase(Locale.ROOT);
    }

    @Override
    List<Goal> goals() {
        final List<Goal> goals = new ArrayList<>();
        for (final Way way : WAYS) {
            final String words = way == Way.PUSH ? "pushed" : "each taken and settled by requests of its own";
            goals.add(Goal.atLeast(QUEUES_LEAST, key("queues", way), "queues: 200 B, memory, 1 producer, 1 consumer, window 1,024, " + words, Unit.PER_SECOND,
                side(key("queues-many", way), "4,096 queues by turns"), side(key("queues-one", way), "1 queue")));
        }
        for (final Way way : WAYS) {
            final String words = way == Way.PUSH ? "pushed" : "each taken and settled by requests of its own";
            goals.add(Goal.atLeast(DEPTH_LEAST, key("backlog", way), "backlog: 200 B, memory, 1 producer, 1 consumer, window 1,024, " + words, Unit.PER_SECOND,
                side(key("deep", way), Numbers.whole(deep) + " messages wait"), side(key("shallow", way), "1,000 messages wait")));
        }
        return goals;
    }

    @Override
    void open() throws Exception {
        broker = keep(lab().gmq("queue.queue_type=memory", "queue.max_queue_capacity=" + (DEEP + 1_000_000), "queue.max_queue_number=" + QUEUES_MAX,
            "queue.max_held_bytes=" + (long) DEEP * HELD_BYTES));
        for (final Way way : WAYS) {
            lab().warm(broker, Wires.gmq("memory", way), queues(QUEUES));
            lab().warm(broker, Wires.gmq("memory", way), queues(1));
        }
    }

    private LoadPlan queues(final int queues) {
        return lab().plan(new Topology(1, 1, queues, 1, 2), BYTES, WINDOW, 0);
    }

    @Override
    void round(final int round, final Values values) throws Exception {
        for (final Way way : WAYS) {
            byTurns(round, values, List.of(
                all -> load(key("queues-many", way), way, queues(QUEUES), all),
                all -> load(key("queues-one", way), way, queues(1), all)));
        }
        for (final Way way : WAYS) {
            byTurns(round, values, List.of(
                all -> load(key("deep", way), way, backlog(deep), all),
                all -> load(key("shallow", way), way, backlog(SHALLOW), all)));
        }
    }

    private LoadPlan backlog(final int messages) {
        return lab().plan(Topology.pair(), BYTES, WINDOW, messages);
    }

    private void load(final String key, final Way way, final LoadPlan plan, final Values values) throws InterruptedException {
        values.rate(key, lab().load(key, broker, Wires.gmq("memory", way), plan));
    }
}
