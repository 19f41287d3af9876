package io.gmq.journal.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.journal.Keep;
import io.gmq.journal.snapshot.TrafficModel.Known;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RetentionTrafficTest {
    private static final long MIB = 1 << 20;
    private static final int STEADY_STEPS = 20_000;

    static Stream<Arguments> traffic() {
        return Stream.of(1L, 64L, 1024L).flatMap(segmentMib -> Stream.of(0.0, 0.01, 0.3, 1.0, 3.0, 20.0, 100.0)
            .flatMap(liveSegments -> Stream.of(10L, 200L, 10_000L)
                .flatMap(messageBytes -> Stream.of(Known.values())
                    .map(known -> Arguments.of(segmentMib * MIB, liveSegments, messageBytes, known)))));
    }

    /** Publishes until this much is live. */
    private static TrafficModel filled(
        final Keep keep, final long segmentBytes, final double liveSegments, final long messageBytes, final Known known) {
        final TrafficModel model = new TrafficModel(new Retention(keep, segmentBytes), messageBytes, known);
        while (model.liveBytes() < liveSegments * segmentBytes) {
            model.publish();
        }
        return model;
    }

    @ParameterizedTest
    @MethodSource("traffic")
    void shouldStayBelowTwiceTheLiveBytesAndFourSegments(
        final long segmentBytes, final double liveSegments, final long messageBytes, final Known known) {
        final TrafficModel model = filled(Keep.NONE, segmentBytes, liveSegments, messageBytes, known);
        for (int step = 0; step < STEADY_STEPS / 10; step++) {
            model.replace(); // what was left of filling it is gone after a while
        }
        model.forgetTotals();
        for (int step = 0; step < STEADY_STEPS; step++) {
            model.replace();
            assertThat(model.diskBytes()).as("step %d", step).isLessThanOrEqualTo(model.boundBytes());
        }
        assertThat(model.snapshots().size()).isLessThanOrEqualTo(2);
        assertThat(model.amplification()).isLessThan(1.01 + model.expectedBytes() / 1.95 / segmentBytes);
    }

    @Test
    void shouldWriteFarLessWhereSmallMessagesTakeMoreMemoryThanSnapshot() {
        final TrafficModel model = filled(Keep.NONE, MIB, 100, 200, Known.HELD);
        model.forgetTotals();
        for (int step = 0; step < STEADY_STEPS; step++) {
            model.replace();
            assertThat(model.diskBytes()).as("step %d", step).isLessThanOrEqualTo(model.boundBytes());
        }
        assertThat(model.amplification()).isLessThan(3);
    }

    @Test
    void shouldNotWriteAllAgainAndAgainWhileTheStateGrows() {
        for (final long messageBytes : new long[] {10, 200, 10_000}) {
            final TrafficModel model = filled(Keep.NONE, 64 * MIB, 50, messageBytes, Known.SNAPSHOT);
            assertThat(model.amplification()).as("messages of %d bytes", messageBytes).isLessThan(3.5);
            assertThat(model.diskBytes()).isLessThanOrEqualTo(model.boundBytes());
        }
    }

    @Test
    void shouldShrinkWithTheState() {
        final TrafficModel model = filled(Keep.NONE, 64 * MIB, 20, 200, Known.SNAPSHOT);
        while (model.liveBytes() > 1000) {
            model.settle();
        }
        for (int step = 0; step < 500; step++) {
            model.replace();
        }
        assertThat(model.diskBytes()).isLessThanOrEqualTo(4 * 64 * MIB + 2000);
    }

    @Test
    void shouldKeepWhatIsWantedAndNotMuchMore() {
        final long wanted = 50 * MIB;
        final TrafficModel model = filled(Keep.bytes(wanted), MIB, 0.5, 200, Known.SNAPSHOT);
        for (int step = 0; step < STEADY_STEPS; step++) {
            model.replace();
            final long segments = model.closed().stream().mapToLong(SegmentFacts::bytes).sum();
            assertThat(segments).as("step %d", step).isLessThanOrEqualTo(wanted * 3 / 2);
            if (step > 100 * 100) {
                assertThat(segments).as("step %d", step).isGreaterThanOrEqualTo(wanted - MIB);
            }
        }
        assertThat(model.snapshots().size()).isBetween(4, Retention.INTERMEDIATE_MAX + 2);
        assertThat(model.amplification()).isLessThan(1.5);
    }

    @Test
    void shouldNeverDoubleWhatIsWrittenWhereHistoryIsKept() {
        for (final double liveSegments : new double[] {0.1, 1, 10, 100}) {
            final TrafficModel model = filled(Keep.ageMs(5000), MIB, liveSegments, 200, Known.SNAPSHOT);
            model.forgetTotals();
            for (int step = 0; step < STEADY_STEPS * 5; step++) {
                model.replace();
            }
            assertThat(model.snapshotCount()).isGreaterThan(3);
            assertThat(model.amplification()).isLessThan(2.01);
        }
    }
}
