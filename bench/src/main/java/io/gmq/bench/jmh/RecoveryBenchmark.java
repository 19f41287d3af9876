package io.gmq.bench.jmh;

import io.gmq.broker.Replayer;
import io.gmq.engine.api.Limits;
import io.gmq.engine.core.Engine;
import io.gmq.journal.JournalSettings;
import io.gmq.journal.RecoveryProgress;
import io.gmq.journal.chronicle.ChronicleJournal;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
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
 * How long a start takes: opening a journal and applying its records to an engine. There is no snapshot, so all records are read; the
 * files are in the operating system's cache. A new copy of the journal for each time, since opening it changes the folder. One process
 * measures a few times, of which only the first is as cold as a real start: give {@code -wi 0 -i 1 -f 5} for that.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 4)
public class RecoveryBenchmark extends ChronicleBenchmark {
    private static final int BATCH = 256;
    private static final int COMMANDS_OF_CYCLE = 3;

    /** Records in the journal. */
    @Param({"100000", "1000000"})
    int records;

    /** What they are: {@code publish}, all of which are held; or {@code cycle}, publish, take and ack in turn. */
    @Param({"publish", "cycle"})
    String commands;

    /** Bytes of each message. */
    @Param("200")
    int payloadBytes;

    /** A folder on the disk that is to be measured. */
    @Param(".")
    String folder;

    private ScratchFolder scratch;
    private Path original;
    private Path copy;
    private Engine engine;
    private ChronicleJournal journal;

    @Setup(Level.Trial)
    public void write() {
        scratch = new ScratchFolder(folder);
        original = scratch.path().resolve("original");
        final CommandSet its = new CommandSet(1, 1, payloadBytes, 1);
        its.at(1_000_000);
        try (JournalHost host = JournalHost.chronicleThatKeeps(original)) {
            host.append(CommandSet.start(1, payloadBytes, Limits.MAX_QUEUE_CAPACITY_MAX));
            for (int i = 0; i < records; i++) {
                host.append(record(its, i));
                if (i % BATCH == 0) {
                    host.commit();
                }
            }
            host.commit();
        }
    }

    private UnsafeBuffer record(final CommandSet its, final int number) {
        if (commands.equals("publish")) {
            return its.publish(0);
        }
        return switch (number % COMMANDS_OF_CYCLE) {
            case 0 -> its.publish(0);
            case 1 -> its.take(0);
            default -> its.ack(0, 1 + number / COMMANDS_OF_CYCLE);
        };
    }

    @Setup(Level.Invocation)
    public void copy() {
        copy = scratch.copyOf(original, "copy");
    }

    /** Opens the journal, which applies every record. */
    @Benchmark
    public long openAndReplay() {
        engine = new Engine();
        journal = ChronicleJournal.open(JournalSettings.of(copy), new Replayer(engine), RecoveryProgress.NONE);
        return journal.recovery().records();
    }

    @TearDown(Level.Invocation)
    public void check() {
        final long found = journal.recovery().records();
        journal.close();
        ScratchFolder.delete(copy);
        final long expected = commands.equals("publish") ? records : records % COMMANDS_OF_CYCLE == 0 ? 0 : 1;
        if (found < records || engine.messages() != expected) {
            throw new IllegalStateException(found + " records recovered, " + engine.messages() + " messages held");
        }
    }

    @TearDown(Level.Trial)
    public void delete() {
        scratch.close();
    }
}
