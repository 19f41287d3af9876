package io.gmq.bench.jmh;

import java.util.concurrent.TimeUnit;
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

/**
 * What one message costs the engine, without a broker around it: with ever more messages held, over ever more queues, of different
 * lengths. Time passes as at a million messages a second. Each operation goes on with the next queue.
 *
 * <p>What is done between the calls of {@link #publish} and {@link #settle} is not timed, but profilers count it.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2, jvmArgsAppend = {
    "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED", "-Xms1g", "-Xmx1g", "-XX:MaxDirectMemorySize=12g"})
public class EngineBenchmark {
    private static final int BULK = 10_000;

    /** An engine that holds messages. */
    @State(Scope.Thread)
    public static class Held {
        /** Messages held while it is measured. */
        @Param("1000")
        int backlog;

        /** Queues among which they are spread evenly; also the limit {@code max_queue_number}. */
        @Param("1")
        int queues;

        /** Bytes of each message; also the limit {@code max_message_length}. */
        @Param("200")
        int payloadBytes;

        /** Messages that a queue may hold: the limit {@code max_queue_capacity}. */
        @Param("100000000")
        int capacity;

        EngineDriver driver;
        int next;
        private long held;

        @Setup(Level.Trial)
        public void setUp() {
            driver = new EngineDriver(queues, payloadBytes, capacity);
            fill();
            held = driver.held();
        }

        void fill() {
            for (int i = 0; i < backlog; i++) {
                driver.publish(next());
            }
        }

        int next() {
            final int queue = next;
            next = queue + 1 == queues ? 0 : queue + 1;
            return queue;
        }

        @TearDown(Level.Trial)
        public void check() {
            if (driver.held() != held) {
                throw new IllegalStateException(driver.held() + " messages are held, not " + held);
            }
        }
    }

    /** With a consumer for each queue; the backlog is rounded up to whole runs. */
    @State(Scope.Thread)
    public static class Consumed extends Held {
        @Override
        void fill() {
            for (int i = 0; i < backlog; i += EngineDriver.CREDIT) {
                driver.publishRun(next());
            }
            for (int i = 0; i < queues; i++) {
                driver.consume(i);
            }
        }
    }

    /** Before each call there is the backlog, and after it as many messages more as were published. */
    @State(Scope.Thread)
    public static class ToPublish extends Held {
        private int first;

        @Setup(Level.Invocation)
        public void remember() {
            first = next;
        }

        @TearDown(Level.Invocation)
        public void settle() {
            next = first;
            for (int i = 0; i < BULK; i++) {
                final int queue = next();
                driver.take(queue);
                driver.ack(queue);
            }
        }
    }

    /** Before each call there are as many leased messages as will be settled. */
    @State(Scope.Thread)
    public static class ToSettle extends Held {
        @Setup(Level.Invocation)
        public void lease() {
            final int first = next;
            for (int i = 0; i < BULK; i++) {
                final int queue = next();
                driver.publish(queue);
                driver.take(queue);
            }
            next = first;
        }
    }

    /** Publishes one message, takes the oldest of the same queue and settles it. */
    @Benchmark
    public void publishTakeAck(final Held held) {
        final int queue = held.next();
        held.driver.publish(queue);
        held.driver.take(queue);
        held.driver.ack(queue);
    }

    /** Publishes a run of messages to a queue, which pushes as many to its consumer, and settles those with one command. */
    @Benchmark
    @OperationsPerInvocation(EngineDriver.CREDIT)
    public void publishPushAckRange(final Consumed held) {
        final int queue = held.next();
        held.driver.publishRun(queue);
        held.driver.ackRun(queue);
    }

    /** Publishes one message, while the queues become longer. */
    @Benchmark
    @OperationsPerInvocation(BULK)
    public void publish(final ToPublish held) {
        for (int i = 0; i < BULK; i++) {
            held.driver.publish(held.next());
        }
    }

    /** Settles the oldest lease of a queue. */
    @Benchmark
    @OperationsPerInvocation(BULK)
    public void settle(final ToSettle held) {
        for (int i = 0; i < BULK; i++) {
            held.driver.ack(held.next());
        }
    }
}
