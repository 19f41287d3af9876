package io.gmq.compare.goal;

import io.gmq.bench.load.LoadPlan;
import io.gmq.bench.load.LoadResult;
import io.gmq.bench.load.Pace;
import io.gmq.bench.load.Topology;
import io.gmq.bench.load.Wire;
import io.gmq.bench.wire.EchoWire;
import io.gmq.compare.peer.Samples;
import io.gmq.compare.peer.SyncLoop;
import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;

/** How late messages are at half of the rate that was just reached, on a schedule: against a bare echo, and against a sync of the disk. */
final class LatencyAtHalf extends Experiment {
    private static final int BYTES = 256;
    private static final int WINDOW = 1024;
    private static final double MIDDLE = 50;
    private static final double TAIL = 99.9;
    private static final double MIDDLE_MOST = 1.5;
    private static final double TAIL_MOST = 2.0;
    private static final double SYNC_MOST = 1.3;
    private static final double NS_A_SECOND = 1e9;

    private static final String CONFIRM = "confirm";
    private static final String DELIVERY = "delivery";
    private static final String ECHO = "echo";
    private static final String SYNCED = "synced";
    private static final String ONE_SYNC = "sync-one";
    private static final String SYNC = "sync-same";
    private static final String P50 = ".p50";
    private static final String P999 = ".p99.9";

    private Driven memory;
    private Driven files;
    private Driven echo;

    LatencyAtHalf(final Lab lab) {
        super(lab);
    }

    @Override
    String id() {
        return "latency";
    }

    @Override
    List<Goal> goals() {
        return List.of(
            ofEcho(CONFIRM, P50, MIDDLE_MOST),
            ofEcho(DELIVERY, P50, MIDDLE_MOST),
            ofEcho(CONFIRM, P999, TAIL_MOST),
            ofEcho(DELIVERY, P999, TAIL_MOST),
            ofSync(SYNC, "write at the end and fdatasync, of as many bytes as come in that time"),
            ofSync(ONE_SYNC, "write at the end and fdatasync, of one record"));
    }

    private static Goal ofEcho(final String what, final String percentile, final double target) {
        return Goal.atMost(target, "latency-" + what + percentile, "latency: 256 B, open loop at half of the maximal rate, memory, " + percentile.substring(1),
            Unit.TIME, side(what + percentile, "GMQ, " + what), side(ECHO + percentile, "bare NIO echo at the same rate"));
    }

    private static Goal ofSync(final String sync, final String words) {
        return Goal.atMost(SYNC_MOST, "latency-" + sync, "latency: 256 B, open loop at half of the maximal rate, synced, p50", Unit.TIME,
            side(SYNCED + P50, "GMQ, confirm"), side(sync, words));
    }

    @Override
    void open() throws Exception {
        memory = keep(lab().gmq("queue.queue_type=memory", "queue.max_queue_capacity=1000000"));
        files = keep(lab().gmq("queue.max_queue_capacity=1000000"));
        echo = keep(lab().echoServer());
        lab().warm(memory, Wires.gmq("memory"), lab().pair(BYTES, WINDOW));
        lab().warm(files, Wires.gmq(SYNCED), lab().pair(BYTES, WINDOW));
        lab().warm(echo, new EchoWire(), alone());
    }

    private LoadPlan alone() {
        return lab().plan(new Topology(1, 0, 1, 1, 1), BYTES, WINDOW, 0);
    }

    @Override
    void round(final int round, final Values values) throws Exception {
        final double rate = half(memory, Wires.gmq("memory"));
        values.put("rate", rate);
        byTurns(round, values, List.of(
            all -> {
                final LoadResult result = open(memory, Wires.gmq("memory"), lab().pair(BYTES, WINDOW), rate);
                put(CONFIRM, result.confirmNs(), all);
                put(DELIVERY, result.deliveryNs(), all);
            },
            all -> put(ECHO, open(echo, new EchoWire(), alone(), rate).confirmNs(), all)));
        final double syncedRate = half(files, Wires.gmq(SYNCED));
        values.put("synced-rate", syncedRate);
        byTurns(round, values, List.of(
            all -> {
                Lab.settleDisk();
                put(SYNCED, open(files, Wires.gmq(SYNCED), lab().pair(BYTES, WINDOW), syncedRate).confirmNs(), all);
            },
            all -> loops(syncedRate, all)));
    }

    private double half(final Driven broker, final Wire wire) throws InterruptedException {
        return lab().load("maximal rate", broker, wire, lab().pair(BYTES, WINDOW)).perSecond() / 2;
    }

    private LoadResult open(final Driven server, final Wire wire, final LoadPlan plan, final double rate) throws InterruptedException {
        return lab().load(server.name() + " at half", server, wire, plan.at(Pace.open(rate, lab().setting().warmUp(), lab().setting().measured())));
    }

    private static void put(final String key, final Histogram ns, final Values values) {
        values.put(key + P50, ns.getValueAtPercentile(MIDDLE));
        values.put(key + P999, ns.getValueAtPercentile(TAIL));
    }

    /** First of one record; that time tells how many bytes come while it lasts. */
    private void loops(final double rate, final Values values) throws Exception {
        Lab.settleDisk();
        final int record = BYTES + Synced.RECORD_BYTES;
        values.put(ONE_SYNC, loop(record));
        final int bytes = (int) Math.max(record, rate * record * values.get(ONE_SYNC) / NS_A_SECOND);
        values.put(SYNC + ".bytes", bytes);
        values.put(SYNC, loop(bytes));
        lab().say("    the disk: " + Unit.TIME.text(values.get(ONE_SYNC)) + " a record, " + Unit.TIME.text(values.get(SYNC)) + " with " + bytes + " bytes");
    }

    private double loop(final int bytes) throws Exception {
        final Duration half = lab().setting().measured().dividedBy(2);
        final Samples samples = SyncLoop.appendAndSync(lab().folder(), half.toNanos(), bytes);
        return samples.percentileNs(MIDDLE);
    }
}
