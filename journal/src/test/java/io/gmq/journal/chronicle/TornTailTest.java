package io.gmq.journal.chronicle;

import static io.gmq.journal.chronicle.JournalFixture.append;
import static io.gmq.journal.chronicle.JournalFixture.copy;
import static io.gmq.journal.chronicle.JournalFixture.file;
import static io.gmq.journal.chronicle.JournalFixture.frames;
import static io.gmq.journal.chronicle.JournalFixture.openAndCheck;
import static io.gmq.journal.chronicle.JournalFixture.segments;
import static io.gmq.journal.chronicle.JournalFixture.small;
import static io.gmq.journal.chronicle.JournalFixture.writeAndStop;
import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.journal.JournalSettings;
import io.gmq.journal.RecordBatch;
import io.gmq.journal.RecordFrame;
import io.gmq.journal.chronicle.JournalFixture.Frame;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TornTailTest {
    private static final int RECORDS = 60;
    private static final int PER_BATCH = 3;

    @TempDir
    private Path temp;
    private Path original;
    private List<Frame> frames;

    /** How the end of a file is lost. */
    private interface Damage {
        void apply(RandomAccessFile file, long offset) throws IOException;
    }

    @BeforeEach
    void writeJournal() throws IOException {
        original = temp.resolve("original");
        writeAndStop(small(original), RECORDS, PER_BATCH);
        frames = frames(file(segments(original).get(0)));
        assertThat(frames).hasSize(RECORDS / PER_BATCH);
    }

    @Test
    void shouldDropATornEndWhereverTheFileIsCut() throws IOException {
        dropAtManyOffsets(RandomAccessFile::setLength);
    }

    @Test
    void shouldDropATornEndWhereverZerosBegin() throws IOException {
        dropAtManyOffsets((file, offset) -> fill(file, offset, (byte) 0));
    }

    @Test
    void shouldDropATornEndWhereverGarbageBegins() throws IOException {
        dropAtManyOffsets((file, offset) -> fill(file, offset, (byte) 0xFF));
    }

    @Test
    void shouldDropABatchWhoseExcerptHasNoHeaderYet() throws IOException {
        final Frame last = frames.get(frames.size() - 1);
        for (final int header : new int[] {0, 0x8000_0000}) {
            final Path data = damaged("header" + header, (file, offset) -> {
                file.seek(last.offset() - 4);
                file.writeInt(Integer.reverseBytes(header));
            }, 0);
            try (ChronicleJournal journal = openAndCheck(small(data))) {
                assertThat(journal.recovery().lastSequence()).isEqualTo(RECORDS - PER_BATCH);
                assertThat(journal.recovery().tornTail()).hasValueSatisfying(
                    torn -> assertThat(torn.offset()).isEqualTo(last.offset() - 4));
                append(journal, RECORDS - PER_BATCH + 1, 5, 5);
            }
            try (ChronicleJournal journal = openAndCheck(small(data))) {
                assertThat(journal.recovery().lastSequence()).isEqualTo(RECORDS - PER_BATCH + 5);
            }
        }
    }

    @Test
    void shouldSetASegmentAsideThatHoldsNothingButATornBatch() throws IOException {
        final Path data = damaged("first", (file, offset) -> fill(file, offset, (byte) 0xFF), frames.get(0).offset() + 30);

        try (ChronicleJournal journal = openAndCheck(small(data))) {
            assertThat(journal.recovery().tornTail()).hasValueSatisfying(torn -> assertThat(torn.file()).exists());
            append(journal, 1, 4, 4);
        }

        assertThat(segments(data)).extracting(folder -> folder.getFileName().toString())
            .containsExactly("00000000000000000001", "00000000000000000001.torn-1");
        try (ChronicleJournal journal = openAndCheck(small(data))) {
            assertThat(journal.recovery().lastSequence()).isEqualTo(4);
            assertThat(journal.recovery().tornTail()).isEmpty();
        }
    }

    @Test
    void shouldReportATornTailAgainUntilRecordsFollowIt() throws IOException {
        final Path data = damaged("again", RandomAccessFile::setLength, frames.get(10).offset() + 1);
        for (int start = 0; start < 2; start++) {
            try (ChronicleJournal journal = openAndCheck(small(data))) {
                assertThat(journal.recovery().tornTail()).isPresent();
            }
        }
    }

    @Test
    void shouldNotMistakeAMessageThatCarriesAJournalForGoodRecords() throws IOException {
        final RecordBatch inner = new RecordBatch(100);
        inner.add(new UnsafeBuffer(new byte[50]), 0, 50);
        inner.frame(1, 0);
        final byte[] message = new byte[400];
        for (int at = 0; at < 4; at++) {
            inner.bytes().get(0, message, at * 100 + at, inner.length()); // at each alignment
        }
        final JournalSettings settings = small(temp.resolve("carrier"));
        final Path running = temp.resolve("carrying");
        try (ChronicleJournal journal = openAndCheck(small(running))) {
            append(journal, 1, 3, 3);
            journal.append(new UnsafeBuffer(message), 0, message.length);
            journal.commit();
            copy(running, settings.folder());
        }
        final Path file = file(segments(settings.folder()).get(0));
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            final Frame carrier = frames(file).stream().filter(frame -> frame.firstSequence() == 4).findFirst().orElseThrow();
            flip(bytes, carrier.offset() + RecordFrame.HEADER_LENGTH);
        }

        try (ChronicleJournal journal = openAndCheck(settings)) {
            assertThat(journal.recovery().lastSequence()).isEqualTo(3);
        }
    }

    private void dropAtManyOffsets(final Damage damage) throws IOException {
        final int end = frames.get(frames.size() - 1).end();
        for (int offset = frames.get(frames.size() - 2).offset() - 6, step = 1; offset <= end; offset += step, step = step % 41 + 3) {
            final int at = offset;
            final long lastWhole = frames.stream().filter(frame -> frame.end() <= at).count() * PER_BATCH;
            final Path data = damaged("at" + offset, damage, offset);
            try (ChronicleJournal journal = openAndCheck(small(data))) {
                assertThat(journal.recovery().lastSequence()).as("damage at %d", offset).isEqualTo(lastWhole);
                append(journal, lastWhole + 1, 4, 2);
            }
            try (ChronicleJournal journal = openAndCheck(small(data))) {
                assertThat(journal.recovery().lastSequence()).as("damage at %d, next start", offset).isEqualTo(lastWhole + 4);
                assertThat(journal.recovery().tornTail()).isEmpty();
            }
        }
    }

    private Path damaged(final String name, final Damage damage, final long offset) throws IOException {
        final Path data = Files.createDirectory(temp.resolve(name)).resolve("data");
        copy(original, data);
        try (RandomAccessFile file = new RandomAccessFile(file(segments(data).get(0)).toFile(), "rw")) {
            damage.apply(file, offset);
        }
        return data;
    }

    private static void fill(final RandomAccessFile file, final long offset, final byte value) throws IOException {
        final byte[] bytes = new byte[(int) (file.length() - offset)];
        Arrays.fill(bytes, value);
        file.seek(offset);
        file.write(bytes);
    }

    private static void flip(final RandomAccessFile file, final long offset) throws IOException {
        file.seek(offset);
        final int value = file.read();
        file.seek(offset);
        file.write(value ^ 1);
    }
}
