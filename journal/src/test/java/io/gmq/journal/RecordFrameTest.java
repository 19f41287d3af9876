package io.gmq.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class RecordFrameTest {
    private final CRC32C crc = new CRC32C();

    /** The format on disk: if this changes, the version must. */
    @Test
    void shouldWriteTheBytesOfVersionThree() {
        final byte[] frame = frameOf(7, "ab", "c");

        assertThat(HexFormat.of().formatHex(frame)).isEqualTo(
            "474a" + "03" + "00" + "02000000" + "0700000000000000" + "13000000" + "3d0ab267" + "0500000000000000"
                + "02000000" + "6162" + "01000000" + "63");
    }

    @Test
    void shouldFindEachChangedBit() {
        final byte[] frame = frameOf(1, "some record", "another one");
        for (int bit = 0; bit < frame.length * 8; bit++) {
            frame[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(isGood(frame)).as("bit %d", bit).isFalse();
            frame[bit / 8] ^= (byte) (1 << bit % 8);
        }
        assertThat(isGood(frame)).isTrue();
    }

    @Test
    void shouldRefuseABodyWithAnotherNumberOfRecords() {
        final byte[] frame = frameOf(1, "one", "two");
        final ByteBuffer bytes = ByteBuffer.wrap(frame);
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        for (final int count : new int[] {-1, 0, 1, 3}) {
            RecordFrame.write(buffer, bytes, 0, count, 1, 0, frame.length - RecordFrame.HEADER_LENGTH, crc);
            assertThat(RecordFrame.isIntact(buffer, bytes, 0, crc)).isTrue();
            assertThat(RecordFrame.isComplete(buffer, 0)).as("%d records", count).isFalse();
        }
    }

    @Test
    void shouldRefuseARecordLongerThanAgreed() {
        final RecordBatch batch = new RecordBatch(10);

        assertThatThrownBy(() -> batch.add(new UnsafeBuffer(new byte[11]), 0, 11))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("11").hasMessageContaining("10");
    }

    private boolean isGood(final byte[] frame) {
        final ByteBuffer bytes = ByteBuffer.wrap(frame);
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        return RecordFrame.beginsAt(buffer, 0)
            && RecordFrame.bodyBytes(buffer, 0) == frame.length - RecordFrame.HEADER_LENGTH
            && RecordFrame.isIntact(buffer, bytes, 0, crc);
    }

    private static byte[] frameOf(final long firstSequence, final String... records) {
        final RecordBatch batch = new RecordBatch(100);
        for (final String record : records) {
            final byte[] bytes = record.getBytes(StandardCharsets.US_ASCII);
            batch.add(new UnsafeBuffer(bytes), 0, bytes.length);
        }
        batch.frame(firstSequence, firstSequence - 2);
        final byte[] frame = new byte[batch.length()];
        batch.bytes().get(0, frame);
        return frame;
    }
}
