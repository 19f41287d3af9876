package io.gmq.journal.snapshot;

import static io.gmq.journal.snapshot.SnapshotFixture.QUIET;
import static io.gmq.journal.snapshot.SnapshotFixture.entries;
import static io.gmq.journal.snapshot.SnapshotFixture.snapshots;
import static io.gmq.journal.snapshot.SnapshotFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gmq.journal.JournalException;
import io.gmq.journal.disk.LocalDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotDamageTest {
    private static final long SEQUENCE = 42;

    @TempDir
    private Path folder;
    private Snapshots snapshots;
    private Path file;
    private byte[] good;

    @BeforeEach
    void writeSnapshot() throws IOException {
        snapshots = snapshots(folder);
        file = write(snapshots, SEQUENCE, entries(1, 40, 50)).file();
        good = Files.readAllBytes(file);
    }

    private SnapshotFault faultOf(final byte[] bytes) throws IOException {
        Files.write(file, bytes);
        final SnapshotCheck check = snapshots.check(file, QUIET);
        assertThat(check.info()).isEmpty();
        assertThat(check.isWhole()).isFalse();
        return check.fault().orElseThrow();
    }

    @Test
    void shouldNoticeEveryFlippedBit() throws IOException {
        for (int bit = 0; bit < good.length * Byte.SIZE; bit++) {
            final byte[] bytes = good.clone();
            bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            final SnapshotFault fault = faultOf(bytes);
            assertThat(fault.offset()).as("bit %d: %s", bit, fault).isLessThanOrEqualTo(bit / Byte.SIZE);
            assertThat(fault.isOtherVersion()).as("bit %d: %s", bit, fault).isFalse();
        }
    }

    @Test
    void shouldNoticeEveryFlippedBitBesideALongEntry() throws IOException {
        final Path other = write(snapshots, SEQUENCE + 1, List.of(new byte[3], new byte[SnapshotFormat.CHUNK_LENGTH], new byte[9])).file();
        final byte[] bytes = Files.readAllBytes(other);
        final int second = SnapshotFormat.HEADER_LENGTH + Chunk.lengthFor(3);
        final int third = second + Chunk.lengthFor(SnapshotFormat.CHUNK_LENGTH);
        for (final int offset : new int[] {second, second + 1, second + 4, second + 16, second + 18, second + 19, second + 20,
            second + SnapshotFormat.CHUNK_HEADER_LENGTH, third - 1, third, third + 19, bytes.length - 1}) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                bytes[offset] ^= (byte) (1 << bit);
                Files.write(other, bytes);
                assertThat(snapshots.check(other, QUIET).fault()).as("offset %d, bit %d", offset, bit).isPresent();
                bytes[offset] ^= (byte) (1 << bit);
            }
        }
        Files.write(other, bytes);
        assertThat(snapshots.check(other, QUIET).isWhole()).isTrue();
    }

    @Test
    void shouldNoticeWhereverTheFileIsCut() throws IOException {
        for (int length = 0; length < good.length; length++) {
            assertThat(faultOf(Arrays.copyOf(good, length)).offset()).isLessThanOrEqualTo(length);
        }
    }

    @Test
    void shouldNoticeWhatComesAfterTheEnd() throws IOException {
        for (int more = 1; more < 100; more++) {
            final SnapshotFault fault = faultOf(Arrays.copyOf(good, good.length + more));
            assertThat(fault.toString()).isEqualTo(
                file + " at offset " + good.length + ": there are " + more + " bytes after the end mark");
        }
    }

    @Test
    void shouldNoticeAChunkOfAnotherSnapshot() throws IOException {
        final List<byte[]> same = entries(2, 2, 0);
        final byte[] one = Files.readAllBytes(write(snapshots, 50, same).file());
        final SnapshotWriter later = snapshots.begin(SnapshotFixture.CREATED_MS + 1, SnapshotFixture.SYNCED, () -> { });
        SnapshotFixture.tellAll(later, 51, same);
        final Path other = later.stored().orElseThrow().file();
        final byte[] two = Files.readAllBytes(other);
        assertThat(two).hasSameSizeAs(one);

        System.arraycopy(one, SnapshotFormat.HEADER_LENGTH, two, SnapshotFormat.HEADER_LENGTH,
            one.length - SnapshotFormat.HEADER_LENGTH - SnapshotFormat.END_LENGTH);
        Files.write(other, two);
        assertThat(snapshots.check(other, QUIET).fault()).hasValueSatisfying(
            fault -> assertThat(fault.what()).isEqualTo("chunk 0 is not the one that was written here"));
    }

    @Test
    void shouldNoticeChunksThatChangedPlaces() throws IOException {
        final int length = SnapshotFormat.CHUNK_LENGTH;
        final Path other = write(snapshots, 50, List.of(new byte[length], new byte[length], new byte[length])).file();
        final byte[] bytes = Files.readAllBytes(other);
        final int chunk = Chunk.lengthFor(length);
        final byte[] changed = bytes.clone();
        System.arraycopy(bytes, SnapshotFormat.HEADER_LENGTH + chunk, changed, SnapshotFormat.HEADER_LENGTH, chunk);
        Files.write(other, changed);
        assertThat(snapshots.check(other, QUIET).fault()).isPresent();

        final byte[] fewer = new byte[bytes.length - chunk];
        System.arraycopy(bytes, 0, fewer, 0, fewer.length);
        System.arraycopy(bytes, bytes.length - SnapshotFormat.END_LENGTH, fewer, fewer.length - SnapshotFormat.END_LENGTH,
            SnapshotFormat.END_LENGTH);
        Files.write(other, fewer);
        assertThat(snapshots.check(other, QUIET).fault()).hasValueSatisfying(
            fault -> assertThat(fault.what()).isEqualTo("the end mark is not that of these 2 chunks"));
    }

    @Test
    void shouldSayThatAnotherReleaseWroteIt() throws IOException {
        assertThat(faultOf(ofVersion(2)).toString()).isEqualTo(file
            + " at offset 0: it has format version 2, this release reads version 1: a newer release of GMQ wrote it");
        assertThat(faultOf(ofVersion(0)).toString()).isEqualTo(file
            + " at offset 0: it has format version 0, this release reads version 1: an older release of GMQ wrote it");
        assertThat(faultOf(ofVersion(3)).isOtherVersion()).isTrue();
        assertThatThrownBy(() -> snapshots.newest(QUIET)).isInstanceOf(JournalException.class)
            .hasMessage("cannot use snapshot " + file
                + " at offset 0: it has format version 3, this release reads version 1: a newer release of GMQ wrote it");
    }

    private byte[] ofVersion(final int version) {
        final byte[] bytes = good.clone();
        final ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(8, version);
        final CRC32C crc = new CRC32C();
        crc.update(bytes, 0, 20);
        header.putInt(20, (int) crc.getValue());
        return bytes;
    }

    @Test
    void shouldHandOverNothingOfADamagedChunk() throws IOException {
        final SnapshotInfo info = snapshots.glance(file).info().orElseThrow();
        final byte[] bytes = good.clone();
        bytes[SnapshotFormat.HEADER_LENGTH + 30] ^= 1;
        Files.write(file, bytes);
        final List<Integer> heard = new ArrayList<>();
        assertThatThrownBy(() -> snapshots.read(info, (buffer, offset, length) -> heard.add(length), QUIET))
            .isInstanceOf(JournalException.class)
            .hasMessage("cannot read snapshot " + file + " at offset 24: chunk 0 is damaged, its checksum is wrong");
        assertThat(heard).isEmpty();
    }

    @Test
    void shouldNoticeAnotherSnapshotInItsPlace() throws IOException {
        final SnapshotInfo info = snapshots.glance(file).info().orElseThrow();
        final Path other = write(snapshots, SEQUENCE + 1, entries(9, 3, 3)).file();
        Files.copy(other, file, StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> snapshots.read(info, (buffer, offset, length) -> { }, QUIET)).isInstanceOf(JournalException.class)
            .hasMessage("snapshot " + file + " has changed while it was read");
        assertThat(snapshots.check(file, QUIET).fault()).hasValueSatisfying(
            fault -> assertThat(fault.what()).isEqualTo("it covers sequence 43, its name says otherwise"));
    }

    @Test
    void shouldGlanceAtTheEndsOnly() throws IOException {
        final SnapshotInfo whole = snapshots.check(file, QUIET).info().orElseThrow();
        final byte[] bytes = good.clone();
        bytes[good.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThat(snapshots.glance(file).info()).contains(whole);
        for (int length = 0; length < good.length; length++) {
            Files.write(file, Arrays.copyOf(good, length));
            assertThat(snapshots.glance(file).fault()).isPresent();
        }
    }

    @Test
    void shouldTakeAFailedReadForAFault() throws IOException {
        int failing = 1;
        boolean failed = true;
        while (failed) {
            final FaultyDisk disk = new FaultyDisk(LocalDisk.INSTANCE, failing);
            final SnapshotCheck check = new Snapshots(disk, folder).check(file, QUIET);
            failed = disk.hasFailed();
            assertThat(check.isWhole()).as("call %d", failing).isEqualTo(!failed);
            if (failed) {
                assertThat(check.fault().orElseThrow().what()).isEqualTo("it cannot be read: " + FaultyDisk.REASON);
            }
            failing++;
        }
        assertThat(failing).isGreaterThan(4);
    }
}
