package io.gmq.journal.chronicle;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gmq.journal.JournalException;
import io.gmq.journal.JournalSettings;
import io.gmq.journal.RecordFrame;
import io.gmq.journal.RecoveryHandler;
import io.gmq.journal.RecoveryProgress;
import io.gmq.journal.snapshot.Snapshots;
import io.gmq.journal.torture.FastFolder;
import io.gmq.journal.torture.MemoryDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A segment's file with any bytes in it: a start, and whoever looks into it, either gets what was written or is told, by a
 * {@link JournalException}. In the build the inputs of the corpus are tried; how to look for others is in CONTRIBUTING.md.
 */
final class SegmentFuzzTest {
    private static final int RECORDS = 60;
    private static final int PER_BATCH = 7;
    private static final int RESERVED = 2048;
    /** An edit's kind, place and value. */
    private static final int EDIT_LENGTH = 7;
    /** Where a frame has its checksum. */
    private static final int CRC_OFFSET = 20;
    /** More damages than this cannot be in one file. */
    private static final int FAULTS_MAX = 100_000;

    @TempDir(factory = FastFolder.class)
    private static Path temp;

    private static Path data;
    private static Path file;
    private static MemoryDisk whole;
    private static byte[] segment;
    /** Where the batches begin. */
    private static int first;

    @BeforeAll
    static void write() throws IOException {
        data = temp.toRealPath().resolve("data");
        JournalFixture.write(JournalFixture.small(data), RECORDS, PER_BATCH);
        whole = MemoryDisk.of(data);
        file = JournalFixture.file(JournalFixture.segments(data).get(0));
        final List<JournalFixture.Frame> frames = JournalFixture.frames(file);
        first = frames.get(0).offset() - Excerpt.HEADER_LENGTH;
        final byte[] bytes = whole.bytes(file);
        // What is reserved behind the records is zeros, and a few of them are as good as many.
        segment = Arrays.copyOf(bytes, Math.min(bytes.length, frames.get(frames.size() - 1).end() + RESERVED));
    }

    /** Edits of each kind. */
    static Stream<byte[]> edits() {
        return Stream.of(new byte[0], edit(0, 4, 1), edit(1, 200, 0x4000_0000), edit(1, 40, -1), edit(2, 900, 0), edit(3, 100, 600), edit(4, 50, 400),
            edit(5, 300, 0), edit(6, 0, 0), edit(7, 300, 2));
    }

    private static byte[] edit(final int kind, final int at, final int value) {
        return ByteBuffer.allocate(EDIT_LENGTH).put((byte) kind).putShort((short) at).putInt(value).array();
    }

    /** A real segment, changed in some places, as a row of edits says. */
    @MethodSource("edits")
    @FuzzTest(maxDuration = "30m")
    void shouldHandOutOnlyWhatWasWritten(final byte[] edits) {
        final MemoryDisk disk = with(edited(edits));
        final JournalFixture.Checker checker = new JournalFixture.Checker();
        recover(disk, checker);
        final JournalFixture.Checker again = new JournalFixture.Checker();
        look(disk, (sequence, buffer, offset, length) -> {
            again.last = sequence - 1; // some may be left out, but each is what it was
            again.onRecord(sequence, buffer, offset, length);
        });
    }

    private static byte[] edited(final byte[] edits) {
        byte[] bytes = segment.clone();
        final ByteBuffer in = ByteBuffer.wrap(edits);
        while (in.remaining() >= EDIT_LENGTH) {
            final int kind = in.get() & 7;
            final int at = first + (in.getShort() & 0xFFFF) % (segment.length - first - Integer.BYTES);
            final int value = in.getInt();
            if (at + Integer.BYTES <= bytes.length) {
                bytes = edited(bytes, kind, at, value);
            }
        }
        return bytes;
    }

    private static byte[] edited(final byte[] bytes, final int kind, final int at, final int value) {
        final int other = (value & 0x7FFF_FFFF) % (bytes.length - 3);
        final int length = Math.min(value >>> 16, bytes.length - Math.max(at, other));
        switch (kind) {
            case 0 -> bytes[at] ^= (byte) value;
            case 1 -> new UnsafeBuffer(bytes).putInt(at, value, LITTLE_ENDIAN);
            case 2 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 3 -> System.arraycopy(bytes, other, bytes, at, length);
            case 4 -> Arrays.fill(bytes, Math.min(at, other), Math.max(at, other), (byte) 0);
            case 5 -> new UnsafeBuffer(bytes).putInt(at & ~3, new UnsafeBuffer(bytes).getInt(at & ~3) ^ 1 << value);
            case 6 -> System.arraycopy(bytes, at, bytes, other, length);
            default -> {
                return Arrays.copyOf(bytes, Math.max(at, Math.min(bytes.length + value % RESERVED, bytes.length + RESERVED)));
            }
        }
        return bytes;
    }

    /** Bytes as they may stand there, with checksums that are right: without, most of the reader would never see them. */
    static Stream<byte[]> contents() {
        final byte[] frame = new byte[RecordFrame.HEADER_LENGTH + 12];
        final UnsafeBuffer buffer = new UnsafeBuffer(frame);
        buffer.putInt(RecordFrame.HEADER_LENGTH, 8, LITTLE_ENDIAN);
        RecordFrame.write(buffer, ByteBuffer.wrap(frame), 0, 1, 1, 0, 12, new CRC32C());
        return Stream.of(new byte[0], excerpt(frame), "GMQ".getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] excerpt(final byte[] frame) {
        return ByteBuffer.allocate(Excerpt.HEADER_LENGTH + frame.length).order(LITTLE_ENDIAN).putInt(frame.length).put(frame).array();
    }

    @MethodSource("contents")
    @FuzzTest(maxDuration = "30m")
    void shouldReadOrRefuseWhateverIsThere(final byte[] content) {
        final byte[] bytes = Arrays.copyOf(segment, first + content.length);
        System.arraycopy(content, 0, bytes, first, content.length);
        check(bytes);
        check(content);
        sign(bytes);
        check(bytes);
    }

    private static void check(final byte[] bytes) {
        final MemoryDisk disk = with(bytes);
        final InOrder records = new InOrder(bytes);
        recover(disk, records);
        look(disk, new InOrder(bytes));
    }

    /** Gives each frame the checksum that it should have. */
    private static void sign(final byte[] bytes) {
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        final CRC32C crc = new CRC32C();
        for (int at = first; at + RecordFrame.HEADER_LENGTH <= bytes.length; at += Integer.BYTES) {
            final int bodyBytes = RecordFrame.beginsAt(buffer, at) ? RecordFrame.bodyBytes(buffer, at) : -1;
            if (bodyBytes >= 0 && bodyBytes <= bytes.length - at - RecordFrame.HEADER_LENGTH) {
                crc.reset();
                crc.update(bytes, at, CRC_OFFSET);
                crc.update(bytes, at + CRC_OFFSET + Integer.BYTES, RecordFrame.HEADER_LENGTH - CRC_OFFSET - Integer.BYTES + bodyBytes);
                buffer.putInt(at + CRC_OFFSET, (int) crc.getValue(), LITTLE_ENDIAN);
                assertThat(RecordFrame.isIntact(buffer, ByteBuffer.wrap(bytes), at, crc)).isTrue();
            }
        }
    }

    private static MemoryDisk with(final byte[] bytes) {
        final MemoryDisk disk = whole.copy();
        disk.put(file, bytes);
        return disk;
    }

    /** As a start does. */
    private static void recover(final MemoryDisk disk, final RecoveryHandler handler) {
        final MemoryDisk own = disk.copy();
        try {
            Recovery.run(own, data.resolve("journal"), new Snapshots(own, data.resolve("snapshots")), handler, RecoveryProgress.NONE);
        } catch (final JournalException e) {
            assertThat(e.getMessage()).contains(file.toString());
        }
    }

    /** As {@code gmq journal} does: goes on behind each damage, to the end. */
    private static void look(final MemoryDisk disk, final RecoveryHandler handler) {
        final List<Segment> segments = Segment.all(disk, data.resolve("journal"));
        try (RecordCursor cursor = new RecordCursor(disk, segments, false, disk.bytes(file).length, handler)) {
            cursor.readAll(RecoveryProgress.NONE);
            int faults = 0;
            while (cursor.fault().isPresent()) {
                assertThat(cursor.fault().get().toString()).contains(file.toString());
                assertThat(faults++).as("damages of one file").isLessThan(FAULTS_MAX);
                cursor.skipFault();
                cursor.readAll(RecoveryProgress.NONE);
            }
        }
    }

    /** Fails on a record that does not lie in the file. */
    private static final class InOrder implements RecoveryHandler {
        private final byte[] bytes;
        private long last;

        InOrder(final byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void onRecord(final long sequence, final DirectBuffer buffer, final int offset, final int length) {
            assertThat(sequence).as("after %d", last).isGreaterThan(last);
            last = sequence;
            assertThat(length).isBetween(0, bytes.length);
            final byte[] record = new byte[length];
            buffer.getBytes(offset, record);
            assertThat(isIn(record)).as("record %d is in the file", sequence).isTrue();
        }

        private boolean isIn(final byte[] record) {
            for (int at = 0; at <= bytes.length - record.length; at++) {
                if (Arrays.equals(bytes, at, at + record.length, record, 0, record.length)) {
                    return true;
                }
            }
            return false;
        }
    }
}
