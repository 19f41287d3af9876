package io.gmq.compare.run;

import io.gmq.bench.load.LoadPlan;
import io.gmq.bench.load.LoadResult;
import io.gmq.bench.load.LoadRun;
import io.gmq.bench.load.Pace;
import io.gmq.bench.load.Topology;
import io.gmq.compare.peer.RunningServer;
import io.gmq.compare.peer.Subject;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Measures a subject with the load generator: the same one for all, which costs less than any client. */
final class RawLoad {
    private static final double MILLION = 1e6;

    private static final AtomicInteger RUNS = new AtomicInteger();

    private final Plan plan;

    RawLoad(final Plan plan) {
        this.plan = plan;
    }

    /** One producer, one consumer, one thread for both, as many messages on their way as the window allows. */
    Map<String, Double> throughput(final Subject subject, final RunningServer server) throws InterruptedException {
        final LoadPlan load = new LoadPlan(Topology.pair(), plan.messageLength(), 1, plan.window(), 0,
            Pace.closed(plan.warmUp(), plan.measured()), "compare-" + RUNS.incrementAndGet());
        final LoadResult result = new LoadRun(subject.drivers().wire(), new InetSocketAddress(RunningServer.HOST, server.port()), load)
            .brokerCpu(server::cpuSeconds).run();
        final LoadResult.Errors errors = result.errors();
        if (errors.missing() > 0 || errors.repeats() > 0) {
            throw new IllegalStateException(errors.missing() + " messages have not come, " + errors.repeats() + " came more than once");
        }
        return Map.of(Figure.RATE, result.perSecond(), Figure.BROKER_CPU, result.brokerCpuPerMillion(),
            Figure.CLIENT_CPU, result.cpu().generatorSeconds() * MILLION / result.counts().done());
    }
}
