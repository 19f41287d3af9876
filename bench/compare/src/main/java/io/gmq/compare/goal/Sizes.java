package io.gmq.compare.goal;

import io.gmq.bench.load.LoadPlan;
import io.gmq.bench.load.LoadResult;
import io.gmq.bench.load.Topology;
import io.gmq.bench.load.Wire;
import io.gmq.bench.report.Numbers;
import io.gmq.bench.wire.EchoWire;
import java.util.ArrayList;
import java.util.List;

/** Bytes a second of messages of different lengths, against a bare echo of the same bytes. */
final class Sizes extends Experiment {
    private static final List<Integer> SIZES = List.of(200, 1 << 10, 16 << 10, 256 << 10);
    private static final int JUDGED_FROM = 16 << 10;
    private static final int WINDOW_MAX = 1024;
    /** Bytes under way, where the messages are not too small for that. */
    private static final int WINDOW_BYTES = 4 << 20;
    private static final double LEAST = 0.5;

    private final Wire wire = Wires.gmq("memory");
    private Driven broker;
    private Driven echo;

    Sizes(final Lab lab) {
        super(lab);
    }

    @Override
    String id() {
        return "sizes";
    }

    private static int window(final int size) {
        return Math.min(WINDOW_MAX, WINDOW_BYTES / size);
    }

    private static String key(final String what, final int size) {
        return what + "-" + size;
    }

    @Override
    List<Goal> goals() {
        final List<Goal> goals = new ArrayList<>();
        for (final int size : SIZES) {
            final String what = "messages of " + Numbers.bytes(size) + ", memory, window " + Numbers.whole(window(size));
            final Goal.Side ours = side(key("gmq", size), "GMQ, published, pushed and settled");
            final Goal.Side other = side(key("echo", size), "bare NIO echo of the same bytes, same window");
            goals.add(size < JUDGED_FROM ? Goal.known(key("size", size), what, Unit.BYTES_PER_SECOND, ours, other)
                : Goal.atLeast(LEAST, key("size", size), what, Unit.BYTES_PER_SECOND, ours, other));
        }
        return goals;
    }

    @Override
    void open() throws Exception {
        broker = keep(lab().gmq("queue.queue_type=memory", "queue.max_queue_capacity=100000", "queue.max_message_length=256KiB"));
        echo = keep(lab().echoServer());
        for (final int size : SIZES) {
            lab().warm(broker, wire, lab().pair(size, window(size)));
        }
        lab().warm(echo, new EchoWire(), echoed(SIZES.get(0)));
    }

    private LoadPlan echoed(final int size) {
        return lab().plan(new Topology(1, 0, 1, 1, 1), size, window(size), 0);
    }

    @Override
    void round(final int round, final Values values) throws Exception {
        for (final int size : SIZES) {
            byTurns(round, values, List.of(
                all -> put(key("gmq", size), size, lab().load(Numbers.bytes(size), broker, wire, lab().pair(size, window(size))), all),
                all -> put(key("echo", size), size, lab().load(Numbers.bytes(size) + " echoed", echo, new EchoWire(), echoed(size)), all)));
        }
    }

    private static void put(final String key, final int size, final LoadResult result, final Values values) {
        values.rate(key, result);
        values.put(key, result.perSecond() * size);
    }
}
