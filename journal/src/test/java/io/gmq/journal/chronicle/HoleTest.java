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

import io.gmq.journal.JournalException;
import io.gmq.journal.chronicle.JournalFixture.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Good records behind bad ones: what power loss may leave, and what it may not. */
class HoleTest {
    private static final int CRC_OFFSET = 20;
    private static final int SYNCED_OFFSET = 24;

    @TempDir
    private Path temp;

    @Test
    void shouldDropWhatFollowsAHoleIfNothingWasSynced() throws IOException {
        final Path data = Files.createDirectory(temp.resolve("one")).resolve("data");
        writeAndStop(small(data), 60, 3);
        final Path file = file(segments(data).get(0));
        final Frame lost = frames(file).get(4);
        zero(file, lost);

        for (int start = 0; start < 2; start++) {
            try (ChronicleJournal journal = openAndCheck(small(data))) {
                assertThat(journal.recovery().lastSequence()).isEqualTo(12);
                assertThat(journal.recovery().setAside()).isEmpty();
                assertThat(journal.recovery().tornTail()).hasValueSatisfying(
                    torn -> assertThat(torn.offset()).isEqualTo(lost.offset() - 4));
            }
        }
        write(small(data), 5, 5);
        try (ChronicleJournal journal = openAndCheck(small(data))) {
            assertThat(journal.recovery().lastSequence()).isEqualTo(17);
            assertThat(journal.recovery().tornTail()).isEmpty();
        }
    }

    @Test
    void shouldRefuseAHoleInWhatWasSynced() throws IOException {
        final Path running = temp.resolve("running");
        final Path data = temp.resolve("data");
        try (ChronicleJournal journal = openAndCheck(small(running))) {
            append(journal, 1, 30, 3);
            journal.sync();
            append(journal, 31, 30, 3);
            copy(running, data);
        }
        final Path file = file(segments(data).get(0));
        final byte[] whole = Files.readAllBytes(file);
        final List<Frame> frames = frames(file);
        for (int i = 0; i < frames.size(); i++) {
            zero(file, frames.get(i));
            final byte[] damaged = Files.readAllBytes(file);
            if (frames.get(i).firstSequence() <= 30) {
                assertThatThrownBy(() -> openAndCheck(small(data))).as("batch %d", i).isInstanceOf(JournalException.class)
                    .hasMessageContaining(file.toRealPath() + " at offset " + (frames.get(i).offset() - 4))
                    .hasMessageContaining("records from " + frames.get(i).firstSequence() + " on that were on disk are lost")
                    .hasMessageContaining("gmq journal repair");
                assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
            } else {
                final Path copy = temp.resolve("copy" + i);
                copy(data, copy);
                try (ChronicleJournal journal = openAndCheck(small(copy))) {
                    assertThat(journal.recovery().lastSequence()).isEqualTo(frames.get(i).firstSequence() - 1);
                }
            }
            Files.write(file, whole);
        }
    }

    @Test
    void shouldSetLaterSegmentsAsideIfNothingWasSynced() throws IOException {
        final Path data = Files.createDirectory(temp.resolve("several")).resolve("data");
        writeAndStop(small(data), 2000, 10);
        final List<Path> segments = segments(data);
        assertThat(segments).hasSizeGreaterThan(3);
        for (final Path segment : segments) {
            forgetSyncs(file(segment));
        }
        final List<Frame> frames = frames(file(segments.get(1)));
        final Frame lost = frames.get(frames.size() - 1);
        zero(file(segments.get(1)), lost);

        try (ChronicleJournal journal = openAndCheck(small(data))) {
            assertThat(journal.recovery().lastSequence()).isEqualTo(lost.firstSequence() - 1);
            assertThat(journal.recovery().setAside()).hasSize(segments.size() - 2).allSatisfy(path -> assertThat(path).isDirectory())
                .first().isEqualTo(segments.get(2).resolveSibling(segments.get(2).getFileName() + ".torn-1").toRealPath());
            append(journal, lost.firstSequence(), 10, 10);
        }
        try (ChronicleJournal journal = openAndCheck(small(data))) {
            assertThat(journal.recovery().lastSequence()).isEqualTo(lost.firstSequence() + 9);
            assertThat(journal.recovery().setAside()).isEmpty();
        }
    }

    @Test
    void shouldRefuseAHoleThatALaterSegmentVouchesFor() throws IOException {
        final Path data = Files.createDirectory(temp.resolve("vouched")).resolve("data");
        writeAndStop(small(data), 2000, 10);
        final List<Path> segments = segments(data);
        for (final Path segment : segments.subList(0, segments.size() - 1)) {
            forgetSyncs(file(segment));
        }
        zero(file(segments.get(1)), frames(file(segments.get(1))).get(7));

        assertThatThrownBy(() -> openAndCheck(small(data)))
            .isInstanceOf(JournalException.class)
            .hasMessageContaining(file(segments.get(1)).toRealPath() + " at offset ").hasMessageContaining("gmq journal repair");
        assertThat(segments(data)).isEqualTo(segments);
    }

    @Test
    void shouldRefuseASegmentThatBeginsWithWhatAnotherHolds() throws IOException {
        final Path data = temp.resolve("twice");
        write(small(data), 60, 3);
        copy(segments(data).get(0), data.resolve("journal/00000000000000000031"));

        assertThatThrownBy(() -> openAndCheck(small(data)))
            .isInstanceOf(JournalException.class).hasMessageContaining("should begin with sequence 61");
    }

    @Test
    void shouldRefuseAnOlderFormatByName() throws IOException {
        final Path data = temp.resolve("old");
        write(small(data), 3, 3);
        final Path file = file(segments(data).get(0));
        final Frame frame = frames(file).get(0);
        rewrite(file, frame, bytes -> bytes.put(frame.offset() + 2, (byte) 2));

        assertThatThrownBy(() -> openAndCheck(small(data)))
            .isInstanceOf(JournalException.class)
            .hasMessageContaining("is in journal format 2, this GMQ reads format 3: start the GMQ version that wrote it");
    }

    @Test
    void shouldGiveBackTheSpaceThatAStoppedProcessHadReserved() throws IOException {
        final Path data = Files.createDirectory(temp.resolve("reserved")).resolve("data");
        writeAndStop(small(data), 60, 3);
        final Path file = file(segments(data).get(0));
        final List<Frame> frames = frames(file);

        openAndCheck(small(data)).close();

        assertThat(Files.size(file)).isLessThan(frames.get(frames.size() - 1).end() + (80 << 10));
        openAndCheck(small(data)).close();
    }

    /** A batch whose pages never got to disk. */
    private static void zero(final Path file, final Frame frame) throws IOException {
        final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        bytes.put(frame.offset() - 4, new byte[frame.end() - frame.offset() + 4]);
        Files.write(file, bytes.array());
    }

    /** As if no sync had returned before any of the batches was written. */
    private static void forgetSyncs(final Path file) throws IOException {
        for (final Frame frame : frames(file)) {
            rewrite(file, frame, bytes -> bytes.putLong(frame.offset() + SYNCED_OFFSET, 0));
        }
    }

    private static void rewrite(final Path file, final Frame frame, final Change change) throws IOException {
        final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        change.apply(bytes);
        final CRC32C crc = new CRC32C();
        crc.update(bytes.array(), frame.offset(), CRC_OFFSET);
        crc.update(bytes.array(), frame.offset() + SYNCED_OFFSET, frame.end() - frame.offset() - SYNCED_OFFSET);
        bytes.putInt(frame.offset() + CRC_OFFSET, (int) crc.getValue());
        Files.write(file, bytes.array());
    }

    private interface Change {
        void apply(ByteBuffer bytes);
    }
}
