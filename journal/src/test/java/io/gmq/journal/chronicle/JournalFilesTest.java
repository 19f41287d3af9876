package io.gmq.journal.chronicle;

import static io.gmq.journal.chronicle.JournalFixture.append;
import static io.gmq.journal.chronicle.JournalFixture.copy;
import static io.gmq.journal.chronicle.JournalFixture.file;
import static io.gmq.journal.chronicle.JournalFixture.frames;
import static io.gmq.journal.chronicle.JournalFixture.openAndCheck;
import static io.gmq.journal.chronicle.JournalFixture.segments;
import static io.gmq.journal.chronicle.JournalFixture.small;
import static io.gmq.journal.chronicle.JournalFixture.write;
import static io.gmq.journal.chronicle.JournalFixture.writeAndStop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.gmq.journal.JournalException;
import io.gmq.journal.RecoveryProgress;
import io.gmq.journal.chronicle.JournalFixture.Frame;
import io.gmq.journal.chronicle.SegmentInfo.State;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is seen of a data folder from outside, and that looking leaves it as it is. */
class JournalFilesTest {
    @TempDir
    private Path temp;

    private Path data;

    @BeforeEach
    void makeFolder() {
        data = temp.resolve("data");
    }

    private List<SegmentInfo> inspect() {
        return JournalFiles.of(data).inspect(RecoveryProgress.NONE);
    }

    private List<Long> read(final long from, final List<JournalFault> faults) {
        final List<Long> sequences = new ArrayList<>();
        try (RecordCursor cursor = JournalFiles.of(data).records(from, (sequence, buffer, offset, length) -> {
            assertThat(JournalFixture.recordOf(sequence).equals(new UnsafeBuffer(buffer, offset, length))).isTrue();
            sequences.add(sequence);
        })) {
            while (cursor.next() || cursor.fault().isPresent()) {
                cursor.fault().ifPresent(fault -> {
                    faults.add(fault);
                    cursor.skipFault();
                });
            }
        }
        return sequences;
    }

    private static void overwrite(final Path file, final long offset, final byte... bytes) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(offset);
            open.write(bytes);
        }
    }

    @Test
    void shouldRefuseAFolderWithoutJournal() throws IOException {
        assertThatThrownBy(() -> JournalFiles.of(data)).isInstanceOf(JournalException.class)
            .hasMessage("there is no folder " + data + ": name the data folder of a broker, or a copy of one");
        Files.createDirectory(data);
        assertThatThrownBy(() -> JournalFiles.of(data)).isInstanceOf(JournalException.class).hasMessageContaining("holds no journal");
    }

    @Test
    void shouldTellWhatEachSegmentHolds() throws IOException {
        write(small(data), 20, 3);
        write(small(data), 7, 2);
        Files.createDirectory(data.resolve("journal").resolve("next"));
        Files.createDirectory(data.resolve("journal").resolve("00000000000000000028.torn-1"));
        assertThat(inspect()).extracting(SegmentInfo::state, SegmentInfo::firstSequence, SegmentInfo::lastSequence, SegmentInfo::records)
            .containsExactly(
                tuple(State.WHOLE, 1L, 20L, 20L), tuple(State.WHOLE, 21L, 27L, 7L),
                tuple(State.SET_ASIDE, 0L, 0L, 0L), tuple(State.PREPARED, 0L, 0L, 0L));
        assertThat(inspect()).extracting(SegmentInfo::bytes).first().satisfies(bytes -> assertThat(bytes).isPositive());
    }

    @Test
    void shouldSeeABrokerAtWorkAndWhatItHasWritten() throws IOException {
        try (ChronicleJournal journal = openAndCheck(small(data))) {
            append(journal, 1, 30, 3);
            assertThat(JournalFiles.of(data).isInUse()).isTrue();
            assertThat(inspect().get(0).state()).isEqualTo(State.OPEN);
            assertThat(read(1, new ArrayList<>())).hasSize(30);
            copy(data, temp.resolve("copy"));
        }
        assertThat(JournalFiles.of(data).isInUse()).isFalse();
        assertThat(JournalFiles.of(temp.resolve("copy")).isInUse()).as("a copy of a held folder").isFalse();
    }

    @Test
    void shouldReadFromAnySequenceOn() {
        write(small(data), 20, 3);
        write(small(data), 20, 3);
        for (final long from : new long[] {1, 2, 20, 21, 22, 40}) {
            final List<Long> sequences = read(from, new ArrayList<>());
            assertThat(sequences.get(0)).isEqualTo(from);
            assertThat(sequences).hasSize((int) (41 - from));
        }
        assertThat(read(41, new ArrayList<>())).isEmpty();
    }

    @Test
    void shouldNameEachDamagedPlaceAndReadTheRest() throws IOException {
        write(small(data), 60, 3);
        write(small(data), 60, 3);
        final Path first = file(segments(data).get(0));
        final List<Frame> frames = frames(first);
        overwrite(first, frames.get(4).end() - 2, (byte) 0xFF);
        overwrite(first, frames.get(9).offset() - 4, new byte[] {0, 0, 0, 0});
        final List<JournalFault> faults = new ArrayList<>();
        assertThat(read(1, faults)).hasSize(120 - 6).doesNotContain(13L, 14L, 15L, 28L, 29L, 30L);
        assertThat(faults).extracting(JournalFault::file).containsOnly(first);
        assertThat(faults).extracting(JournalFault::sequence).containsExactly(13L, 28L);
        assertThat(faults).extracting(JournalFault::offset)
            .containsExactly((long) frames.get(4).offset() - 4, (long) frames.get(9).offset() - 4);
        assertThat(faults).allSatisfy(fault -> assertThat(fault.what()).contains(first + " at offset " + fault.offset()));
        final SegmentInfo info = inspect().get(0);
        assertThat(info.state()).isEqualTo(State.DAMAGED);
        assertThat(info.faults()).hasSize(2);
        assertThat(info.lastSequence()).isEqualTo(60);
        assertThat(info.records()).isEqualTo(54);
    }

    @Test
    void shouldTellATornEndFromDamage() throws IOException {
        writeAndStop(small(data), 60, 3);
        final Path file = file(segments(data).get(0));
        final List<Frame> frames = frames(file);
        final Frame last = frames.get(frames.size() - 1);
        overwrite(file, last.offset() + 40, (byte) 0x7F, (byte) 0x7F);
        assertThat(read(1, new ArrayList<>())).hasSize(57);
        assertThat(inspect()).first().satisfies(info -> {
            assertThat(info.state()).isEqualTo(State.TORN);
            assertThat(info.tornOffset()).isEqualTo(last.offset() - 4);
            assertThat(info.faults()).isEmpty();
        });
    }

    @Test
    void shouldNameAMissingSegment() throws IOException {
        for (int i = 0; i < 3; i++) {
            write(small(data), 10, 3);
        }
        final Path missing = segments(data).get(1);
        final Path third = file(segments(data).get(2));
        JournalRepairTest.delete(missing);
        final List<JournalFault> faults = new ArrayList<>();
        assertThat(read(1, faults)).hasSize(20).doesNotContain(11L, 20L).contains(10L, 21L);
        assertThat(faults).singleElement().satisfies(fault -> {
            assertThat(fault.file()).isEqualTo(third);
            assertThat(fault.sequence()).isEqualTo(11);
            assertThat(fault.what()).contains("begins with sequence 21 and 11 is due");
        });
    }

    @Test
    void shouldChangeNothingByLooking() throws IOException {
        write(small(data), 60, 3);
        overwrite(file(segments(data).get(0)), frames(file(segments(data).get(0))).get(3).end() - 1, (byte) 0xFF);
        final String before = JournalRepairTest.contents(data);
        inspect();
        read(1, new ArrayList<>());
        JournalFiles.of(data).sequenceBefore(0);
        assertThat(JournalRepairTest.contents(data)).isEqualTo(before);
    }
}
