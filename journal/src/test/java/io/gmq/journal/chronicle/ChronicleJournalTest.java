package io.gmq.journal.chronicle;

import static io.gmq.journal.chronicle.JournalFixture.append;
import static io.gmq.journal.chronicle.JournalFixture.file;
import static io.gmq.journal.chronicle.JournalFixture.keep;
import static io.gmq.journal.chronicle.JournalFixture.open;
import static io.gmq.journal.chronicle.JournalFixture.openAndCheck;
import static io.gmq.journal.chronicle.JournalFixture.segments;
import static io.gmq.journal.chronicle.JournalFixture.small;
import static io.gmq.journal.chronicle.JournalFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.gmq.engine.api.Durability;
import io.gmq.journal.JournalException;
import io.gmq.journal.JournalSettings;
import io.gmq.journal.RecordFrame;
import io.gmq.journal.RecoveryReport;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LargeRollCycles;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChronicleJournalTest {
    @TempDir
    private Path data;

    @Test
    void shouldBeginEmptyInAFolderThatDoesNotExist() {
        try (ChronicleJournal journal = openAndCheck(small(data.resolve("a/b/c")))) {
            assertThat(journal.recovery()).isEqualTo(new RecoveryReport(0, List.of(), 0, 0, 0, 0, Optional.empty(), List.of()));
            assertThat(journal.levelMax()).isEqualTo(Durability.SYNCED);
        }
    }

    @Test
    void shouldRecoverWhatWasCommittedOverSeveralSegments() throws IOException {
        write(small(data), 2000, 7);

        assertThat(segments(data)).hasSizeGreaterThan(3);
        try (ChronicleJournal journal = openAndCheck(small(data))) {
            assertThat(journal.recovery().records()).isEqualTo(2000);
            assertThat(journal.recovery().segments()).isEqualTo(segments(data).size() - 1);
            assertThat(journal.recovery().tornTail()).isEmpty();
        }
    }

    @Test
    void shouldRecoverManySmallBatches() {
        write(small(data), 1000, 1);

        openAndCheck(small(data)).close();
        try (ChronicleJournal journal = openAndCheck(small(data))) {
            assertThat(journal.recovery().lastSequence()).isEqualTo(1000);
        }
    }

    /** What is in a segment is for Chronicle's tools too, while it is written and afterwards. */
    @Test
    void shouldWriteWhatChronicleReads() throws IOException {
        final JournalSettings settings = small(data);
        try (ChronicleJournal journal = openAndCheck(settings)) {
            append(journal, 1, 100, 10);
            assertThat(readByChronicle(segments(data).get(0))).hasSize(10);
            append(journal, 101, 1900, 10);
        }
        final List<byte[]> batches = new ArrayList<>();
        for (final Path segment : segments(data)) {
            batches.addAll(readByChronicle(segment));
        }

        long sequence = 1;
        for (final byte[] batch : batches) {
            final UnsafeBuffer frame = new UnsafeBuffer(batch);
            assertThat(RecordFrame.firstSequence(frame, 0)).isEqualTo(sequence);
            assertThat(RecordFrame.bodyBytes(frame, 0)).isEqualTo(batch.length - RecordFrame.HEADER_LENGTH);
            sequence += RecordFrame.count(frame, 0);
        }
        assertThat(sequence).isEqualTo(2001);
    }

    private static List<byte[]> readByChronicle(final Path segment) {
        final List<byte[]> excerpts = new ArrayList<>();
        try (ChronicleQueue queue = SingleChronicleQueueBuilder.binary(segment).rollCycle(LargeRollCycles.XLARGE_DAILY).build();
            ExcerptTailer tailer = queue.createTailer()) {
            while (tailer.readBytes(bytes -> excerpts.add(bytes.toByteArray()))) {
                // one after the other
            }
        }
        return excerpts;
    }

    @Test
    void shouldContinueTheSequenceOverRestarts() throws IOException {
        for (int start = 1; start <= 5; start++) {
            write(small(data), 10, 3);
        }

        assertThat(segments(data)).extracting(folder -> folder.getFileName().toString()).containsExactly(
            "00000000000000000001", "00000000000000000011", "00000000000000000021", "00000000000000000031", "00000000000000000041");
        try (ChronicleJournal journal = openAndCheck(small(data))) {
            assertThat(journal.recovery().lastSequence()).isEqualTo(50);
        }
    }

    @Test
    void shouldNotKeepSegmentsWithoutRecords() throws IOException {
        write(small(data), 10, 10);
        for (int start = 1; start <= 3; start++) {
            openAndCheck(small(data)).close();
        }

        assertThat(segments(data)).hasSize(2);
    }

    @Test
    void shouldReplaceASegmentFolderThatHasNoFileYet() throws IOException {
        write(small(data), 10, 10);
        Files.createDirectory(data.resolve("journal/00000000000000000011"));

        write(small(data), 10, 10);

        try (ChronicleJournal journal = openAndCheck(small(data))) {
            assertThat(journal.recovery().lastSequence()).isEqualTo(20);
        }
    }

    @Test
    void shouldNotRecoverWhatWasNotCommitted() {
        try (ChronicleJournal journal = openAndCheck(small(data))) {
            append(journal, 1, 5, 5);
            journal.append(new UnsafeBuffer(new byte[20]), 0, 20);
        }
        try (ChronicleJournal journal = openAndCheck(small(data))) {
            assertThat(journal.recovery().lastSequence()).isEqualTo(5);
        }
    }

    @Test
    void shouldCarryTheLongestRecordAndRefuseALongerOne() {
        final int longest = 5 << 20;
        final JournalSettings settings = new JournalSettings(data, JournalSettings.SEGMENT_BYTES_MIN, longest);
        try (ChronicleJournal journal = open(settings, (sequence, buffer, offset, length) -> { })) {
            for (int i = 0; i < 3; i++) {
                keep(journal);
                journal.append(bytes(longest, i), 0, longest);
                keep(journal);
                journal.append(bytes(10, i), 0, 10);
                journal.commit();
            }
            assertThatThrownBy(() -> journal.append(bytes(longest + 1, 0), 0, longest + 1)).isInstanceOf(IllegalArgumentException.class);
        }

        final List<UnsafeBuffer> read = new ArrayList<>();
        open(settings, (sequence, buffer, offset, length) -> {
            final byte[] copy = new byte[length];
            buffer.getBytes(offset, copy);
            read.add(new UnsafeBuffer(copy));
        }).close();

        assertThat(read).containsExactly(
            bytes(longest, 0), bytes(10, 0), bytes(longest, 1), bytes(10, 1), bytes(longest, 2), bytes(10, 2));
    }

    @Test
    void shouldCutABatchThatIsLargerThanAnExcerpt() {
        write(small(data), 5000, 5000);

        try (ChronicleJournal journal = openAndCheck(small(data))) {
            assertThat(journal.recovery().records()).isEqualTo(5000);
        }
    }

    @Test
    void shouldAppendFromAnotherThreadThanTheOneThatOpened() {
        try (ChronicleJournal journal = openAndCheck(small(data))) {
            CompletableFuture.runAsync(() -> append(journal, 1, 1000, 10)).join();
        }
        try (ChronicleJournal journal = openAndCheck(small(data))) {
            assertThat(journal.recovery().lastSequence()).isEqualTo(1000);
        }
    }

    @Test
    void shouldSyncWhileSegmentsRoll() throws IOException {
        try (ChronicleJournal journal = openAndCheck(small(data))) {
            final AtomicBoolean done = new AtomicBoolean();
            final CompletableFuture<Integer> syncs = CompletableFuture.supplyAsync(() -> syncUntil(done, journal));
            append(journal, 1, 5000, 20);
            done.set(true);
            assertThat(syncs.join()).isPositive();
            journal.sync();
        }
        assertThat(segments(data)).hasSizeGreaterThan(5);
        openAndCheck(small(data)).close();
    }

    @Test
    void shouldThrowWhenASyncFailsAndNeverSucceedAgain() {
        final ChronicleJournal journal = openAndCheck(small(data));
        append(journal, 1, 1, 1);

        Thread.currentThread().interrupt(); // makes the channel fail
        assertThatThrownBy(journal::sync).isInstanceOf(IOException.class);
        assertThat(Thread.interrupted()).isTrue();

        assertThatThrownBy(journal::sync).isInstanceOf(IOException.class).hasMessageContaining("a sync failed before");
        assertThatThrownBy(journal::close).isInstanceOf(JournalException.class).hasMessageContaining("cannot sync");
        openAndCheck(small(data)).close();
    }

    @Test
    void shouldRefuseAFolderThatIsInUse() {
        final String pid = Long.toString(ProcessHandle.current().pid());
        try (ChronicleJournal journal = openAndCheck(small(data))) {
            assertThatThrownBy(() -> openAndCheck(small(data)))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining(data.toString()).hasMessageContaining("is in use by process " + pid);
            append(journal, 1, 1, 1);
        }
        openAndCheck(small(data)).close();
    }

    @Test
    void shouldRefuseAFolderThatCannotBeCreated() throws IOException {
        final Path file = Files.createFile(data.resolve("file"));

        for (final Path folder : List.of(file, file.resolve("below"))) {
            assertThatThrownBy(() -> openAndCheck(small(folder)))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("cannot create data folder " + folder).hasMessageNotContaining("\n");
        }
    }

    @Test
    void shouldRefuseAFolderThatCannotBeWritten() throws IOException {
        Files.createDirectory(data.resolve("lock")); // a root user may write anywhere, but not into a folder

        assertThatThrownBy(() -> openAndCheck(small(data)))
            .isInstanceOf(JournalException.class).hasMessageContaining("cannot write in data folder " + data);
    }

    @Test
    void shouldRefuseToRemoveASegmentWithAForeignFile() throws IOException {
        openAndCheck(small(data)).close();
        final Path foreign = Files.createFile(segments(data).get(0).resolve("notes.txt"));

        assertThatThrownBy(() -> openAndCheck(small(data)))
            .isInstanceOf(JournalException.class).hasMessageContaining("notes.txt").hasMessageContaining("not the journal's");
        assertThat(foreign).exists();
        assertThat(file(segments(data).get(0))).exists();
    }

    @Test
    void shouldReportProgressByRecords() {
        final JournalSettings settings = new JournalSettings(data, JournalSettings.SEGMENT_BYTES_DEFAULT, 1000);
        final UnsafeBuffer record = bytes(8, 0);
        try (ChronicleJournal journal = openAndCheck(settings)) {
            for (int i = 0; i < 250_000; i++) {
                journal.append(record, 0, 8);
            }
            journal.commit();
        }

        final List<Long> records = new ArrayList<>();
        ChronicleJournal.open(settings, (sequence, buffer, offset, length) -> { }, (count, bytes, total) -> {
            assertThat(bytes).isPositive().isLessThanOrEqualTo(total);
            records.add(count);
        }).close();

        assertThat(records).hasSize(3).isSorted().endsWith(250_000L);
    }

    @Test
    void shouldNotAllocateOnceWarm() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final UnsafeBuffer record = bytes(100, 0);
        try (ChronicleJournal journal = openAndCheck(JournalSettings.of(data))) {
            commit(journal, record, 50_000);
            final long before = threads.getCurrentThreadAllocatedBytes();
            commit(journal, record, 10_000);
            final long allocated = threads.getCurrentThreadAllocatedBytes() - before;

            assertThat(allocated).as("bytes for 10,000 commits").isLessThan(10_000);
        }
    }

    private static void commit(final ChronicleJournal journal, final UnsafeBuffer record, final int times) {
        for (int i = 0; i < times; i++) {
            journal.append(record, 0, record.capacity());
            journal.commit();
        }
    }

    private static int syncUntil(final AtomicBoolean done, final ChronicleJournal journal) {
        int syncs = 0;
        do {
            try {
                journal.sync();
            } catch (final IOException e) {
                throw new AssertionError("sync failed", e);
            }
            syncs++;
        } while (!done.get());
        return syncs;
    }

    private static UnsafeBuffer bytes(final int length, final int seed) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[length]);
        buffer.setMemory(0, length, (byte) (seed + 1));
        return buffer;
    }
}
