package io.gmq.journal.snapshot;

import static io.gmq.journal.snapshot.SnapshotFixture.QUIET;
import static io.gmq.journal.snapshot.SnapshotFixture.entries;
import static io.gmq.journal.snapshot.SnapshotFixture.snapshots;
import static io.gmq.journal.snapshot.SnapshotFixture.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.journal.disk.LocalDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotsTest {
    @TempDir
    private Path temp;

    private static void damage(final Path file) throws IOException {
        final byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void shouldMakeItsFolderAndClearLeftovers() throws IOException {
        final Path folder = temp.resolve("data").resolve("snapshots");
        final Snapshots snapshots = snapshots(folder);
        assertThat(folder).isEmptyDirectory();
        final Path file = write(snapshots, 3, entries(1, 3, 10)).file();
        Files.writeString(folder.resolve("new.snapshot.tmp"), "left over");
        snapshots.prepare();
        assertThat(LocalDisk.INSTANCE.list(folder)).containsExactly(file);
    }

    @Test
    void shouldHaveNothingWhereThereIsNoFolder() throws IOException {
        final Snapshots snapshots = new Snapshots(LocalDisk.INSTANCE, temp.resolve("missing"));
        assertThat(snapshots.list()).isEmpty();
        assertThat(snapshots.newest(QUIET)).isEqualTo(new NewestSnapshot(Optional.empty(), List.of()));
    }

    @Test
    void shouldListByAgeAndOnlyWhatIsNamedSo() throws IOException {
        final Snapshots snapshots = snapshots(temp);
        for (final long sequence : new long[] {100, 9, Long.MAX_VALUE}) {
            write(snapshots, sequence, List.of());
        }
        for (final String name : new String[] {"new.snapshot.tmp", "9.snapshot", "00000000000000000009.snapshot.damaged",
            "99999999999999999999.snapshot", "09223372036854775808.snapshot", "0000000000000000000x.snapshot"}) {
            Files.writeString(temp.resolve(name), "");
        }
        assertThat(snapshots.list()).containsExactly(snapshots.file(9), snapshots.file(100), snapshots.file(Long.MAX_VALUE));
        assertThat(snapshots.list()).extracting(Snapshots::sequence).containsExactly(9L, 100L, Long.MAX_VALUE);
        assertThat(Snapshots.sequence(temp.resolve("9.snapshot"))).isEqualTo(-1);
    }

    @Test
    void shouldFallBackToAnOlderOneAndSaySo() throws IOException {
        final Snapshots snapshots = snapshots(temp);
        final SnapshotInfo oldest = write(snapshots, 10, entries(1, 5, 10));
        final SnapshotInfo older = write(snapshots, 20, entries(2, 5, 10));
        final SnapshotInfo newest = write(snapshots, 30, entries(3, 5, 10));
        assertThat(snapshots.newest(QUIET).info()).contains(newest);
        assertThat(snapshots.newest(QUIET).damaged()).isEmpty();

        damage(newest.file());
        assertThat(snapshots.newest(QUIET).info()).contains(older);
        damage(older.file());
        final NewestSnapshot found = snapshots.newest(QUIET);
        assertThat(found.info()).contains(oldest);
        assertThat(found.damaged()).extracting(SnapshotFault::file).containsExactly(newest.file(), older.file());

        damage(oldest.file());
        assertThat(snapshots.newest(QUIET).info()).isEmpty();
        assertThat(snapshots.newest(QUIET).damaged()).hasSize(3);
    }

    @Test
    void shouldFallBackWhenTheNewestIsEmpty() throws IOException {
        final Snapshots snapshots = snapshots(temp);
        final SnapshotInfo older = write(snapshots, 20, entries(2, 5, 10));
        Files.createFile(snapshots.file(30));
        assertThat(snapshots.newest(QUIET).info()).contains(older);
    }

    @Test
    void shouldSetADamagedOneAside() throws IOException {
        final Snapshots snapshots = snapshots(temp);
        final SnapshotInfo older = write(snapshots, 20, entries(2, 5, 10));
        final SnapshotInfo newest = write(snapshots, 30, entries(3, 5, 10));
        damage(newest.file());
        snapshots.setAside(newest.file());
        assertThat(snapshots.list()).containsExactly(older.file());
        assertThat(temp.resolve("00000000000000000030.snapshot.damaged")).exists();
    }

    @Test
    void shouldDeleteDurably() throws IOException {
        final FaultyDisk disk = new FaultyDisk(LocalDisk.INSTANCE, 0);
        final Snapshots snapshots = snapshots(disk, temp);
        final SnapshotInfo info = write(snapshots, 20, List.of());
        snapshots.delete(info.file());
        assertThat(disk.calls()).endsWith("delete", "forceFolder");
        assertThat(snapshots.list()).isEmpty();
    }

    @Test
    void shouldSecureWhatWasFound() throws IOException {
        final FaultyDisk disk = new FaultyDisk(LocalDisk.INSTANCE, 0);
        final Snapshots snapshots = snapshots(disk, temp);
        snapshots.secure(write(snapshots, 20, List.of()).file());
        assertThat(disk.calls()).endsWith("open", "file.force", "file.close", "forceFolder");
    }

    @Test
    void shouldSayHowFarItHasRead() throws IOException {
        final Snapshots snapshots = snapshots(temp);
        final SnapshotInfo info = write(snapshots, 20, entries(4, 30, 200_000));
        final List<Long> heard = new ArrayList<>();
        snapshots.check(info.file(), heard::add);
        assertThat(heard).hasSize(info.chunks() + 1).isSorted().endsWith(info.bytes());
        final List<Long> again = new ArrayList<>();
        snapshots.read(info, (buffer, offset, length) -> { }, again::add);
        assertThat(again).isEqualTo(heard);
    }
}
