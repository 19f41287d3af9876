package io.gmq.bench.jmh;

import io.gmq.broker.config.RingProfile;
import io.gmq.broker.config.Waiting;
import io.gmq.engine.ring.CommandSink;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * The ring with its stages and an engine, storage memory, without sockets and JSON: publish, take and ack of one message after the
 * other, handed in by the thread that measures as a selector hands in what one read has brought. An operation is a message; those
 * that have come out at the other end are counted there ({@code settled}).
 *
 * <p>With {@code -t 2} and more there are as many producers, each with a queue of its own (not with the profile {@code compact}).
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2, jvmArgsAppend = {"--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED", "-Xms1g", "-Xmx1g"})
public class RingBenchmark {
    /** Messages whose commands one read brings. */
    private static final int BURST = 64;

    /** The ring, its stages and their threads. */
    @State(Scope.Benchmark)
    public static class Host {
        /** Slots: {@code ring.size}. */
        @Param({"256", "4096", "65536"})
        int ringSize;

        /** How the stages are spread over threads: {@code ring.profile}. */
        @Param({"compact", "shared", "dedicated"})
        String profile;

        /** What a thread does that has nothing to do: {@code ring.waiting}. */
        @Param("park")
        String waiting;

        /** Bytes of each message. */
        @Param("200")
        int payloadBytes;

        private final AtomicInteger producers = new AtomicInteger();
        private RingHost host;
        private int threads;

        @Setup(Level.Trial)
        public void setUp(final BenchmarkParams params) {
            threads = params.getThreads();
            host = new RingHost(ringSize, RingProfile.valueOf(profile.toUpperCase(Locale.ROOT)),
                Waiting.valueOf(waiting.toUpperCase(Locale.ROOT)), threads, threads, payloadBytes);
        }

        @TearDown(Level.Trial)
        public void tearDown() {
            host.close();
        }
    }

    /** One thread that hands in commands. */
    @State(Scope.Thread)
    public static class Producer {
        private int number;
        private RingHost host;
        private CommandSink sink;
        private CommandSet commands;
        private IdleStrategy idle;
        private long settled;

        @Setup(Level.Trial)
        public void setUp(final Host its) {
            number = its.producers.getAndIncrement();
            host = its.host;
            sink = host.newSink();
            commands = new CommandSet(1 + number, its.threads, its.payloadBytes, 1);
            idle = host.idle(number);
        }

        private void offer(final UnsafeBuffer command) {
            while (!sink.offer(command, 0, command.capacity(), null, 0)) {
                sink.flush();
                idle.idle(number == 0 ? host.work() : 0);
            }
            idle.reset();
        }

        private void offerBurst() {
            commands.at(System.currentTimeMillis());
            for (int i = 0; i < BURST; i++) {
                offer(commands.publish(number));
                offer(commands.take(number));
                offer(commands.ackRange(number, 1, Long.MAX_VALUE));
            }
            sink.flush();
            if (number == 0) {
                host.work();
            }
        }

        /** How many messages have come out since this was last asked; all of them are the first producer's to tell. */
        private long newlySettled() {
            if (number != 0) {
                return 0;
            }
            final long before = settled;
            settled = host.settled();
            return settled - before;
        }
    }

    /** What has come out. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Told {
        public long settled;
    }

    @Benchmark
    @OperationsPerInvocation(BURST)
    public void publishTakeAck(final Producer producer, final Told told) {
        producer.offerBurst();
        told.settled += producer.newlySettled();
    }
}
