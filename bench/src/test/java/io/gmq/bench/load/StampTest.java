package io.gmq.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class StampTest {
    private static final long DUE_MAX = (1L << 48) - 1;

    @Test
    void shouldReadWhatItHasWritten() {
        final Random random = new Random(7);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[40]);
        for (int i = 0; i < 10_000; i++) {
            final int sequence = random.nextInt();
            final int producer = random.nextInt(Topology.PRODUCERS_MAX);
            final long dueNs = i == 0 ? DUE_MAX : random.nextLong() & DUE_MAX;
            final int at = random.nextInt(16);
            Stamp.putSequence(buffer, at, sequence);
            Stamp.putMiddle(buffer, at, Stamp.middle(producer, dueNs));
            Stamp.putDue(buffer, at, Stamp.letters((int) dueNs));

            assertThat(Stamp.sequence(buffer, at)).isEqualTo(sequence);
            assertThat(Stamp.producer(Stamp.middle(buffer, at))).isEqualTo(producer);
            assertThat(Stamp.dueNs(Stamp.middle(buffer, at), Stamp.due(buffer, at))).isEqualTo(dueNs);
        }
    }

    @Test
    void shouldBeTextAndCanonicalBase64() {
        final String stamp = TallyKit.stamp(0x12345678);
        assertThat(stamp).matches("[a-p]{24}");
        assertThat(Base64.getEncoder().encodeToString(Base64.getDecoder().decode(stamp))).isEqualTo(stamp);
    }

    @Test
    void shouldRefuseWhatIsNoStamp() {
        final long word = new UnsafeBuffer("aaaqaaaa".getBytes(StandardCharsets.US_ASCII)).getLong(0, ByteOrder.LITTLE_ENDIAN);
        assertThatThrownBy(() -> Stamp.value(word)).isInstanceOf(LoadException.class);
    }

    @Test
    void shouldGetWhatFitsIntoAShortMessage() {
        assertThat(Stamp.charsIn(7)).isZero();
        assertThat(Stamp.charsIn(8)).isEqualTo(Stamp.SEQUENCE_CHARS);
        assertThat(Stamp.charsIn(23)).isEqualTo(Stamp.SEQUENCE_CHARS);
        assertThat(Stamp.charsIn(24)).isEqualTo(Stamp.CHARS);
    }
}
