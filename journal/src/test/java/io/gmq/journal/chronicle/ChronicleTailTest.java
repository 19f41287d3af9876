package io.gmq.journal.chronicle;

import static io.gmq.journal.chronicle.JournalFixture.openAndCheck;
import static io.gmq.journal.chronicle.JournalFixture.recordOf;
import static io.gmq.journal.chronicle.JournalFixture.segments;
import static io.gmq.journal.chronicle.JournalFixture.small;
import static io.gmq.journal.chronicle.JournalFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gmq.engine.ring.Waker;
import io.gmq.journal.JournalException;
import io.gmq.journal.JournalSettings;
import io.gmq.journal.JournalTail;
import io.gmq.journal.RecoveryHandler;
import io.gmq.journal.disk.LocalDisk;
import io.gmq.journal.snapshot.SnapshotWriter;
import io.gmq.journal.snapshot.Snapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChronicleTailTest {
    private static final int ALL = Integer.MAX_VALUE;

    @TempDir
    private Path temp;

    private Path data;
    private final Listener heard = new Listener();
    private long synced;

    @BeforeEach
    void prepare() {
        data = temp.resolve("data");
    }

    private JournalTail tail() {
        return new ChronicleTail(LocalDisk.INSTANCE, data, () -> synced);
    }

    private void append(final ChronicleJournal journal, final int count) {
        JournalFixture.append(journal, synced + 1, count, 7);
        sync(journal);
        synced += count;
    }

    private static void sync(final ChronicleJournal journal) {
        try {
            journal.sync();
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldFollowRecordsAsTheyComeOverManySegments() throws IOException {
        final SplittableRandom random = new SplittableRandom(1);
        try (ChronicleJournal journal = openAndCheck(small(data)); JournalTail tail = tail()) {
            assertThat(tail.begin(0, heard)).isZero();
            while (synced < 5000) {
                append(journal, 1 + random.nextInt(40));
                final long before = heard.last;
                assertThat(tail.poll(ALL)).isEqualTo((int) (synced - before));
                assertThat(heard.last).isEqualTo(synced);
                assertThat(tail.poll(ALL)).isZero();
            }
        }
        assertThat(segments(data)).hasSizeGreaterThan(10);
    }

    @Test
    void shouldFollowWhileOthersWriteAndSync() {
        final int records = 20_000;
        final AtomicLong onDisk = new AtomicLong();
        try (ChronicleJournal journal = openAndCheck(small(data));
            JournalTail tail = new ChronicleTail(LocalDisk.INSTANCE, data, onDisk::get)) {
            final CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                for (int written = 0; written < records; written += 50) {
                    JournalFixture.append(journal, written + 1, 50, 7);
                    sync(journal);
                    onDisk.set(written + 50);
                }
            });
            tail.begin(0, heard);
            while (heard.last < records && !writing.isCompletedExceptionally()) {
                tail.poll(ALL);
                assertThat(heard.last).isLessThanOrEqualTo(onDisk.get());
            }
            writing.join();
        }
        assertThat(heard.last).isEqualTo(records);
    }

    @Test
    void shouldHandOverNothingThatIsNotSynced() {
        try (ChronicleJournal journal = openAndCheck(small(data)); JournalTail tail = tail()) {
            JournalFixture.append(journal, 1, 14, 7);
            tail.begin(0, heard);
            assertThat(tail.poll(ALL)).isZero();
            synced = 7;
            assertThat(tail.poll(ALL)).isEqualTo(7);
            synced = 14;
            assertThat(tail.poll(ALL)).isEqualTo(7);
        }
    }

    @Test
    void shouldPauseAfterAboutAsManyRecordsAsAreWanted() {
        try (ChronicleJournal journal = openAndCheck(small(data)); JournalTail tail = tail()) {
            append(journal, 700);
            tail.begin(0, heard);
            assertThat(tail.poll(50)).isEqualTo(56);
            assertThat(tail.poll(1)).isEqualTo(7);
            assertThat(tail.poll(ALL)).isEqualTo(700 - 63);
        }
    }

    @Test
    void shouldFollowOverRestartsAndTheirLastBatches() {
        try (JournalTail tail = tail()) {
            for (int start = 0; start < 4; start++) {
                write(small(data), 100, 7);
                synced += 100;
                if (start == 0) {
                    tail.begin(0, heard);
                }
                assertThat(tail.poll(ALL)).isEqualTo(100);
            }
        }
    }

    @Test
    void shouldBeginFromTheNewestSnapshotThatIsNotTooNew() throws IOException {
        write(small(data), 1000, 7);
        synced = 1000;
        store(300);
        store(600);
        try (JournalTail tail = tail()) {
            assertThat(tail.begin(599, heard)).isEqualTo(300);
            assertThat(heard.last).isEqualTo(300);
            assertThat(tail.poll(ALL)).isEqualTo(700);
            assertThat(tail.begin(600, heard)).isEqualTo(600);
            assertThat(tail.poll(ALL)).isEqualTo(400);
            assertThat(tail.begin(299, heard)).isZero();
            assertThat(tail.poll(ALL)).isEqualTo(1000);
            assertThat(tail.beginOldest(heard)).isZero();
        }
    }

    @Test
    void shouldPassOverASnapshotThatIsDamaged() throws IOException {
        write(small(data), 1000, 7);
        synced = 1000;
        store(300);
        store(600);
        final Path newest = new Snapshots(LocalDisk.INSTANCE, data.resolve("snapshots")).file(600);
        final byte[] bytes = Files.readAllBytes(newest);
        bytes[bytes.length / 2] ^= 1;
        Files.write(newest, bytes);
        try (JournalTail tail = tail()) {
            assertThat(tail.begin(999, heard)).isEqualTo(300);
        }
    }

    @Test
    void shouldSayThatTheRecordsItWouldBeginWithAreGone() throws IOException {
        write(small(data), 2000, 7);
        synced = 2000;
        final long second = delete(segments(data).get(0));
        try (JournalTail tail = tail()) {
            assertThat(tail.begin(2000, heard)).isEqualTo(JournalTail.GONE);
            assertThat(tail.beginOldest(heard)).isEqualTo(JournalTail.GONE);
            store(second - 2);
            store(second + 10);
            assertThat(tail.begin(second, heard)).as("records between snapshot and segment are gone").isEqualTo(JournalTail.GONE);
            assertThat(tail.beginOldest(heard)).isEqualTo(second + 10);
            assertThat(tail.begin(2000, heard)).isEqualTo(second + 10);
            assertThat(tail.poll(ALL)).isEqualTo((int) (2000 - second - 10));
        }
    }

    @Test
    void shouldSayThatASegmentIsGoneThatIsDeletedWhileItIsRead() throws IOException {
        write(new JournalSettings(data, 4 << 20, 8 << 10), 42_000, 70);
        synced = 42_000;
        try (JournalTail tail = tail()) {
            tail.begin(0, heard);
            assertThat(tail.poll(1)).isEqualTo(70);
            final OldSegment leaving = OldSegment.of(Segment.in(LocalDisk.INSTANCE, data.resolve("journal"), 1));
            final long second = Segment.all(LocalDisk.INSTANCE, data.resolve("journal")).get(0).firstSequence();
            while (!leaving.step()) {
                // a MiB after the other
            }
            int polled = 70;
            while (polled > 0) {
                polled = tail.poll(70);
            }
            assertThat(polled).isEqualTo(JournalTail.GONE);
            assertThat(heard.last).isLessThan(second - 1);
            assertThat(tail.poll(7)).isEqualTo(JournalTail.GONE);
        }
    }

    @Test
    void shouldReadADeletedSegmentToItsEndAndThenSayThatTheNextIsGone() throws IOException {
        write(small(data), 2000, 7);
        synced = 2000;
        try (JournalTail tail = tail()) {
            tail.begin(0, heard);
            assertThat(tail.poll(1)).isEqualTo(7);
            delete(segments(data).get(0));
            final long third = delete(segments(data).get(0));
            int polled = 7;
            while (polled > 0) {
                polled = tail.poll(7);
            }
            assertThat(polled).isEqualTo(JournalTail.GONE);
            assertThat(heard.last).isLessThan(third - 1);
            assertThat(tail.poll(7)).isEqualTo(JournalTail.GONE);
            store(third + 5);
            assertThat(tail.begin(Long.MAX_VALUE, heard)).isEqualTo(third + 5);
            assertThat(tail.poll(ALL)).isEqualTo((int) (2000 - third - 5));
        }
    }

    @Test
    void shouldRefuseAJournalThatLacksWhatWasSynced() {
        write(small(data), 100, 7);
        synced = 101;
        try (JournalTail tail = tail()) {
            tail.begin(0, heard);
            assertThatThrownBy(() -> tail.poll(ALL)).isInstanceOf(JournalException.class).hasMessageContaining("has no record 101");
        }
    }

    /** Deletes a segment; gives the first sequence of the next. */
    private long delete(final Path segment) throws IOException {
        try (var files = Files.list(segment)) {
            for (final Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(segment);
        return Long.parseLong(segments(data).get(0).getFileName().toString());
    }

    private void store(final long sequence) throws IOException {
        final Snapshots snapshots = new Snapshots(LocalDisk.INSTANCE, data.resolve("snapshots"));
        snapshots.prepare();
        final SnapshotWriter writer = snapshots.begin(0, covered -> true, Waker.NONE);
        final UnsafeBuffer entry = new UnsafeBuffer(new byte[8]);
        entry.putLong(0, sequence);
        writer.entry(entry, 8, entry, 0, 0);
        writer.cover(sequence, 0);
        writer.complete(~sequence);
        while (!writer.isOver()) {
            writer.work();
        }
        assertThat(writer.stored()).isPresent();
    }

    /** A state that is nothing but the sequence of the last record. */
    private static final class Listener implements RecoveryHandler {
        private long last;
        private long entry;

        @Override
        public void onEntry(final DirectBuffer buffer, final int offset, final int length) {
            entry = buffer.getLong(offset);
        }

        @Override
        public void onSnapshot(final long sequence, final long digest) {
            assertThat(entry).isEqualTo(sequence);
            assertThat(digest).isEqualTo(~sequence);
            last = sequence;
        }

        @Override
        public void onRecord(final long sequence, final DirectBuffer buffer, final int offset, final int length) {
            last = sequence == 1 ? 0 : last;
            assertThat(sequence).isEqualTo(last + 1);
            assertThat(new UnsafeBuffer(buffer, offset, length)).isEqualTo(recordOf(sequence));
            last = sequence;
        }
    }
}
