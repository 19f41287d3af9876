package io.gmq.bench.cli;

import io.gmq.bench.load.Endpoint;
import io.gmq.bench.load.LoadPlan;
import io.gmq.bench.load.LoadResult;
import io.gmq.bench.load.LoadRun;
import io.gmq.bench.load.ProcessUsage;
import io.gmq.bench.load.Wire;
import io.gmq.bench.report.Measured;
import io.gmq.bench.report.Numbers;
import io.gmq.broker.cli.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/** Measures loads in rounds, and shows how far it is. */
final class Bench {
    private static final double NS_A_SECOND = 1e9;

    private final Progress progress;
    private double secondsLeft;
    private long lastNs;
    private long lastMessages;
    private double rate;

    /**
     * @param seconds that all of it takes; 0 where nobody can tell.
     */
    Bench(final Progress progress, final double seconds) {
        this.progress = progress;
        secondsLeft = seconds;
    }

    /** Where a load goes. */
    record Target(Wire wire, Endpoint endpoint, DoubleSupplier cpuSeconds) {
        /**
         * @param pid of the broker; 0 where it is not known.
         */
        static Target of(final Wire wire, final Endpoint endpoint, final long pid) {
            return new Target(wire, endpoint, () -> pid == 0 ? Double.NaN : ProcessUsage.cpuSeconds(pid));
        }
    }

    /** Measures a load. */
    Measured measure(final String name, final LoadPlan plan, final Target target, final int rounds) throws InterruptedException {
        final List<LoadResult> results = new ArrayList<>();
        final double seconds = (plan.pace().warmup().toMillis() + plan.pace().duration().toMillis()) / 1e3;
        for (int i = 0; i < rounds; i++) {
            final String what = name + ", " + Numbers.bytes(plan.bytes()) + ", round " + (i + 1) + " of " + rounds;
            lastNs = System.nanoTime();
            lastMessages = 0;
            rate = 0;
            final long beganNs = lastNs;
            results.add(new LoadRun(target.wire(), target.endpoint().address(), plan).tls(target.endpoint().tls()).brokerCpu(target.cpuSeconds())
                .progress(messages -> show(what, messages, beganNs)).run());
            secondsLeft = Math.max(0, secondsLeft - seconds);
        }
        return new Measured(name, plan, results);
    }

    private void show(final String what, final long messages, final long beganNs) {
        final long nowNs = System.nanoTime();
        if (nowNs - lastNs > NS_A_SECOND / 2) {
            rate = (messages - lastMessages) * NS_A_SECOND / (nowNs - lastNs);
            lastNs = nowNs;
            lastMessages = messages;
        }
        final double left = secondsLeft - (nowNs - beganNs) / NS_A_SECOND;
        progress.update(() -> what + (rate > 0 ? ": " + Numbers.whole(rate) + " messages/s" : "")
            + (left > 0 ? ", about " + Numbers.whole(left + 1) + " s left" : ""));
    }
}
