package io.gmq.journal.chronicle;

import static io.gmq.journal.chronicle.JournalFixture.keep;
import static io.gmq.journal.chronicle.JournalFixture.recordOf;
import static io.gmq.journal.chronicle.JournalFixture.segments;
import static io.gmq.journal.chronicle.JournalFixture.small;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gmq.engine.ring.Checkpoint;
import io.gmq.journal.JournalException;
import io.gmq.journal.JournalSettings;
import io.gmq.journal.Keep;
import io.gmq.journal.RecoveryHandler;
import io.gmq.journal.disk.LocalDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints, snapshots and what becomes of segments, with a state that is nothing but the number of records. */
class CheckpointsTest {
    private static final int ENTRIES = 100;
    private static final long NEVER = Long.MAX_VALUE;

    @TempDir
    private Path temp;

    private Path data;
    private JournalSettings settings;
    private ChronicleJournal journal;
    private State state;
    private int checkpoints;

    @BeforeEach
    void prepare() {
        data = temp.resolve("data");
        settings = small(data).with(Keep.NONE, NEVER);
    }

    private void open() {
        state = new State();
        journal = JournalFixture.open(settings, state);
    }

    private void reopen() {
        final long before = state.last;
        open();
        assertThat(state.last).isEqualTo(before);
        journal.close();
    }

    private void append() {
        keep(journal);
        final UnsafeBuffer record = recordOf(state.last + 1);
        journal.append(record, 0, record.capacity());
        journal.commit();
        state.last++;
    }

    /** Appends so many records and gives the checkpoints that become due. */
    private void run(final int records) {
        for (int i = 0; i < records; i++) {
            append();
            journal.onHeld(0, 0);
            keep(journal);
            if (journal.isCheckpointDue()) {
                checkpoint();
            }
        }
    }

    private void checkpoint() {
        append(journal.beginCheckpoint(), ENTRIES);
        keep(journal);
        checkpoints++;
    }

    /** Tells the state as it is after the checkpoint's record, mixed with later records. */
    private void append(final Checkpoint checkpoint, final int entries) {
        final UnsafeBuffer record = recordOf(state.last + 1);
        journal.append(record, 0, record.capacity());
        journal.markCheckpoint();
        state.last++;
        final long told = state.last;
        final UnsafeBuffer entry = new UnsafeBuffer(new byte[16]);
        for (int i = 0; i < entries; i++) {
            entry.putLong(0, told);
            entry.putLong(8, i);
            checkpoint.entry(entry, 8, entry, 8, 8);
        }
        journal.commit();
        append();
        checkpoint.complete(~told);
    }

    private List<Path> snapshots() throws IOException {
        try (var files = Files.list(data.resolve("snapshots"))) {
            return files.sorted().toList();
        }
    }

    @Test
    void shouldBeginAtASnapshotAndDropWhatItCovers() throws IOException {
        open();
        run(5000);
        final long segmentsWritten = 5000L * 170 / JournalSettings.SEGMENT_BYTES_MIN;
        assertThat(checkpoints).isGreaterThan(3);
        assertThat(snapshots()).hasSize(1);
        assertThat(segments(data).size()).isLessThan((int) segmentsWritten / 2);
        journal.close();

        reopen();
        assertThat(journal.recovery().snapshot()).isPositive();
        assertThat(state.snapshot).isEqualTo(journal.recovery().snapshot());
        assertThat(journal.recovery().records()).isEqualTo(state.last - state.snapshot);
    }

    @Test
    void shouldDeleteWhatIsLeftOfASegmentThatAProcessBeforeWasDeleting() throws IOException {
        open();
        run(5000);
        final Path covered = segments(data).get(0);
        journal.close();
        final Path old = data.resolve("journal").resolve("old");
        Files.createDirectory(old);
        Files.copy(covered.resolve("19700101X.cq4"), old.resolve("19700101X.cq4"));

        reopen();
        assertThat(old).doesNotExist();
    }

    @Test
    void shouldDeleteACoveredSegmentStepByStepUnderAnotherName() throws IOException {
        settings = new JournalSettings(data, 4 << 20, 8 << 10).with(Keep.ALL, NEVER);
        open();
        run(30_000);
        final Segment segment = Segment.in(LocalDisk.INSTANCE, data.resolve("journal"), 1);
        final OldSegment leaving = OldSegment.of(segment);
        assertThat(segment.folder()).doesNotExist();
        final Path file = data.resolve("journal").resolve("old").resolve("19700101X.cq4");
        long before = Files.size(file);
        int steps = 1;
        while (!leaving.step()) {
            assertThat(before - Files.size(file)).isPositive().isLessThanOrEqualTo(1 << 20);
            before = Files.size(file);
            steps++;
        }
        assertThat(steps).isGreaterThan(2);
        assertThat(file.getParent()).doesNotExist();
        journal.close();
    }

    @Test
    void shouldGoOnWithTheSequencesAfterASnapshotThatCoversAll() throws IOException {
        open();
        run(600);
        while (!journal.isCheckpointDue()) {
            append();
            keep(journal);
        }
        checkpoint();
        journal.close();
        for (final Path segment : segments(data)) {
            Files.walk(segment).sorted((one, other) -> other.compareTo(one)).forEach(path -> assertThat(path.toFile().delete()).isTrue());
        }
        // All that is left is the snapshot, and the record after it is lost with its segment.
        state.last = journal.recovery().lastSequence();
        final State after = new State();
        try (ChronicleJournal again = JournalFixture.open(settings, after)) {
            assertThat(again.recovery().lastSequence()).isEqualTo(after.snapshot).isPositive();
        }
    }

    @Test
    void shouldOnlyWantADigestEverySoManyRecords() throws IOException {
        settings = small(data).with(Keep.ALL, 50);
        open();
        run(220);
        assertThat(checkpoints).isEqualTo(4);
        assertThat(snapshots()).isEmpty();
        journal.close();
        reopen();
    }

    @Test
    void shouldKeepAllThatIsAskedFor() throws IOException {
        settings = small(data).with(Keep.ALL, NEVER);
        open();
        run(3000);
        assertThat(snapshots()).isNotEmpty();
        assertThat(segments(data).get(0).getFileName().toString()).isEqualTo("00000000000000000001");
        journal.close();
        reopen();
    }

    @Test
    void shouldUseAnOlderSnapshotWhereTheNewestIsDamagedAndSetThatAside() throws IOException {
        settings = small(data).with(Keep.ALL, NEVER);
        open();
        run(4000);
        journal.close();
        final List<Path> all = snapshots();
        assertThat(all.size()).isGreaterThan(1);
        final Path newest = all.get(all.size() - 1);
        flip(newest);

        reopen();
        assertThat(journal.recovery().damaged()).hasSize(1).first().asString().contains(newest.toString());
        assertThat(journal.recovery().snapshot()).isEqualTo(sequence(all.get(all.size() - 2)));
        assertThat(snapshots()).doesNotContain(newest).anyMatch(path -> path.toString().endsWith(".damaged"));
    }

    @Test
    void shouldReplayAllWhereTheOnlySnapshotIsDamagedAndNothingIsGone() throws IOException {
        settings = small(data).with(Keep.ALL, NEVER);
        open();
        while (checkpoints == 0) {
            run(1);
        }
        journal.close();
        flip(snapshots().get(0));
        reopen();
        assertThat(journal.recovery().snapshot()).isZero();
        assertThat(journal.recovery().records()).isEqualTo(state.last);
    }

    @Test
    void shouldRefuseToStartWhereTheOnlySnapshotIsDamagedAndSegmentsAreGone() throws IOException {
        open();
        run(3000);
        journal.close();
        final Path snapshot = snapshots().get(0);
        flip(snapshot);
        assertThatThrownBy(this::open).isInstanceOf(JournalException.class).hasMessageContaining(snapshot.toString())
            .hasMessageContaining("gmq journal repair");
        assertThat(snapshots()).containsExactly(snapshot);
    }

    @Test
    void shouldRefuseToStartWhereRecordsBehindASnapshotLieBehindDamage() throws IOException {
        open();
        while (checkpoints == 0) {
            run(1);
        }
        journal.sync();
        final Path copy = temp.resolve("copy");
        JournalFixture.copy(data, copy);
        journal.close();
        // The first batch of the segment in which the snapshot ends: all that it covers was on disk once.
        final List<Path> left = segments(copy);
        final Path file = JournalFixture.file(left.get(left.size() - 1));
        flip(file, JournalFixture.frames(file).get(0).offset() + 40);
        settings = small(copy).with(Keep.NONE, NEVER);
        assertThatThrownBy(this::open).isInstanceOf(JournalException.class).hasMessageContaining(file.toString());
    }

    @Test
    void shouldNotTakeAnEmptyFolderForTheNextSegment() throws IOException {
        open();
        while (checkpoints == 0) {
            run(1);
        }
        final long covered = sequence(snapshots().get(0));
        journal.close();
        for (final long sequence : new long[] {covered, covered + 1}) {
            Files.createDirectory(data.resolve("journal").resolve(String.format(Locale.ROOT, "%020d", sequence)));
            reopen();
        }
    }

    @Test
    void shouldLeaveASegmentInWhichSomebodyHasPutSomething() throws IOException {
        open();
        final Path first = segments(data).get(0);
        Files.writeString(first.resolve("notes.txt"), "mine");
        run(3000);
        assertThat(segments(data)).contains(first);
        assertThat(checkpoints).isGreaterThan(1);
        journal.close();
    }

    @Test
    void shouldFinishADeletionThatWasInterrupted() throws IOException {
        open();
        run(3000);
        journal.close();
        final Path half = data.resolve("journal").resolve("00000000000000000001");
        Files.createDirectory(half);
        Files.write(half.resolve("metadata.cq4t"), new byte[10]);
        reopen();
        assertThat(half).doesNotExist();
    }

    @Test
    void shouldGiveUpASnapshotThatIsNotFinishedAtTheEndAndClearItAway() throws IOException {
        open();
        while (!journal.isCheckpointDue()) {
            append();
            keep(journal);
        }
        final Checkpoint begun = journal.beginCheckpoint();
        final UnsafeBuffer entry = new UnsafeBuffer(new byte[1 << 20]);
        begun.entry(entry, entry.capacity(), entry, 0, 0);
        keep(journal);
        journal.close();
        assertThat(begun.isAbandoned()).isTrue();
        assertThat(snapshots()).isEmpty();
        reopen();
    }

    private static long sequence(final Path snapshot) {
        return Long.parseLong(snapshot.getFileName().toString().substring(0, 20));
    }

    private static void flip(final Path file) throws IOException {
        flip(file, (int) Files.size(file) / 2);
    }

    private static void flip(final Path file, final int offset) throws IOException {
        final byte[] bytes = Files.readAllBytes(file);
        bytes[offset] ^= 1;
        Files.write(file, bytes);
    }

    /** Checks that it hears each record after those that a snapshot tells of. */
    private static final class State implements RecoveryHandler {
        private long last;
        private long snapshot;
        private long entries;

        @Override
        public void onEntry(final DirectBuffer buffer, final int offset, final int length) {
            assertThat(length).isEqualTo(16);
            assertThat(buffer.getLong(offset + 8)).isEqualTo(entries++);
            last = buffer.getLong(offset);
        }

        @Override
        public void onSnapshot(final long sequence, final long digest) {
            assertThat(entries).isEqualTo(ENTRIES);
            assertThat(sequence).isEqualTo(last);
            assertThat(digest).isEqualTo(~last);
            snapshot = sequence;
        }

        @Override
        public void onRecord(final long sequence, final DirectBuffer buffer, final int offset, final int length) {
            assertThat(sequence).isEqualTo(last + 1);
            assertThat(recordOf(sequence)).isEqualTo(new UnsafeBuffer(buffer, offset, length));
            last = sequence;
        }
    }
}
