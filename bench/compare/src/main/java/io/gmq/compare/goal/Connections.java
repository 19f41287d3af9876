package io.gmq.compare.goal;

import io.gmq.bench.load.IdleConnections;
import io.gmq.bench.load.LoadPlan;
import io.gmq.bench.load.ProcessUsage;
import io.gmq.bench.load.Topology;
import io.gmq.bench.load.Wire;
import io.gmq.bench.report.Numbers;
import java.util.ArrayList;
import java.util.List;

/** Many connections, of which a tenth is active: what they cost in speed, and what an idle one takes in memory. */
final class Connections extends Experiment {
    private static final int BYTES = 200;
    private static final int MANY = 10_000;
    private static final int FEW = 100;
    private static final int ACTIVE_PART = 10;
    private static final int QUEUES = 5;
    /** Messages under way, of all producers together: two for each of the most producers. */
    private static final int WINDOW = 1_000;
    /** With room for as many as producers that have something to send would have. */
    private static final int WIDE_WINDOW = 16_000;
    private static final double LEAST = 0.8;
    private static final double BYTES_MOST = 8 << 10;
    private static final int STILL_MS = 500;
    private static final int STILL_LOOKS = 20;
    private static final double STILL_BYTES = 128 << 10;

    private static final String BYTES_OF_IDLE = "idle-bytes";
    private static final String LIMIT = "limit";
    private static final String WIDE = "-wide";
    private static final String SAME_WINDOW = "few-same-window";

    private final Wire wire = Wires.gmq("memory");
    private final int many;

    Connections(final Lab lab) {
        super(lab);
        many = lab.setting().large(MANY);
    }

    @Override
    String id() {
        return "connections";
    }

    @Override
    List<Goal> goals() {
        final List<Goal> goals = new ArrayList<>();
        for (final String wide : List.of("", WIDE)) {
            final Goal.Side ours = side("many" + wide, Numbers.whole(many) + " connections, 10 % active");
            final String what = "connections: 200 B, memory, " + QUEUES + " queues, " + Numbers.whole(wide.isEmpty() ? WINDOW : WIDE_WINDOW)
                + " messages under way in all";
            goals.add(Goal.atLeast(LEAST, "connections-tenth" + wide, what, Unit.PER_SECOND, ours, side("few-tenth" + wide, "100 connections, 10 % active")));
            goals.add(Goal.atLeast(LEAST, "connections-all" + wide, what, Unit.PER_SECOND, ours, side("few-all" + wide, "100 connections, all active")));
        }
        final int window = WIDE_WINDOW / (many / ACTIVE_PART / 2);
        goals.add(Goal.atLeast(LEAST, "connections-same-window", "connections: 200 B, memory, " + QUEUES + " queues, " + window
            + " messages under way for each producer", Unit.PER_SECOND, side("many" + WIDE, Numbers.whole(many) + " connections, 10 % active"),
            side(SAME_WINDOW, "100 connections, 10 % active")));
        goals.add(Goal.atMost(1, "connections-memory", "connections: growth of the broker's resident memory for an idle one", Unit.BYTES,
            side(BYTES_OF_IDLE, "GMQ, " + Numbers.whole(idle()) + " idle connections"), side(LIMIT, "8 KiB")));
        return goals;
    }

    private int idle() {
        return many - many / ACTIVE_PART;
    }

    @Override
    void open() {
        // Each round has a broker of its own: memory that was once used for connections is used again.
    }

    @Override
    void round(final int round, final Values values) throws Exception {
        try (Driven broker = lab().gmq("queue.queue_type=memory", "queue.max_queue_capacity=1000000", "network.max_connections=" + (many + FEW))) {
            lab().warm(broker, wire, plan(FEW, WINDOW));
            lab().warm(broker, wire, plan(many / ACTIVE_PART, WINDOW));
            byTurns(round, values, List.of(all -> many(broker, all), all -> few(broker, all)));
        }
    }

    /** Half of the active ones publish, half consume. */
    private LoadPlan plan(final int active, final int window) {
        final int half = active / 2;
        return lab().plan(new Topology(half, half, Math.min(half, QUEUES), 1, active), BYTES, Math.max(1, window / half), 0);
    }

    private void many(final Driven broker, final Values values) throws Exception {
        broker.thaw();
        final double before = still(broker.pid());
        try (IdleConnections idles = new IdleConnections(wire, broker.address(), idle(), opened -> { })) {
            values.put(BYTES_OF_IDLE, (still(broker.pid()) - before) / idles.size());
            values.put(LIMIT, BYTES_MOST);
            lab().say("    idle connections: " + Unit.BYTES.text(values.get(BYTES_OF_IDLE)) + " each");
            rates("many", broker, many / ACTIVE_PART, values);
        }
    }

    private void few(final Driven broker, final Values values) throws Exception {
        rates("few-tenth", broker, FEW / ACTIVE_PART, values);
        rates("few-all", broker, FEW, values);
        values.rate(SAME_WINDOW, lab().load(SAME_WINDOW, broker, wire, plan(FEW / ACTIVE_PART, WIDE_WINDOW * FEW / many)));
    }

    private void rates(final String key, final Driven broker, final int active, final Values values) throws Exception {
        values.rate(key, lab().load(key, broker, wire, plan(active, WINDOW)));
        values.rate(key + WIDE, lab().load(key + WIDE, broker, wire, plan(active, WIDE_WINDOW)));
    }

    /** Resident memory, when it does not change any more. */
    private static double still(final long pid) throws InterruptedException {
        double last = Double.MAX_VALUE;
        double now = ProcessUsage.residentBytes(pid);
        for (int i = 0; i < STILL_LOOKS && Math.abs(now - last) > STILL_BYTES; i++) {
            Thread.sleep(STILL_MS);
            last = now;
            now = ProcessUsage.residentBytes(pid);
        }
        return now;
    }
}
