package io.gmq.journal.chronicle;

import static io.gmq.journal.chronicle.JournalFixture.append;
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

import io.gmq.engine.ring.Waker;
import io.gmq.journal.JournalException;
import io.gmq.journal.chronicle.JournalFixture.Frame;
import io.gmq.journal.chronicle.JournalRepair.LeftOut;
import io.gmq.journal.disk.LocalDisk;
import io.gmq.journal.snapshot.SnapshotWriter;
import io.gmq.journal.snapshot.Snapshots;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a repair copies, what it names, and that it leaves the original as it is. */
class JournalRepairTest {
    @TempDir
    private Path temp;

    private Path data;
    private Path mended;

    @BeforeEach
    void makeFolders() {
        data = temp.resolve("data");
        mended = temp.resolve("mended");
    }

    /** All files of a folder with their bytes. */
    static String contents(final Path folder) throws IOException {
        final StringBuilder text = new StringBuilder();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (final Path path : walk.sorted().toList()) {
                text.append(path).append(' ').append(Files.isDirectory(path) ? 0 : Arrays.hashCode(Files.readAllBytes(path))).append('\n');
            }
        }
        return text.toString();
    }

    static void delete(final Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (final Path path : walk.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }
    }

    private JournalRepair.Result repair() throws IOException {
        final String before = contents(data);
        final JournalRepair.Result result = JournalFiles.of(data).repair(mended, (bytes, total) -> assertThat(bytes).isLessThanOrEqualTo(total));
        assertThat(contents(data)).isEqualTo(before);
        return result;
    }

    private static void spoil(final Path file, final Frame frame) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(frame.end() - 1);
            final int last = open.read();
            open.seek(frame.end() - 1);
            open.write(last ^ 1);
        }
    }

    /** A snapshot of nothing: only what it covers matters here. */
    private void snapshot(final long sequence) throws IOException {
        final Snapshots snapshots = new Snapshots(LocalDisk.INSTANCE, data.resolve("snapshots"));
        snapshots.prepare();
        final SnapshotWriter writer = snapshots.begin(1, upTo -> true, Waker.NONE);
        writer.entry(new UnsafeBuffer(new byte[8]), 8, new UnsafeBuffer(0, 0), 0, 0);
        writer.complete(4711);
        writer.cover(sequence, 1);
        while (!writer.isOver()) {
            writer.work();
        }
    }

    private List<Long> recordsOfMended() {
        final List<Long> sequences = new ArrayList<>();
        try (RecordCursor cursor = JournalFiles.of(mended).records(0, (sequence, buffer, offset, length) -> {
            assertThat(JournalFixture.recordOf(sequence).equals(new UnsafeBuffer(buffer, offset, length))).isTrue();
            sequences.add(sequence);
        })) {
            cursor.readAll((records, bytes, total) -> { });
            assertThat(cursor.fault()).isEmpty();
            assertThat(cursor.tornTail()).isEmpty();
        }
        return sequences;
    }

    @Test
    void shouldCopyAWholeJournal() throws IOException {
        write(small(data), 20, 3);
        write(small(data), 20, 3);
        final JournalRepair.Result result = repair();
        assertThat(result.leftOut()).isEmpty();
        assertThat(result.last()).isEqualTo(40);
        assertThat(result.segments()).isEqualTo(2);
        try (ChronicleJournal journal = openAndCheck(small(mended))) {
            assertThat(journal.recovery().lastSequence()).isEqualTo(40);
        }
    }

    @Test
    void shouldCopyUpToTheFirstDamageAndNameTheRest() throws IOException {
        write(small(data), 20, 3);
        write(small(data), 30, 3);
        write(small(data), 10, 3);
        final Path file = file(segments(data).get(1));
        final List<Frame> frames = frames(file);
        spoil(file, frames.get(2));
        final JournalRepair.Result result = repair();
        assertThat(result.base()).isZero();
        assertThat(result.last()).isEqualTo(26);
        assertThat(result.leftOut()).extracting(LeftOut::file, LeftOut::offset, LeftOut::first, LeftOut::last).containsExactly(
            tuple(file, (long) frames.get(2).offset() - 4, 27L, 29L),
            tuple(file, (long) frames.get(3).offset() - 4, 30L, 50L),
            tuple(file(segments(data).get(2)), 0L, 51L, 60L));
        assertThat(result.leftOut()).allSatisfy(left -> assertThat(left.bytes()).isPositive());
        assertThat(recordsOfMended()).hasSize(26);
        try (ChronicleJournal journal = openAndCheck(small(mended))) {
            assertThat(journal.recovery().lastSequence()).isEqualTo(26);
        }
    }

    @Test
    void shouldBeginFromTheSnapshotThatLeadsFurthest() throws IOException {
        write(small(data), 20, 1);
        write(small(data), 20, 1);
        snapshot(5);
        snapshot(28);
        final Path file = file(segments(data).get(1));
        spoil(file, frames(file).get(3)); // sequence 24
        final JournalRepair.Result result = repair();
        assertThat(result.base()).isEqualTo(28);
        assertThat(result.last()).isEqualTo(40);
        assertThat(result.snapshots()).isEqualTo(1);
        assertThat(recordsOfMended()).as("from behind the damage on").startsWith(25L).endsWith(40L).hasSize(16);
        assertThat(JournalFiles.of(mended).firstSequence()).isEqualTo(25);
        assertThat(result.leftOut()).extracting(LeftOut::first, LeftOut::last).contains(
            tuple(1L, 20L), tuple(21L, 23L), tuple(24L, 24L));
        assertThat(result.leftOut()).extracting(LeftOut::file).contains(JournalFiles.of(data).snapshots().file(5));
    }

    @Test
    void shouldKeepTheLongestHistoryWhereAllBasesLeadEquallyFar() throws IOException {
        write(small(data), 20, 1);
        snapshot(12);
        final JournalRepair.Result result = repair();
        assertThat(result.base()).isZero();
        assertThat(result.snapshots()).isEqualTo(1);
        assertThat(recordsOfMended()).hasSize(20);
    }

    @Test
    void shouldLeaveOutADamagedSnapshotAndATornEnd() throws IOException {
        writeAndStop(small(data), 20, 1);
        snapshot(12);
        final Path snapshot = JournalFiles.of(data).snapshots().file(12);
        Files.write(snapshot, Arrays.copyOf(Files.readAllBytes(snapshot), 50));
        final Path file = file(segments(data).get(0));
        spoil(file, frames(file).get(19));
        final JournalRepair.Result result = repair();
        assertThat(result.last()).isEqualTo(19);
        assertThat(result.leftOut()).extracting(LeftOut::file).containsExactly(snapshot, file);
        assertThat(result.leftOut().get(1).why()).contains("torn end");
        assertThat(Files.exists(mended.resolve("snapshots"))).isFalse();
    }

    @Test
    void shouldCopyWhatABrokerHasWrittenSoFar() throws IOException {
        try (ChronicleJournal journal = openAndCheck(small(data))) {
            append(journal, 1, 30, 3);
            final JournalRepair.Result result = repair();
            assertThat(result.leftOut()).isEmpty();
            assertThat(result.last()).isEqualTo(30);
            append(journal, 31, 3, 3);
        }
        assertThat(recordsOfMended()).hasSize(30);
    }

    @Test
    void shouldRefuseATargetThatHoldsSomething() throws IOException {
        write(small(data), 20, 1);
        Files.createDirectory(mended);
        Files.writeString(mended.resolve("mine"), "x");
        assertThatThrownBy(this::repair).isInstanceOf(JournalException.class).hasMessage(mended + " exists and is not an empty folder: choose a new one");
        assertThatThrownBy(() -> JournalFiles.of(data).repair(data.resolve("inside"), (bytes, total) -> { })).isInstanceOf(JournalException.class)
            .hasMessageContaining("lies in the data folder itself");
        assertThat(Files.list(mended)).hasSize(1);
    }

    @Test
    void shouldSayThatThereIsNothingToBeginFrom() throws IOException {
        write(small(data), 20, 1);
        write(small(data), 20, 1);
        delete(segments(data).get(0));
        assertThatThrownBy(this::repair).isInstanceOf(JournalException.class).hasMessageContaining("there is no whole snapshot");
    }
}
