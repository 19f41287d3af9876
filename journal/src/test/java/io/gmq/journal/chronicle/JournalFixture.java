package io.gmq.journal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.journal.JournalSettings;
import io.gmq.journal.RecordFrame;
import io.gmq.journal.RecoveryHandler;
import io.gmq.journal.RecoveryProgress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Records whose content follows from their sequence, so that whoever reads one can tell whether it is whole. */
final class JournalFixture {
    static final byte LAST_BYTE = 0x55;

    private JournalFixture() {
    }

    /** Small segments, so that a few hundred records fill several. */
    static JournalSettings small(final Path folder) {
        return new JournalSettings(folder, JournalSettings.SEGMENT_BYTES_MIN, 8 << 10);
    }

    static ChronicleJournal open(final JournalSettings settings, final RecoveryHandler handler) {
        return ChronicleJournal.open(settings, handler, RecoveryProgress.NONE);
    }

    /** Opens, checks each record, closes. */
    static ChronicleJournal openAndCheck(final JournalSettings settings) {
        final Checker checker = new Checker();
        final ChronicleJournal journal = open(settings, checker);
        assertThat(journal.recovery().lastSequence()).isEqualTo(checker.last);
        return journal;
    }

    static UnsafeBuffer recordOf(final long sequence) {
        final SplittableRandom random = new SplittableRandom(sequence);
        final byte[] bytes = new byte[1 + random.nextInt(300)];
        random.nextBytes(bytes);
        bytes[bytes.length - 1] = LAST_BYTE;
        return new UnsafeBuffer(bytes);
    }

    static void append(final ChronicleJournal journal, final long firstSequence, final int count, final int perBatch) {
        for (int i = 0; i < count; i++) {
            final UnsafeBuffer record = recordOf(firstSequence + i);
            keep(journal);
            journal.append(record, 0, record.capacity());
            if ((i + 1) % perBatch == 0) {
                journal.commit();
            }
        }
        journal.commit();
    }

    /** Runs the keeper until it has nothing to do, in the thread that appends. */
    static void keep(final ChronicleJournal journal) {
        try {
            int work = 1;
            while (work > 0) {
                work = journal.keeper().doWork();
            }
        } catch (final Exception e) {
            throw new AssertionError("the keeper failed", e);
        }
        assertThat(journal.hasRoom()).isTrue();
    }

    /** A new journal with this many records, closed. */
    static void write(final JournalSettings settings, final int count, final int perBatch) {
        try (ChronicleJournal journal = openAndCheck(settings)) {
            append(journal, journal.recovery().lastSequence() + 1, count, perBatch);
        }
    }

    /** A new journal with this many records, as a process leaves it that is killed. */
    static void writeAndStop(final JournalSettings settings, final int count, final int perBatch) throws IOException {
        final Path running = settings.folder().resolveSibling("running");
        try (ChronicleJournal journal = openAndCheck(small(running))) {
            append(journal, 1, count, perBatch);
            copy(running, settings.folder());
        }
    }

    /** Of whole and set aside segments; not that which is being prepared. */
    static List<Path> segments(final Path data) throws IOException {
        try (var folders = Files.list(data.resolve("journal"))) {
            return folders.filter(folder -> !folder.endsWith(NextSegment.FOLDER)).sorted().toList();
        }
    }

    static Path file(final Path segment) throws IOException {
        try (var files = Files.list(segment)) {
            return files.filter(file -> file.toString().endsWith(".cq4")).findFirst().orElseThrow();
        }
    }

    /** Where the good frames of a file are that hold records. */
    static List<Frame> frames(final Path file) throws IOException {
        final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        final CRC32C crc = new CRC32C();
        final List<Frame> frames = new ArrayList<>();
        for (int at = 0; at + RecordFrame.HEADER_LENGTH < bytes.capacity(); at += 4) {
            if (RecordFrame.beginsAt(buffer, at)
                && RecordFrame.bodyBytes(buffer, at) <= bytes.capacity() - at - RecordFrame.HEADER_LENGTH
                && RecordFrame.isIntact(buffer, bytes, at, crc)) {
                final int end = at + RecordFrame.HEADER_LENGTH + RecordFrame.bodyBytes(buffer, at);
                if (RecordFrame.count(buffer, at) > 0) {
                    frames.add(new Frame(at, end, RecordFrame.firstSequence(buffer, at)));
                }
            }
        }
        return frames;
    }

    static void copy(final Path from, final Path to) throws IOException {
        final List<Path> paths;
        try (var walk = Files.walk(from)) {
            paths = walk.toList();
        }
        for (final Path path : paths) {
            Files.copy(path, to.resolve(from.relativize(path)));
        }
    }

    record Frame(int offset, int end, long firstSequence) {
    }

    /** Fails on a record that is not what was appended under its sequence. */
    static final class Checker implements RecoveryHandler {
        long last;

        @Override
        public void onRecord(final long sequence, final DirectBuffer buffer, final int offset, final int length) {
            assertThat(sequence).isEqualTo(last + 1);
            if (!recordOf(sequence).equals(new UnsafeBuffer(buffer, offset, length))) {
                throw new AssertionError("record " + sequence + " is not what was written");
            }
            last = sequence;
        }
    }
}
