package io.gmq.compare.run;

import io.gmq.bench.load.LoadPlan;
import io.gmq.bench.load.LoadResult;
import io.gmq.bench.load.LoadRun;
import io.gmq.bench.load.Pace;
import io.gmq.bench.load.Topology;
import io.gmq.compare.peer.RunningServer;
import io.gmq.compare.peer.Subject;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Measures a subject with the load generator: the same one for all, which costs less than any client. */
final class RawLoad {
    private static final double MILLION = 1e6;
    private static final double NS_PER_US = 1e3;
    private static final int HALF = 2;

    private static final AtomicInteger RUNS = new AtomicInteger();

    private final Plan plan;

    RawLoad(final Plan plan) {
        this.plan = plan;
    }

    /** One producer, one consumer, one thread for both, as many messages on their way as the window allows. */
    Map<String, Double> throughput(final Subject subject, final RunningServer server) throws InterruptedException {
        final LoadResult result = run(subject, server, Topology.pair(), plan.window(), Pace.closed(plan.warmUp(), plan.measured()));
        return Map.of(Figure.RATE, result.perSecond(), Figure.BROKER_CPU, result.brokerCpuPerMillion(),
            Figure.CLIENT_CPU, result.cpu().generatorSeconds() * MILLION / result.counts().done());
    }

    /** Whether the broker tells at all that it has a message. */
    boolean isConfirming(final Subject subject) {
        return subject.drivers().wire().publisher(load(Topology.pair(), plan.window(), Pace.closed(plan.warmUp(), plan.measured())),
            List.of("compare-0000000")).isConfirming();
    }

    private LoadPlan load(final Topology topology, final int window, final Pace pace) {
        return new LoadPlan(topology, plan.messageLength(), 1, window, 0, pace, "compare-" + RUNS.incrementAndGet());
    }

    /** From publishing a message to its confirmation; the next is published only then. Nobody consumes meanwhile. */
    Map<String, Double> oneInFlight(final Subject subject, final RunningServer server) throws InterruptedException {
        final LoadResult result = run(subject, server, new Topology(1, 0, 1, 1, 1), 1,
            Pace.closed(plan.oneInFlight().dividedBy(HALF), plan.oneInFlight()));
        return Map.of(Figure.RATE, result.counts().confirmed() / result.counts().seconds(),
            Figure.P50, result.confirmNs().getValueAtPercentile(50) / NS_PER_US,
            Figure.P99, result.confirmNs().getValueAtPercentile(99) / NS_PER_US);
    }

    private LoadResult run(final Subject subject, final RunningServer server, final Topology topology, final int window, final Pace pace)
        throws InterruptedException {
        final InetSocketAddress address = new InetSocketAddress(RunningServer.HOST, server.port());
        final LoadResult result = new LoadRun(subject.drivers().wire(), address, load(topology, window, pace))
            .brokerCpu(server::cpuSeconds).run();
        Plan.checkTime(result.counts().seconds(), pace.duration());
        final LoadResult.Errors errors = result.errors();
        if (errors.missing() > 0 || errors.repeats() > 0) {
            throw new IllegalStateException(errors.missing() + " messages have not come, " + errors.repeats() + " came more than once");
        }
        return result;
    }
}
