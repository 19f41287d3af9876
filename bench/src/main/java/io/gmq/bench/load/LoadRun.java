package io.gmq.bench.load;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.LongConsumer;
import javax.net.ssl.SSLContext;
import org.HdrHistogram.Histogram;

/** Loads a broker once, from the first connection to the last message, and says what came of it. */
public final class LoadRun {
    private static final int LOOK_MS = 2;
    private static final int CLEAN_UP_MS = 5000;

    private final Wire wire;
    private Endpoint endpoint;
    private final LoadPlan plan;
    private DoubleSupplier brokerCpuSeconds = () -> Double.NaN;
    private LongConsumer progress = messages -> { };

    /** Nothing happens before {@link #run}. */
    public LoadRun(final Wire wire, final InetSocketAddress address, final LoadPlan plan) {
        this.wire = wire;
        endpoint = Endpoint.plain(address);
        this.plan = plan;
    }

    /** Says how much processor time the broker has used, whenever it is asked. */
    public LoadRun brokerCpu(final DoubleSupplier seconds) {
        brokerCpuSeconds = seconds;
        return this;
    }

    /** Talks to the broker with TLS, where there is somebody to believe. */
    public LoadRun tls(final Optional<SSLContext> context) {
        endpoint = new Endpoint(endpoint.address(), context);
        return this;
    }

    /** Hears from time to time how many messages are through. */
    public LoadRun progress(final LongConsumer messagesDone) {
        progress = messagesDone;
        return this;
    }

    /**
     * Runs it.
     *
     * @throws LoadException        where it could not be brought to its end, above all because of a refusal.
     * @throws InterruptedException where the calling thread was told to stop.
     */
    public LoadResult run() throws InterruptedException {
        final int count = plan.topology().threads();
        final Timeline timeline = new Timeline(count, plan.pace());
        final List<LoadThread> loads = new ArrayList<>();
        final List<Thread> threads = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                final LoadThread load = new LoadThread(wire, endpoint, plan, Share.of(plan, i), timeline);
                loads.add(load);
                threads.add(new Thread(load, "load-" + i));
            }
            threads.forEach(Thread::start);
            final double brokerSeconds = watch(loads, threads);
            return result(loads, brokerSeconds);
        } catch (final IOException e) {
            throw new LoadException("cannot begin: " + e.getMessage(), e);
        } finally {
            timeline.abort();
            for (final Thread thread : threads) {
                thread.join();
            }
            loads.forEach(LoadThread::close);
            cleanUp();
        }
    }

    /** Waits for the end; says what processor time the broker used while it was measured. */
    private double watch(final List<LoadThread> loads, final List<Thread> threads) throws InterruptedException {
        double before = Double.NaN;
        double after = Double.NaN;
        boolean hasBegun = false;
        boolean hasEnded = false;
        while (threads.stream().anyMatch(Thread::isAlive)) {
            threads.get(0).join(LOOK_MS);
            if (!hasBegun && loads.stream().allMatch(load -> load.begin() != null)) {
                hasBegun = true;
                before = brokerCpuSeconds.getAsDouble();
            }
            if (!hasEnded && loads.stream().anyMatch(load -> load.end() != null)) {
                hasEnded = true;
                after = brokerCpuSeconds.getAsDouble();
            }
            progress.accept(loads.stream().mapToLong(LoadThread::shown).sum());
        }
        for (final LoadThread load : loads) {
            if (load.failure() != null) {
                throw load.failure();
            }
        }
        return after - before;
    }

    private LoadResult result(final List<LoadThread> loads, final double brokerSeconds) {
        final Histogram confirms = new Latency().histogram();
        final Histogram deliveries = new Latency().histogram();
        double seconds = 0;
        double generatorSeconds = 0;
        final long[] counts = new long[5];
        long missing = 0;
        long repeats = 0;
        for (final LoadThread load : loads) {
            final Mark from = load.begin();
            final Mark to = load.end();
            seconds = Math.max(seconds, (to.atNs() - from.atNs()) / 1e9);
            generatorSeconds += (to.cpuNs() - from.cpuNs()) / 1e9;
            counts[0] += to.sent() - from.sent();
            counts[1] += to.confirmed() - from.confirmed();
            counts[2] += to.delivered() - from.delivered();
            counts[3] += to.done() - from.done();
            counts[4] += to.empty() - from.empty();
            confirms.add(load.tally().confirms().histogram());
            deliveries.add(load.tally().deliveries().histogram());
            missing += load.missing();
            repeats += load.repeats();
        }
        return new LoadResult(new LoadResult.Counts(seconds, counts[0], counts[1], counts[2], counts[3], counts[4]), confirms, deliveries,
            new LoadResult.Cpu(brokerSeconds, generatorSeconds), new LoadResult.Errors(missing, repeats));
    }

    private void cleanUp() {
        final byte[] last = wire.cleanUp(plan.queues());
        if (last.length == 0) {
            return;
        }
        try (Socket socket = endpoint.connect(CLEAN_UP_MS)) {
            socket.getOutputStream().write(last);
            socket.shutdownOutput();
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (final IOException e) {
            // The run has its result; a broker that is gone keeps nothing either.
        }
    }
}
