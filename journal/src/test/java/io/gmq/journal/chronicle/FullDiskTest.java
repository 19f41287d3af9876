package io.gmq.journal.chronicle;

import static io.gmq.journal.chronicle.JournalFixture.append;
import static io.gmq.journal.chronicle.JournalFixture.keep;
import static io.gmq.journal.chronicle.JournalFixture.openAndCheck;
import static io.gmq.journal.chronicle.JournalFixture.recordOf;
import static io.gmq.journal.chronicle.JournalFixture.small;
import static io.gmq.journal.chronicle.JournalFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gmq.engine.api.StorageState;
import io.gmq.engine.ring.Waker;
import io.gmq.journal.JournalException;
import io.gmq.journal.JournalSettings;
import io.gmq.journal.RecoveryProgress;
import io.gmq.journal.snapshot.Follower;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {
    private final SmallDisk small = new SmallDisk();
    private final AtomicInteger wakes = new AtomicInteger();
    @TempDir
    private Path data;
    private JournalSettings settings;

    @BeforeEach
    void choose() {
        settings = small(data).withDisk(small.disk());
    }

    private ChronicleJournal open() {
        return ChronicleJournal.open(settings, (sequence, buffer, offset, length) -> { }, RecoveryProgress.NONE, () -> Follower.NONE, Waker.NONE,
            wakes::incrementAndGet);
    }

    /** Appends until there is no room, without help of the keeper; returns the last sequence. */
    private static long fill(final ChronicleJournal journal, final long from) {
        long sequence = from;
        while (journal.hasRoom()) {
            final UnsafeBuffer record = recordOf(sequence);
            journal.append(record, 0, record.capacity());
            journal.commit();
            sequence++;
        }
        return sequence - 1;
    }

    @Test
    void shouldHaveRoomInWhatIsPreparedAndNoMore() throws Exception {
        try (ChronicleJournal journal = open()) {
            final long first = fill(journal, 1);
            assertThat(first).isPositive();
            keep(journal);
            assertThat(fill(journal, first + 1)).isGreaterThan(first);
        }
        openAndCheck(small(data)).close();
    }

    @Test
    void shouldCountAsFullWhileNoSegmentCanBePreparedAndResumeByItself() throws Exception {
        final long last;
        try (ChronicleJournal journal = open()) {
            keep(journal);
            assertThat(journal.storage()).isEqualTo(StorageState.READY);
            small.usableBytes = 1000;
            journal.keeper().doWork();
            assertThat(journal.storage()).as("less than the floor is free").isEqualTo(StorageState.FULL);
            assertThat(journal.hasRoom()).as("what is prepared is a reserve").isTrue();
            final int wakesWhenFull = wakes.get();
            assertThat(wakesWhenFull).isPositive();

            final long filled = fill(journal, 1);
            for (int i = 0; i < 3; i++) {
                journal.keeper().doWork();
            }
            assertThat(journal.hasRoom()).isFalse();
            assertThat(journal.storage()).isEqualTo(StorageState.FULL);

            small.usableBytes = Long.MAX_VALUE;
            keep(journal);
            assertThat(journal.storage()).isEqualTo(StorageState.READY);
            assertThat(journal.hasRoom()).isTrue();
            assertThat(wakes.get()).isGreaterThan(wakesWhenFull);
            append(journal, filled + 1, 100, 10);
            last = filled + 100;
        }
        try (ChronicleJournal journal = openAndCheck(small(data))) {
            assertThat(journal.recovery().lastSequence()).isEqualTo(last);
        }
    }

    @Test
    void shouldOpenWhereWritesFailForWantOfRoomThatNobodySees() throws Exception {
        small.writableBytes = 1000;
        try (ChronicleJournal journal = open()) {
            assertThat(journal.storage()).isEqualTo(StorageState.FULL);
            assertThat(journal.hasRoom()).isFalse();
            small.writableBytes = Long.MAX_VALUE;
            while (!journal.hasRoom()) {
                journal.keeper().doWork();
            }
            append(journal, 1, 1, 1);
        }
    }

    @Test
    void shouldClearAwayASegmentThatCouldNotBePreparedAsAWhole() throws Exception {
        try (ChronicleJournal journal = open()) {
            keep(journal);
            final long upToTheReserve = fill(journal, 1);
            small.writableBytes = 300 << 10;
            while (journal.storage() == StorageState.READY) {
                journal.keeper().doWork();
            }
            assertThat(data.resolve("journal/next")).doesNotExist();
            assertThat(journal.hasRoom()).as("the reserve is free now").isTrue();
            final long filled = fill(journal, upToTheReserve + 1);
            assertThat(filled).isGreaterThan(upToTheReserve);

            small.writableBytes = Long.MAX_VALUE;
            keep(journal);
            assertThat(journal.storage()).isEqualTo(StorageState.READY);
            append(journal, filled + 1, 1, 1);
        }
        openAndCheck(small(data)).close();
    }

    @Test
    void shouldAskForMoreThanItNeedsBeforeItTriesAgain() throws Exception {
        final SegmentSize size = SegmentSize.of(settings);
        final long segmentBytes = size.fileBytes() + QueueFile.TABLE_BYTES;
        try (ChronicleJournal journal = open()) {
            keep(journal);
            final long upToTheReserve = fill(journal, 1);
            small.usableBytes = segmentBytes - 1;
            journal.keeper().doWork();
            assertThat(journal.storage()).isEqualTo(StorageState.FULL);
            fill(journal, upToTheReserve + 1);

            small.usableBytes = segmentBytes + size.fileBytes() / 4 - 1;
            small.calls.clear();
            journal.keeper().doWork();
            assertThat(small.calls).doesNotContain("create");

            small.usableBytes++;
            while (!journal.hasRoom()) {
                journal.keeper().doWork();
            }
            small.usableBytes = size.fileBytes() / 2 - 1;
            journal.keeper().doWork();
            assertThat(journal.storage()).as("prepared, but hardly more than the floor is free").isEqualTo(StorageState.FULL);

            small.usableBytes++;
            journal.keeper().doWork();
            assertThat(journal.storage()).isEqualTo(StorageState.READY);
        }
    }

    @Test
    void shouldStartOnAFullDiskAndWaitForRoom() throws Exception {
        write(small(data), 50, 5);
        small.usableBytes = 0;
        try (ChronicleJournal journal = open()) {
            assertThat(journal.recovery().lastSequence()).isEqualTo(50);
            assertThat(journal.storage()).isEqualTo(StorageState.FULL);
            assertThat(journal.hasRoom()).isFalse();
            journal.sync();
        }
        try (ChronicleJournal journal = open()) {
            small.usableBytes = Long.MAX_VALUE;
            keep(journal);
            append(journal, 51, 5, 5);
        }
        try (ChronicleJournal journal = openAndCheck(small(data))) {
            assertThat(journal.recovery().lastSequence()).isEqualTo(55);
        }
    }

    @Test
    void shouldFailForAnyOtherReason() throws Exception {
        try (ChronicleJournal journal = open()) {
            small.failure = "Input/output error";
            small.writableBytes = 300 << 10;
            assertThatThrownBy(() -> keep(journal)).cause()
                .isInstanceOf(JournalException.class)
                .hasMessageStartingWith("cannot prepare the next segment in ").hasMessageEndingWith(": Input/output error");
        }
    }

    @Test
    void shouldFailWhenASegmentThatEndedCannotBeSynced() throws Exception {
        final ChronicleJournal journal = open();
        keep(journal);
        final long filled = fill(journal, 1);
        assertThat(filled).isGreaterThan(1);
        small.isSyncFailing = true;
        assertThatThrownBy(() -> keep(journal)).hasRootCauseInstanceOf(IOException.class).hasRootCauseMessage("Input/output error");
        assertThatThrownBy(journal::close).isInstanceOf(JournalException.class);
    }
}
