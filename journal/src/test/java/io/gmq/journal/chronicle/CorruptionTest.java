package io.gmq.journal.chronicle;

import static io.gmq.journal.chronicle.JournalFixture.copy;
import static io.gmq.journal.chronicle.JournalFixture.file;
import static io.gmq.journal.chronicle.JournalFixture.frames;
import static io.gmq.journal.chronicle.JournalFixture.open;
import static io.gmq.journal.chronicle.JournalFixture.openAndCheck;
import static io.gmq.journal.chronicle.JournalFixture.segments;
import static io.gmq.journal.chronicle.JournalFixture.small;
import static io.gmq.journal.chronicle.JournalFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gmq.journal.JournalException;
import io.gmq.journal.chronicle.JournalFixture.Frame;
import io.gmq.journal.disk.LocalDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorruptionTest {
    private static final int RECORDS = 900;

    @TempDir
    private Path temp;
    private Path data;
    private Path firstFile;
    private List<Frame> frames;

    @BeforeEach
    void writeJournal() throws IOException {
        data = temp.resolve("data");
        write(small(data), RECORDS, 10);
        assertThat(segments(data)).hasSizeGreaterThan(1);
        firstFile = file(segments(data).get(0));
        frames = frames(firstFile);
    }

    @Test
    void shouldRefuseADamagedRecordBeforeGoodOnesAndLeaveTheFileAsItIs() throws IOException {
        final Frame frame = frames.get(5);
        final byte[] damaged = flip(firstFile, frame.offset() + 40, 1);

        assertThatThrownBy(() -> openAndCheck(small(data)))
            .isInstanceOf(JournalException.class)
            .hasMessageContaining(firstFile.toRealPath() + " at offset " + (frame.offset() - 4))
            .hasMessageContaining("good records follow at offset " + frames.get(6).offset());
        assertThat(Files.readAllBytes(firstFile)).isEqualTo(damaged);
    }

    @Test
    void shouldRefuseADamagedExcerptHeaderBeforeGoodRecords() throws IOException {
        final int header = frames.get(5).offset() - 4;
        for (int bit = 0; bit < 32; bit++) {
            flip(firstFile, header + bit / 8, 1 << bit % 8);
            assertThatThrownBy(() -> openAndCheck(small(data)))
                .as("bit %d", bit).isInstanceOf(JournalException.class).hasMessageContaining(firstFile.toRealPath() + " at offset ");
            flip(firstFile, header + bit / 8, 1 << bit % 8);
        }
        openAndCheck(small(data)).close();
    }

    @Test
    void shouldRefuseADamagedEndOfASegmentThatIsNotTheLast() throws IOException {
        flip(firstFile, frames.get(frames.size() - 1).end() - 1, 1);

        assertThatThrownBy(() -> openAndCheck(small(data)))
            .isInstanceOf(JournalException.class).hasMessageContaining("should begin with sequence")
            .hasMessageContaining(segments(data).get(1).getFileName().toString());
    }

    @Test
    void shouldRefuseAJournalWithAMissingSegment() throws IOException {
        Files.move(segments(data).get(0), temp.resolve("elsewhere"));

        assertThatThrownBy(() -> openAndCheck(small(data)))
            .isInstanceOf(JournalException.class).hasMessageContaining("should begin with sequence 1 ");
    }

    @Test
    void shouldRefuseASegmentUnderAnotherName() throws IOException {
        final List<Path> segments = segments(data);
        copy(segments.get(0), segments.get(0).resolveSibling(String.format("%020d", RECORDS + 1)));

        assertThatThrownBy(() -> openAndCheck(small(data)))
            .isInstanceOf(JournalException.class).hasMessageContaining("continues with sequence 1 where " + (RECORDS + 1) + " is due");
    }

    @Test
    void shouldRefuseAnotherFormatVersion() throws IOException {
        final Frame frame = frames.get(3);
        final byte[] bytes = Files.readAllBytes(firstFile);
        bytes[frame.offset() + 2] = 9;
        final CRC32C crc = new CRC32C();
        crc.update(bytes, frame.offset(), 20);
        crc.update(bytes, frame.offset() + 24, frame.end() - frame.offset() - 24);
        ByteBuffer.wrap(bytes).putInt(frame.offset() + 20, Integer.reverseBytes((int) crc.getValue()));
        Files.write(firstFile, bytes);

        assertThatThrownBy(() -> openAndCheck(small(data)))
            .isInstanceOf(JournalException.class)
            .hasMessageContaining("is in journal format 9, this GMQ reads format 3")
            .hasMessageContaining(firstFile.toRealPath().toString());
    }

    @Test
    void shouldNameTheRecordThatIsNotUnderstood() {
        assertThatThrownBy(() -> open(small(data), (sequence, buffer, offset, length) -> {
            if (sequence == 25) {
                throw new IllegalArgumentException("unknown command code 99");
            }
        })).isInstanceOf(JournalException.class)
            .hasMessageContaining("record 25 in " + data).hasMessageContaining("unknown command code 99");
        openAndCheck(small(data)).close(); // the folder was let go
    }

    @Test
    void shouldNeverHandOverADamagedRecord() throws IOException {
        final long seed = 4884;
        final SplittableRandom random = new SplittableRandom(seed);
        final List<Path> segments = segments(data);
        final Path lastFile = file(segments.get(segments.size() - 1));
        final List<Frame> lastFrames = frames(lastFile);
        final Frame last = lastFrames.get(lastFrames.size() - 1);
        for (int round = 0; round < 200; round++) {
            final int offset = random.nextInt(round % 2 == 0 ? 0 : last.offset() - 600, last.end());
            final int bit = 1 << random.nextInt(8);
            flip(lastFile, offset, bit);
            try (ChronicleJournal journal = openAndCheck(small(data))) { // fails on a record that is not as it was
                assertThat(journal.recovery().lastSequence())
                    .as("seed %d, round %d: offset %d, bit %d", seed, round, offset, bit)
                    .isIn((long) RECORDS, last.firstSequence() - 1);
            } catch (final JournalException e) {
                assertThat(e).as("seed %d, round %d", seed, round).hasMessageContaining(lastFile.toRealPath().toString());
            }
            flip(lastFile, offset, bit);
            for (final Path added : segments(data)) {
                if (!segments.contains(added)) {
                    Segment.in(LocalDisk.INSTANCE, added.getParent(), Long.parseLong(added.getFileName().toString())).remove();
                }
            }
        }
        openAndCheck(small(data)).close();
    }

    private static byte[] flip(final Path file, final int offset, final int bit) throws IOException {
        final byte[] bytes = Files.readAllBytes(file);
        bytes[offset] ^= (byte) bit;
        Files.write(file, bytes);
        return bytes;
    }
}
