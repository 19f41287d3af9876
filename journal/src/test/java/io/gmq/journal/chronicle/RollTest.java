package io.gmq.journal.chronicle;

import static io.gmq.journal.chronicle.JournalFixture.append;
import static io.gmq.journal.chronicle.JournalFixture.file;
import static io.gmq.journal.chronicle.JournalFixture.keep;
import static io.gmq.journal.chronicle.JournalFixture.openAndCheck;
import static io.gmq.journal.chronicle.JournalFixture.recordOf;
import static io.gmq.journal.chronicle.JournalFixture.segments;
import static io.gmq.journal.chronicle.JournalFixture.small;
import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.ring.ParkingIdleStrategy;
import io.gmq.engine.ring.Waker;
import io.gmq.journal.RecoveryProgress;
import io.gmq.journal.snapshot.Follower;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollTest {
    private static final int RECORDS = 20_000;

    @TempDir
    private Path data;

    @Test
    void shouldRollWhileKeeperAndSyncerRunOnThreadsOfTheirOwn() throws IOException {
        final ParkingIdleStrategy idle = new ParkingIdleStrategy();
        final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        final AtomicBoolean done = new AtomicBoolean();
        try (ChronicleJournal journal =
            ChronicleJournal.open(small(data), new JournalFixture.Checker(), RecoveryProgress.NONE, () -> Follower.NONE, idle, Waker.NONE)) {
            final AgentRunner keeper = new AgentRunner(idle, failures::add, null, journal.keeper());
            AgentRunner.startOnThread(keeper);
            final CompletableFuture<Void> syncer = CompletableFuture.runAsync(() -> syncUntil(done, journal));
            for (int sequence = 1; sequence <= RECORDS; sequence++) {
                while (!journal.hasRoom()) {
                    assertThat(failures).isEmpty();
                    Thread.onSpinWait();
                }
                final UnsafeBuffer record = recordOf(sequence);
                journal.append(record, 0, record.capacity());
                if (sequence % 7 == 0) {
                    journal.commit();
                }
            }
            journal.commit();
            done.set(true);
            syncer.join();
            while (!journal.hasRoom()) {
                Thread.onSpinWait();
            }
            keeper.close();
        }
        assertThat(failures).isEmpty();
        assertThat(segments(data)).hasSizeGreaterThan(5);
        try (ChronicleJournal journal = openAndCheck(small(data))) {
            assertThat(journal.recovery().lastSequence()).isEqualTo(RECORDS);
        }
    }

    @Test
    void shouldShortenASegmentThatHasEndedAndLeaveNothingPreparedBehind() throws IOException {
        try (ChronicleJournal journal = openAndCheck(small(data))) {
            append(journal, 1, 1000, 10);
            keep(journal);
            final Path first = file(segments(data).get(0));
            assertThat(Files.size(first)).isLessThan(3L * SegmentSize.OVERHEAD);
            assertThat(data.resolve("journal/next")).isDirectory();
        }
        assertThat(data.resolve("journal/next")).doesNotExist();
    }

    @Test
    void shouldReplaceWhatAnEarlierProcessHadPrepared() throws IOException {
        final Path left = Files.createDirectories(data.resolve("journal/next"));
        Files.write(left.resolve(QueueFile.NAME), new byte[100]);

        try (ChronicleJournal journal = openAndCheck(small(data))) {
            append(journal, 1, 10, 10);
        }
        try (ChronicleJournal journal = openAndCheck(small(data))) {
            assertThat(journal.recovery().lastSequence()).isEqualTo(10);
        }
    }

    @Test
    void shouldSyncASegmentThatHasEndedWithoutBeingAsked() throws IOException {
        final Path copy = data.resolve("copy");
        final Path original = data.resolve("original");
        try (ChronicleJournal journal = openAndCheck(small(original))) {
            append(journal, 1, 1000, 10);
            JournalFixture.copy(original, copy);
        }
        // the last frame says that all segments before its own are on disk
        final Path last = file(segments(copy).get(segments(copy).size() - 1));
        try (SegmentFile file = new SegmentFile(small(copy).disk(), last)) {
            final long first = Long.parseLong(last.getParent().getFileName().toString());
            assertThat(new DamageScan(file, 0, -1, first).synced()).isGreaterThanOrEqualTo(first - 1);
        }
    }

    private static void syncUntil(final AtomicBoolean done, final ChronicleJournal journal) {
        try {
            while (!done.get()) {
                journal.sync();
            }
        } catch (final IOException e) {
            throw new AssertionError("sync failed", e);
        }
    }
}
