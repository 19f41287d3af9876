package io.gmq.bench.jmh;

import io.gmq.broker.config.RingProfile;
import io.gmq.broker.config.Waiting;
import io.gmq.engine.api.DrainedCommand;
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
 * The ring with its stages and an engine, storage memory, without sockets and JSON: commands are handed in by the thread that measures
 * as a selector hands in what one read has brought. An operation is a message, from its publish to its ack; those that have come out
 * at the other end are counted there ({@code settled}).
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
    /** More than one burst is never on its way to be settled. */
    private static final int CREDIT = BURST;

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
        int number;
        CommandSet commands;
        private RingHost host;
        private CommandSink sink;
        private IdleStrategy idle;
        private long settled;

        @Setup(Level.Trial)
        public void setUp(final Host its) {
            number = its.producers.getAndIncrement();
            host = its.host;
            sink = host.newSink();
            commands = new CommandSet(1 + number, its.threads, its.payloadBytes, CREDIT);
            idle = host.idle(number);
            begin(its);
        }

        /** What a connection does first. */
        void begin(final Host its) {
            // takes, and needs no more
        }

        final void offer(final UnsafeBuffer command) {
            while (!sink.offer(command, 0, command.capacity(), null, 0)) {
                sink.flush();
                idle.idle(number == 0 ? host.work() : 0);
            }
            idle.reset();
        }

        final void offerBurst() {
            commands.at(System.currentTimeMillis());
            offerMessages();
            sink.flush();
            if (number == 0) {
                host.work();
            }
        }

        void offerMessages() {
            for (int i = 0; i < BURST; i++) {
                offer(commands.publish(number));
                offer(commands.take(number));
                offer(commands.ackRange(number, 1, Long.MAX_VALUE));
            }
        }

        /** How many messages have come out since this was last asked; all of them are the first producer's to tell. */
        final long newlySettled() {
            if (number != 0) {
                return 0;
            }
            final long before = settled;
            settled = host.settled();
            return settled - before;
        }
    }

    /** One thread that gets pushed what it publishes. */
    @State(Scope.Thread)
    public static class Consumer extends Producer {
        private static final long REPORTED_MIN = DrainedCommand.WINDOW / 4;

        private long reckonedBytes;
        private long unreported;

        @Override
        void begin(final Host its) {
            reckonedBytes = CommandSet.reckonedBytes(its.payloadBytes);
            offer(commands.consume(number));
        }

        @Override
        void offerMessages() {
            for (int i = 0; i < BURST; i++) {
                offer(commands.publish(number));
                unreported += reckonedBytes;
                if (unreported >= REPORTED_MIN) {
                    offer(commands.drained(unreported));
                    unreported = 0;
                }
            }
            offer(commands.ackRange(number, 1, Long.MAX_VALUE));
        }
    }

    /** What has come out. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Told {
        public long settled;
    }

    /** Publish, take and ack of one message after the other. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public void publishTakeAck(final Producer producer, final Told told) {
        producer.offerBurst();
        told.settled += producer.newlySettled();
    }

    /** Publishes a run of messages, which are pushed to a consumer, and settles them with one command. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public void publishPushAckRange(final Consumer consumer, final Told told) {
        consumer.offerBurst();
        told.settled += consumer.newlySettled();
    }
}
