package io.gmq.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.bench.load.LoadPlan;
import io.gmq.bench.load.LoadResult;
import io.gmq.bench.load.LoadRun;
import io.gmq.bench.load.Pace;
import io.gmq.bench.load.Topology;
import io.gmq.bench.load.Wire;
import io.gmq.bench.wire.GmqOptions.Form;
import io.gmq.bench.wire.GmqOptions.Way;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole generator, with the server that does nothing: each message comes once, by whatever way. */
@Timeout(60)
class NullServerTest {
    private static final long MESSAGES = 20_000;

    private static LoadResult run(final String server, final Wire wire, final Topology topology, final int bytes, final int batch, final double rate)
        throws Exception {
        final LoadPlan plan =
            new LoadPlan(topology, bytes, batch, 256, 0, new Pace(rate, Duration.ofMillis(50), Duration.ofMillis(300), rate > 0 ? 0 : MESSAGES), "t");
        if (server.equals("echo")) {
            try (EchoServer served = new EchoServer()) {
                return run(wire, served.port(), served::serve, served::close, plan);
            }
        }
        try (NullServer served = new NullServer(server)) {
            return run(wire, served.port(), served::serve, served::close, plan);
        }
    }

    private interface Serving {
        void serve() throws IOException;
    }

    private static LoadResult run(final Wire wire, final int port, final Serving serving, final Runnable close, final LoadPlan plan) throws Exception {
        final Thread thread = new Thread(() -> {
            try {
                serving.serve();
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        thread.start();
        try {
            return new LoadRun(wire, new InetSocketAddress("127.0.0.1", port), plan).run();
        } finally {
            close.run();
            thread.join();
        }
    }

    private static GmqWire gmq(final Form form, final Way way) {
        return new GmqWire(new GmqOptions("", form, way, 50));
    }

    private static void assertComplete(final LoadResult result) {
        assertThat(result.errors()).isEqualTo(new LoadResult.Errors(0, 0));
        assertThat(result.counts().done()).isGreaterThanOrEqualTo(MESSAGES);
        assertThat(result.perSecond()).isPositive();
    }

    @Test
    void shouldCarryEachMessageOnceByEveryWay() throws Exception {
        for (final Way way : Way.values()) {
            for (final Form form : Form.values()) {
                final LoadResult result = run("gmq", gmq(form, way), Topology.pair(), 200, 1, 0);
                assertComplete(result);
                assertThat(result.confirmNs().getTotalCount()).isPositive();
                assertThat(result.deliveryNs().getTotalCount()).isPositive();
            }
        }
    }

    @Test
    void shouldCarryEachMessageOnceInBatchesAndLongOnes() throws Exception {
        assertComplete(run("gmq", gmq(Form.TEXT, Way.PUSH), Topology.pair(), 200, 16, 0));
        assertComplete(run("gmq", gmq(Form.PAYLOAD, Way.PUSH), Topology.pair(), 20_000, 1, 0));
        assertComplete(run("resp", new RespWire(), Topology.pair(), 200, 4, 0));
    }

    @Test
    void shouldCarryShortMessages() throws Exception {
        for (final int bytes : List.of(0, 1, 7, 8, 23, 24)) {
            assertComplete(run("gmq", gmq(Form.TEXT, Way.PUSH), Topology.pair(), bytes, 1, 0));
            assertComplete(run("resp", new RespWire(), Topology.pair(), bytes, 1, 0));
        }
    }

    @Test
    void shouldCarryEachMessageOnceAmongMany() throws Exception {
        final Topology many = new Topology(4, 3, 1, 1, 0);
        assertComplete(run("gmq", gmq(Form.TEXT, Way.PUSH), many, 200, 1, 0));
        assertComplete(run("resp", new RespWire(), many, 200, 1, 0));
        assertComplete(run("gmq", gmq(Form.TEXT, Way.TAKE), new Topology(2, 1, 5, 1, 0), 200, 1, 0));
        assertComplete(run("gmq", gmq(Form.TEXT, Way.SINGLE), new Topology(2, 1, 5, 1, 0), 200, 1, 0));
    }

    @Test
    void shouldShareTheLoadAmongThreads() throws Exception {
        final LoadResult result = run("echo", new EchoWire(), new Topology(4, 0, 3, 3, 0), 200, 1, 0);
        assertThat(result.counts().done()).isGreaterThanOrEqualTo(MESSAGES / 3 * 3);
        assertThat(result.confirmNs().getTotalCount()).isPositive();
    }

    @Test
    void shouldKeepAScheduleAndFinishIt() throws Exception {
        final LoadResult result = run("gmq", gmq(Form.TEXT, Way.PUSH), Topology.pair(), 200, 1, 10_000);
        assertThat(result.errors()).isEqualTo(new LoadResult.Errors(0, 0));
        // All that was due in 300 ms, however late it was.
        assertThat(result.confirmNs().getTotalCount()).isBetween(2990L, 3100L);
        assertThat(result.deliveryNs().getTotalCount()).isEqualTo(result.confirmNs().getTotalCount());
    }

    @Test
    void shouldEchoMoreThanItsBufferHolds() throws Exception {
        final LoadPlan plan = new LoadPlan(new Topology(1, 0, 1, 1, 0), 300_000, 1, 20, 0, new Pace(0, Duration.ofMillis(10), Duration.ZERO, 200), "t");
        try (EchoServer served = new EchoServer()) {
            assertThat(run(new EchoWire(), served.port(), served::serve, served::close, plan).counts().done()).isGreaterThanOrEqualTo(200);
        }
    }

    @Test
    void shouldCountWhatTheEchoSendsBack() throws Exception {
        final LoadResult result = run("echo", new EchoWire(), new Topology(2, 0, 1, 1, 0), 200, 1, 0);
        assertThat(result.counts().done()).isGreaterThanOrEqualTo(MESSAGES);
    }
}
