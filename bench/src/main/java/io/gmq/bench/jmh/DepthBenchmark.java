package io.gmq.bench.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one message costs the engine from its publish to its ack, with ever more messages held and over ever more queues: it
 * should cost the same. One operation is one publish, one take and one ack; the next one goes to the next queue.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2, jvmArgsAppend = {
    "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED", "-Xms1g", "-Xmx1g", "-XX:MaxDirectMemorySize=12g"})
public class DepthBenchmark {
    /** Messages held while it is measured. */
    @Param({"1000", "1000000", "10000000"})
    private int held;

    /** Queues among which they are spread evenly. */
    @Param({"1", "1000", "4096"})
    private int queues;

    private EngineDriver driver;
    private int next;

    @Setup(Level.Trial)
    public void fill() {
        driver = new EngineDriver(queues);
        for (int i = 0; i < Math.max(held, queues); i++) {
            driver.publish(i % queues);
        }
        next = Math.max(held, queues) % queues;
    }

    /** Publishes one message, takes the oldest of the same queue and settles it. */
    @Benchmark
    public void publishTakeAck() {
        final int queue = next;
        next = queue + 1 == queues ? 0 : queue + 1;
        driver.publish(queue);
        driver.take(queue);
        driver.ack(queue);
    }

    @TearDown(Level.Trial)
    public void check() {
        if (driver.held() != Math.max(held, queues)) {
            throw new IllegalStateException(driver.held() + " messages are held, not " + held);
        }
    }
}
