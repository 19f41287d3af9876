package io.gmq.compare.goal;

import io.gmq.bench.load.ChildProcess;
import io.gmq.bench.load.LoadException;
import io.gmq.bench.load.LoadPlan;
import io.gmq.bench.load.LoadResult;
import io.gmq.bench.load.LoadRun;
import io.gmq.bench.load.OwnBroker;
import io.gmq.bench.load.Pace;
import io.gmq.bench.load.ProcessUsage;
import io.gmq.bench.load.Topology;
import io.gmq.bench.load.Wire;
import io.gmq.bench.report.Numbers;
import io.gmq.bench.wire.EchoServer;
import io.gmq.bench.wire.NullServer;
import io.gmq.compare.peer.Peer;
import io.gmq.compare.peer.RunningServer;
import io.gmq.compare.peer.Server;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What experiments have in common: servers, loads, and how long each lasts. Belongs to the thread that measures, but for {@link #close},
 * which any thread may call.
 */
public final class Lab implements AutoCloseable {
    private static final int ATTEMPTS = 3;

    private final Setting setting;
    private final Places places;
    private final Consumer<String> progress;
    private final Map<String, String> versions = new LinkedHashMap<>();
    private final List<Driven> started = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean isClosed;
    private int runs;
    private int repeated;

    /**
     * Where things are.
     *
     * @param folder for the data of servers.
     * @param jmh    the jar with the benchmarks.
     * @param peers  the other brokers.
     */
    public record Places(Path folder, Path jmh, List<Peer> peers) {
    }

    /** @param progress gets a line for each thing that is done. */
    public Lab(final Setting setting, final Places places, final Consumer<String> progress) {
        this.setting = setting;
        this.places = places;
        this.progress = progress;
    }

    /** How it is measured. */
    public Setting setting() {
        return setting;
    }

    Path folder() {
        return places.folder();
    }

    Path jmh() {
        return places.jmh();
    }

    void say(final String what) {
        progress.accept(what);
    }

    /** Of the other brokers that were started. */
    public Map<String, String> versions() {
        return versions;
    }

    /** Loads that were measured again, since the machine had stood still. */
    public int repeated() {
        return repeated;
    }

    // ---- servers ----

    /** GMQ with what was set by hand, and with what the experiment needs. */
    Driven gmq(final String... settings) {
        final List<String> all = new ArrayList<>(setting.sets());
        all.addAll(List.of(settings));
        return gmqWith(all);
    }

    /** GMQ with these settings alone. */
    Driven gmqWith(final List<String> settings) {
        final List<String> options = new ArrayList<>();
        settings.forEach(one -> options.addAll(List.of("--set", one)));
        final OwnBroker broker = new OwnBroker(places.folder(), options);
        return started(new Driven("GMQ", broker.address(), broker.pid(), broker::close));
    }

    /** A server that does nothing but answer: {@code gmq} or {@code resp}. */
    Driven nullServer(final String wire) {
        return driven("null server", NullServer.start(wire));
    }

    /** A server that sends back whatever comes. */
    Driven echoServer() {
        return driven("echo", EchoServer.start());
    }

    private Driven driven(final String name, final ChildProcess server) {
        return started(new Driven(name, new InetSocketAddress(RunningServer.HOST, server.port()), server.pid(), server::close));
    }

    /** Another broker, by the id of its server; empty where it is not on this machine. */
    Optional<Driven> peer(final String id) throws Exception {
        for (final Peer peer : places.peers()) {
            if (peer.missing().isEmpty()) {
                for (final Server server : peer.servers()) {
                    if (server.id().equals(id)) {
                        return Optional.of(start(peer, server));
                    }
                }
            }
        }
        say(id + " is not on this machine");
        return Optional.empty();
    }

    private Driven start(final Peer peer, final Server server) throws Exception {
        final RunningServer running = RunningServer.start(server, places.folder().resolve(server.id()));
        versions.put(peer.name(), server.version(running));
        return started(new Driven(peer.name(), new InetSocketAddress(RunningServer.HOST, running.port()), running.pid(), running::close));
    }

    private Driven started(final Driven server) {
        started.add(server);
        if (isClosed) {
            server.close();
        }
        return server;
    }

    /** Ends all servers that still run, also those that are stopped; what is started later ends at once. */
    @Override
    public void close() {
        isClosed = true;
        List.copyOf(started).forEach(Driven::close);
    }

    // ---- loads ----

    /** Closed loop; the queues are this load's own. */
    LoadPlan plan(final Topology topology, final int bytes, final int window, final long backlog) {
        return new LoadPlan(topology, bytes, 1, window, backlog, Pace.closed(setting.warmUp(), setting.measured()), "targets");
    }

    /** Queues of another name: those of an attempt that failed may not be empty. */
    private LoadPlan renamed(final LoadPlan plan) {
        return new LoadPlan(plan.topology(), plan.bytes(), plan.batch(), plan.window(), plan.backlog(), plan.pace(), "targets-" + ++runs);
    }

    /** One producer, one consumer, one queue. */
    LoadPlan pair(final int bytes, final int window) {
        return plan(Topology.pair(), bytes, window, 0);
    }

    /** Loads a server whose turn it is; again where the machine has stood still meanwhile. */
    LoadResult load(final String what, final Driven driven, final Wire wire, final LoadPlan plan) throws InterruptedException {
        for (int left = ATTEMPTS; ; left--) {
            try (Pauses pauses = new Pauses()) {
                final LoadResult result = loadOnce(what, driven, wire, plan, pauses);
                if (result != null) {
                    say("    " + what + ": " + Numbers.whole(result.perSecond()) + " messages/s"
                        + (plan.pace().perSecond() > 0 ? ", p50 " + Numbers.time(result.confirmNs().getValueAtPercentile(50)) : ""));
                    return result;
                }
                repeated++;
                say("    " + what + ": the machine has stood still for " + Numbers.time(pauses.longestNs()));
                if (left == 1) {
                    throw new IllegalStateException(what + ": the machine has stood still each time it was measured");
                }
            }
        }
    }

    /** @return null where the machine has stood still. */
    private LoadResult loadOnce(final String what, final Driven driven, final Wire wire, final LoadPlan plan, final Pauses pauses)
        throws InterruptedException {
        driven.thaw();
        try {
            final LoadResult result = new LoadRun(wire, driven.address(), renamed(plan))
                .brokerCpu(() -> ProcessUsage.cpuSeconds(driven.pid())).run();
            if (Pauses.isLong(pauses.longestNs())) {
                return null;
            }
            if (result.errors().missing() + result.errors().repeats() > 0) {
                throw new IllegalStateException(what + ": " + result.errors().missing() + " messages have not come, " + result.errors().repeats()
                    + " came more than once");
            }
            return result;
        } catch (final LoadException e) {
            if (Pauses.isLong(pauses.longestNs())) {
                return null;
            }
            throw e;
        } finally {
            driven.freeze();
        }
    }

    /** A server that has just been started is not as fast as it will be: its code is not compiled yet. */
    void warm(final Driven driven, final Wire wire, final LoadPlan plan) throws InterruptedException {
        load("warming up " + driven.name(), driven, wire, plan.at(Pace.closed(Duration.ZERO, setting.firstWarmUp())));
    }

    /** What one has left to be written must not be written while the next is measured. */
    static void settleDisk() throws IOException, InterruptedException {
        new ProcessBuilder("sync").inheritIO().start().waitFor();
    }
}
