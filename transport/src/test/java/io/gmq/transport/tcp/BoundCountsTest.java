package io.gmq.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BoundCountsTest {
    private final BoundCounts counts = new BoundCounts();

    @Test
    void shouldCountEachTimeAndTellOfItSeldom() {
        assertThat(counts.reach(Bound.IDLE, 1000)).isTrue();
        assertThat(counts.reach(Bound.IDLE, 10_999)).isFalse();
        assertThat(counts.reach(Bound.UNKNOWN, 1001)).as("each bound by itself").isTrue();
        assertThat(counts.reach(Bound.IDLE, 11_000)).isTrue();
        assertThat(counts.of(Bound.IDLE)).isEqualTo(3);
        assertThat(counts).hasToString("1 at unknown, 3 at idle");
    }
}
