package io.gmq.journal.snapshot;

import static io.gmq.journal.snapshot.SnapshotFixture.COVERED_MS;
import static io.gmq.journal.snapshot.SnapshotFixture.CREATED_MS;
import static io.gmq.journal.snapshot.SnapshotFixture.DIGEST;
import static io.gmq.journal.snapshot.SnapshotFixture.QUIET;
import static io.gmq.journal.snapshot.SnapshotFixture.begin;
import static io.gmq.journal.snapshot.SnapshotFixture.entries;
import static io.gmq.journal.snapshot.SnapshotFixture.finish;
import static io.gmq.journal.snapshot.SnapshotFixture.read;
import static io.gmq.journal.snapshot.SnapshotFixture.snapshots;
import static io.gmq.journal.snapshot.SnapshotFixture.tell;
import static io.gmq.journal.snapshot.SnapshotFixture.tellAll;
import static io.gmq.journal.snapshot.SnapshotFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gmq.engine.ring.Waker;
import io.gmq.journal.disk.LocalDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotWriterTest {
    private static final int ENTRY_BYTES = 100_000;

    @TempDir
    private Path folder;

    private List<String> files() throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void shouldKeepEntriesInTheirOrder() throws IOException {
        final Snapshots snapshots = snapshots(folder);
        final List<byte[]> entries = entries(1, 20_000, 300);
        final SnapshotInfo info = write(snapshots, 260_417, entries);

        assertThat(files()).containsExactly("00000000000000260417.snapshot");
        assertThat(info.chunks()).isGreaterThan(3);
        assertThat(info).isEqualTo(new SnapshotInfo(snapshots.file(260_417), 260_417, DIGEST, CREATED_MS, COVERED_MS, info.chunks(),
            entries.size(), Files.size(info.file())));
        assertThat(snapshots.check(info.file(), QUIET).info()).contains(info);
        assertThat(read(snapshots, info)).usingElementComparator(Arrays::compare).isEqualTo(entries);
    }

    @Test
    void shouldStoreAStateWithoutEntries() throws IOException {
        final Snapshots snapshots = snapshots(folder);
        final SnapshotInfo info = write(snapshots, 1, List.of());
        assertThat(info.chunks()).isZero();
        assertThat(info.bytes()).isEqualTo(SnapshotFormat.HEADER_LENGTH + SnapshotFormat.END_LENGTH);
        assertThat(snapshots.check(info.file(), QUIET).info()).contains(info);
        assertThat(read(snapshots, info)).isEmpty();
    }

    @Test
    void shouldGiveALongEntryAChunkOfItsOwn() throws IOException {
        final Snapshots snapshots = snapshots(folder);
        final int longest = SnapshotFormat.CHUNK_LENGTH - Chunk.lengthFor(0);
        final List<byte[]> entries = List.of(new byte[10], new byte[longest + 1], new byte[20], new byte[20 << 20], new byte[0],
            new byte[3 << 20], new byte[longest], new byte[longest]);
        final SnapshotInfo info = write(snapshots, 2, entries);
        assertThat(info.chunks()).isEqualTo(8);
        assertThat(read(snapshots, info)).usingElementComparator(Arrays::compare).isEqualTo(entries);
    }

    @Test
    void shouldRefuseAnEntryThatNoReaderWouldTake() throws IOException {
        final SnapshotWriter writer = begin(snapshots(folder));
        final byte[] entry = new byte[SnapshotFormat.ENTRY_LENGTH_MAX + 1];
        assertThatThrownBy(() -> tell(writer, entry)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldFinishOnlyWhenBothStagesHaveSpoken() throws IOException {
        final Snapshots snapshots = snapshots(folder);
        final SnapshotWriter toldFirst = begin(snapshots);
        tell(toldFirst, new byte[7]);
        toldFirst.complete(DIGEST);
        assertThat(toldFirst.work()).isEqualTo(1);
        assertThat(toldFirst.work()).isZero();
        assertThat(files()).containsExactly("new.snapshot.tmp");
        toldFirst.cover(5, COVERED_MS);
        finish(toldFirst);
        assertThat(files()).containsExactly("00000000000000000005.snapshot");

        final SnapshotWriter coveredFirst = begin(snapshots);
        coveredFirst.cover(6, COVERED_MS);
        tell(coveredFirst, new byte[7]);
        assertThat(coveredFirst.work()).isZero();
        coveredFirst.complete(DIGEST);
        finish(coveredFirst);
        assertThat(coveredFirst.stored()).isPresent();
        assertThat(coveredFirst.work()).isZero();
        assertThat(files()).containsExactly("00000000000000000005.snapshot", "00000000000000000006.snapshot");
    }

    @Test
    void shouldSyncTheJournalBeforeItBecomesASnapshot() throws IOException {
        final List<String> seen = new ArrayList<>();
        final JournalSync journal = sequence -> {
            seen.add("synced " + sequence);
            seen.addAll(files());
            return true;
        };
        final SnapshotWriter writer = snapshots(folder).begin(CREATED_MS, journal, Waker.NONE);
        tellAll(writer, 9, List.of(new byte[1]));
        assertThat(seen).containsExactly("synced 9", "new.snapshot.tmp");
        assertThat(files()).containsExactly("00000000000000000009.snapshot");
    }

    @Test
    void shouldWaitUntilTheJournalHasWhatItCovers() throws IOException {
        final AtomicBoolean isSafe = new AtomicBoolean();
        final SnapshotWriter writer = snapshots(folder).begin(CREATED_MS, sequence -> isSafe.get(), Waker.NONE);
        tell(writer, new byte[1]);
        writer.cover(9, COVERED_MS);
        writer.complete(DIGEST);
        while (writer.work() > 0) {
            assertThat(writer.isOver()).isFalse();
        }
        assertThat(files()).containsExactly("new.snapshot.tmp");
        isSafe.set(true);
        finish(writer);
        assertThat(files()).containsExactly("00000000000000000009.snapshot");
    }

    @Test
    void shouldLetAFailedSyncOfTheJournalOut() throws IOException {
        final SnapshotWriter writer = snapshots(folder).begin(CREATED_MS, sequence -> {
            throw new IOException("disk on fire");
        }, Waker.NONE);
        assertThatThrownBy(() -> tellAll(writer, 9, List.of(new byte[1]))).isInstanceOf(IOException.class).hasMessage("disk on fire");
        assertThat(writer.stored()).isEmpty();
        assertThat(files()).containsExactly("new.snapshot.tmp");
    }

    @Test
    void shouldForceWhileItWritesThenRenameThenForceTheFolder() throws IOException {
        final FaultyDisk disk = new FaultyDisk(LocalDisk.INSTANCE, 0);
        write(snapshots(disk, folder), 3, entries(3, 400, 2 * ENTRY_BYTES));
        final List<String> calls = disk.calls();
        assertThat(calls).startsWith("createFolder", "list", "delete", "create", "file.write");
        assertThat(calls.stream().filter("file.force"::equals).count()).isBetween(4L, 7L);
        assertThat(calls).endsWith("file.write", "file.force", "file.close", "rename", "forceFolder");
    }

    @Test
    void shouldAskForTimeWhenMuchWaits() throws IOException {
        final SnapshotWriter writer = begin(snapshots(folder));
        long bytes = 0;
        while (writer.hasRoom()) {
            tell(writer, new byte[ENTRY_BYTES]);
            bytes += ENTRY_BYTES;
        }
        assertThat(bytes).isBetween(7L << 20, 9L << 20);
        for (int i = 0; i < 3; i++) {
            tell(writer, new byte[ENTRY_BYTES]); // it may still tell what cannot wait
        }
        assertThat(writer.isAbandoned()).isFalse();
        while (writer.work() > 0) {
            assertThat(writer.isOver()).isFalse();
        }
        assertThat(writer.hasRoom()).isTrue();
    }

    @Test
    void shouldTakeWhateverIsToldAtOnceAtTheBeginning() throws IOException {
        final SnapshotWriter writer = begin(snapshots(folder));
        for (long bytes = 0; bytes < 70L << 20; bytes += ENTRY_BYTES) {
            tell(writer, new byte[ENTRY_BYTES]);
        }
        assertThat(writer.isAbandoned()).isFalse();
        assertThat(writer.hasRoom()).isFalse();
        writer.complete(1);
        writer.cover(7, 8);
        while (!writer.isOver()) {
            writer.work();
        }
        assertThat(writer.stored()).isPresent();
    }

    @Test
    void shouldGiveUpWhenFarTooMuchWaits() throws IOException {
        final Snapshots snapshots = snapshots(folder);
        final SnapshotWriter writer = begin(snapshots);
        long bytes = 0;
        assertThat(writer.hasRoom()).isTrue();
        while (!writer.isAbandoned()) {
            tell(writer, new byte[ENTRY_BYTES]);
            bytes += ENTRY_BYTES;
            if (bytes == ENTRY_BYTES * 10L) {
                assertThat(writer.work()).isEqualTo(1);
            }
        }
        assertThat(bytes).isBetween(60L << 20, 66L << 20);
        tell(writer, new byte[ENTRY_BYTES]);
        finish(writer);
        assertThat(writer.stored()).isEmpty();
        assertThat(writer.abandonedBecause()).hasValueSatisfying(reason -> assertThat(reason).contains("does not keep up"));
        assertThat(files()).isEmpty();
        write(snapshots, 4, entries(4, 100, 1000));
    }

    @Test
    void shouldGiveUpWhenTold() throws IOException {
        final SnapshotWriter writer = begin(snapshots(folder));
        tell(writer, new byte[SnapshotFormat.CHUNK_LENGTH]);
        tell(writer, new byte[1]);
        assertThat(writer.work()).isEqualTo(1);
        writer.abandon("the broker stops");
        writer.abandon("another reason");
        tell(writer, new byte[1]);
        finish(writer);
        assertThat(writer.isAbandoned()).isTrue();
        assertThat(writer.abandonedBecause()).contains("the broker stops");
        assertThat(files()).isEmpty();
    }

    @Test
    void shouldReplaceALeftoverThatCouldNotBeDeleted() throws IOException {
        final Snapshots snapshots = snapshots(folder);
        Files.writeString(folder.resolve("new.snapshot.tmp"), "left over");
        write(snapshots, 4, entries(4, 10, 100));
        assertThat(files()).containsExactly("00000000000000000004.snapshot");
    }

    @Test
    void shouldNotReplaceASnapshot() throws IOException {
        final Snapshots snapshots = snapshots(folder);
        final SnapshotInfo info = write(snapshots, 4, entries(4, 10, 100));
        final SnapshotWriter again = begin(snapshots);
        tellAll(again, 4, entries(5, 10, 100));
        assertThat(again.abandonedBecause()).hasValueSatisfying(reason -> assertThat(reason).contains("snapshot of sequence 4 given up"));
        assertThat(snapshots.check(info.file(), QUIET).info()).contains(info);
        assertThat(files()).containsExactly("00000000000000000004.snapshot");
    }

    /** A failing call of a writer: it is abandoned with one line, and nothing is left that could be taken for a snapshot. */
    @Test
    void shouldOnlyGiveUpWhicheverCallFails() throws IOException {
        final List<byte[]> entries = entries(6, 200, 2 * ENTRY_BYTES);
        int failing = 4;
        boolean failed = true;
        while (failed) {
            final Path its = folder.resolve(Integer.toString(failing));
            final FaultyDisk disk = new FaultyDisk(LocalDisk.INSTANCE, failing);
            final SnapshotWriter writer = begin(snapshots(disk, its));
            tellAll(writer, 8, entries);
            failed = disk.hasFailed();
            assertThat(writer.stored().isPresent()).as("call %d", failing).isEqualTo(!failed);
            if (failed) {
                assertThat(writer.abandonedBecause().orElseThrow()).contains(FaultyDisk.REASON).doesNotContain("\n");
                assertThat(LocalDisk.INSTANCE.list(its)).as("after call %d, %s", failing, disk.calls()).isEmpty();
            }
            failing++;
        }
        assertThat(failing).isGreaterThan(40);
    }

    @Test
    void shouldSaySoWhenWhatThereWasCannotBeDeleted() throws IOException {
        final FaultyDisk disk = new FaultyDisk(LocalDisk.INSTANCE, 8);
        final SnapshotWriter writer = begin(snapshots(disk, folder));
        tell(writer, new byte[7]);
        writer.complete(DIGEST);
        assertThat(writer.work()).isEqualTo(1);
        assertThat(disk.calls()).endsWith("create", "file.write", "file.write").hasSize(6);
        writer.abandon("the broker stops");
        finish(writer);
        assertThat(writer.abandonedBecause()).contains("the broker stops; clearing it away failed too: " + FaultyDisk.REASON);
    }
}
