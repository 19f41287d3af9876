package io.gmq.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.gmq.broker.config.RingProfile;
import io.gmq.broker.config.Waiting;
import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.ring.CommandSink;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies between the codec's two halves makes no garbage either: the ring with its stages, and the journal. */
class AllocationTest {
    private static final int MESSAGES = 100_000;
    private static final int BATCH = 50;
    /** What the measurement itself, a late compilation and the next segment may take: less than a byte a message. */
    private static final long BYTES_MAX = 64 * 1024;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What a second run of the same allocates in this thread. */
    private long allocated(final Runnable run) {
        run.run();
        final long id = Thread.currentThread().getId();
        final long before = threads.getThreadAllocatedBytes(id);
        run.run();
        return threads.getThreadAllocatedBytes(id) - before;
    }

    @Test
    void shouldNotAllocateInTheRing() {
        final CommandSet commands = new CommandSet(1, 1, 200, BATCH);
        try (RingHost ring = new RingHost(1024, RingProfile.COMPACT, Waiting.PARK, 1, 1, 200)) {
            final CommandSink sink = ring.newSink();
            final long bytes = allocated(() -> {
                for (int i = 0; i < MESSAGES; i++) {
                    offer(sink, commands.publish(0));
                    offer(sink, commands.take(0));
                    offer(sink, commands.ackRange(0, 1, Long.MAX_VALUE));
                    if (i % BATCH == 0) {
                        ring.work();
                    }
                }
                ring.drain();
            });

            assertThat(ring.settled()).isEqualTo(2 * MESSAGES);
            assertThat(bytes).as("bytes for %d messages", MESSAGES).isLessThan(BYTES_MAX);
        }
    }

    private static void offer(final CommandSink sink, final UnsafeBuffer command) {
        if (!sink.offer(command, 0, command.capacity(), null, 0)) {
            throw new IllegalStateException("the ring is full");
        }
    }

    @Test
    void shouldNotAllocateInTheJournal(@TempDir final Path folder) {
        final UnsafeBuffer record = new UnsafeBuffer(new byte[256]);
        CommandHeader.write(record, 0, CommandType.PUBLISH, 0, 1);
        try (JournalHost journal = JournalHost.chronicleThatKeeps(folder)) {
            final long bytes = allocated(() -> {
                for (int i = 0; i < MESSAGES; i++) {
                    journal.append(record);
                    journal.commit();
                    if (i % (MESSAGES / BATCH) == 0) {
                        journal.sync();
                    }
                }
            });

            assertThat(bytes).as("bytes for %d records", MESSAGES).isLessThan(BYTES_MAX);
        }
    }
}
