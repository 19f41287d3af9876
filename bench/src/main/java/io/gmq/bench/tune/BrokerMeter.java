package io.gmq.bench.tune;

import io.gmq.bench.load.LoadPlan;
import io.gmq.bench.load.LoadResult;
import io.gmq.bench.load.LoadRun;
import io.gmq.bench.load.OwnBroker;
import io.gmq.bench.load.Pace;
import io.gmq.bench.load.ProcessUsage;
import io.gmq.bench.load.Topology;
import io.gmq.bench.wire.GmqOptions;
import io.gmq.bench.wire.GmqWire;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import org.HdrHistogram.Histogram;

/** Measures a point with a broker process of its own, over real sockets: first as fast as it goes, then at half of that. */
final class BrokerMeter implements Meter {
    /** Starting and stopping a broker. */
    private static final double OVERHEAD_S = 2.5;
    private static final double SECONDS_MIN = 1.5;
    private static final double WARM_PART = 0.45;
    private static final double CLOSED_PART = 0.3;
    private static final double OPEN_WARM_PART = 0.05;
    private static final double OPEN_PART = 0.2;
    private static final int WINDOW_BYTES_MAX = 16 << 20;

    private final Path parent;
    private final List<String> fixed;
    private final int window;
    private final BiConsumer<Point, Long> progress;

    /**
     * @param parent   where data folders are made.
     * @param fixed    settings of every broker.
     * @param progress hears how many messages are through.
     */
    BrokerMeter(final Path parent, final List<String> fixed, final int window, final BiConsumer<Point, Long> progress) {
        this.parent = parent;
        this.fixed = fixed;
        this.window = window;
        this.progress = progress;
    }

    @Override
    public Outcome measure(final Point point, final double seconds) throws InterruptedException {
        final double loaded = Math.max(SECONDS_MIN, seconds - OVERHEAD_S);
        progress.accept(point, 0L);
        try (OwnBroker broker = new OwnBroker(parent, point.options(fixed))) {
            final double[] resident = {0};
            final Pace closedPace = Pace.closed(duration(WARM_PART * loaded), duration(CLOSED_PART * loaded));
            final LoadResult closed = run(point, closedPace, point.backlog(), broker, resident);
            final Pace openPace = Pace.open(Math.max(1, closed.perSecond() / 2), duration(OPEN_WARM_PART * loaded), duration(OPEN_PART * loaded));
            final Histogram late = run(point, openPace, 0, broker, new double[1]).confirmNs();
            return new Outcome(point, closed.perSecond(), closed.brokerCpuPerMillion(), late.getValueAtPercentile(50), late.getValueAtPercentile(99),
                late.getValueAtPercentile(99.9), resident[0]);
        }
    }

    private LoadResult run(final Point point, final Pace pace, final long backlog, final OwnBroker broker, final double[] resident)
        throws InterruptedException {
        final int fitting = Math.max(1, Math.min(window, WINDOW_BYTES_MAX / Math.max(1, point.bytes())));
        final LoadPlan plan = new LoadPlan(Topology.pair(), point.bytes(), 1, fitting, backlog, pace, "tune");
        return new LoadRun(new GmqWire(GmqOptions.DEFAULT), broker.address(), plan).brokerCpu(() -> {
            resident[0] = Math.max(resident[0], ProcessUsage.residentBytes(broker.pid()));
            return ProcessUsage.cpuSeconds(broker.pid());
        }).progress(messages -> progress.accept(point, messages)).run();
    }

    private static Duration duration(final double seconds) {
        return Duration.ofMillis((long) (seconds * 1e3));
    }
}
