package io.gmq.compare.goal;

import io.gmq.bench.load.LoadPlan;
import io.gmq.bench.load.LoadResult;
import io.gmq.bench.load.Topology;
import io.gmq.compare.peer.Samples;
import io.gmq.compare.peer.SyncLoop;
import java.util.List;

/** Level {@code synced}: against level {@code written}, and with one message in flight against the disk itself. */
final class Synced extends Experiment {
    /** Bytes of the journal beside a message: of its batch, its record and its command. */
    static final int RECORD_BYTES = 100;

    private static final int BYTES = 200;
    private static final int WINDOW = 1024;
    private static final double LEAST = 0.8;
    private static final double NS_A_SECOND = 1e9;

    private static final Goal.Side SYNCED = side("synced", "GMQ, synced");
    private static final Goal.Side WRITTEN = side("written", "GMQ, written");
    private static final Goal.Side ALONE = side("one-synced", "GMQ, synced, nothing is consumed");
    private static final Goal.Side CONSUMED = side("one-synced-consumed", "GMQ, synced, consumed and settled at level memory meanwhile");
    private static final Goal.Side LOOP = side("machine", "write at the end and fdatasync, 300 B");

    private Driven broker;

    Synced(final Lab lab) {
        super(lab);
    }

    @Override
    String id() {
        return "synced";
    }

    @Override
    List<Goal> goals() {
        return List.of(
            Goal.atLeast(LEAST, "synced-written", "synced: 200 B, 1 producer, 1 consumer, window 1,024, publishes and settlements at the level",
                Unit.PER_SECOND, SYNCED, WRITTEN),
            Goal.known("synced-cpu", "processor time of the broker", Unit.CPU, side(SYNCED.key() + Values.CPU, SYNCED.name()),
                side(WRITTEN.key() + Values.CPU, WRITTEN.name())),
            oneInFlight(ALONE),
            oneInFlight(CONSUMED));
    }

    private static Goal oneInFlight(final Goal.Side ours) {
        return Goal.atLeast(LEAST, ours.key(), "one in flight: 200 B, confirmed before the next is published", Unit.PER_SECOND, ours, LOOP);
    }

    @Override
    void open() throws Exception {
        broker = keep(lab().gmq("queue.max_queue_capacity=10000000"));
        lab().warm(broker, Wires.gmq("written"), lab().pair(BYTES, WINDOW));
        lab().warm(broker, Wires.gmq("synced"), lab().pair(BYTES, WINDOW));
    }

    @Override
    void round(final int round, final Values values) throws Exception {
        byTurns(round, values, List.of(all -> rate(SYNCED.key(), all), all -> rate(WRITTEN.key(), all)));
        byTurns(round, values, List.of(
            all -> one(ALONE.key(), all, lab().plan(new Topology(1, 0, 1, 1, 1), BYTES, 1, 0)),
            this::loop,
            all -> one(CONSUMED.key(), all, lab().pair(BYTES, 1))));
    }

    private void rate(final String level, final Values values) throws Exception {
        Lab.settleDisk();
        values.rate(level, lab().load(level, broker, Wires.gmq(level), lab().pair(BYTES, WINDOW)));
    }

    private void one(final String key, final Values values, final LoadPlan plan) throws Exception {
        Lab.settleDisk();
        final LoadResult result = lab().load(key, broker, Wires.mixed("synced", "memory"), plan);
        values.put(key, result.counts().confirmed() / result.counts().seconds());
        values.put(key + ".p50", result.confirmNs().getValueAtPercentile(50));
    }

    private void loop(final Values values) throws Exception {
        Lab.settleDisk();
        final Samples samples = SyncLoop.appendAndSync(lab().folder(), lab().setting().measured().toNanos(), BYTES + RECORD_BYTES);
        values.put(LOOP.key(), samples.count() * NS_A_SECOND / samples.sumNs());
        values.put(LOOP.key() + ".p50", samples.percentileNs(50));
        lab().say("    " + LOOP.name() + ": " + Unit.PER_SECOND.text(values.get(LOOP.key())) + " a second");
    }
}
