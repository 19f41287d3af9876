package io.gmq.transport.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.RefusalCode;
import org.junit.jupiter.api.Test;

final class RefusalCountsTest {
    private final RefusalCounts counts = new RefusalCounts();

    @Test
    void shouldCountByCode() {
        assertThat(counts).hasToString("");
        counts.add(RefusalCode.OVERLOADED, "too much", 5);
        counts.add(RefusalCode.OVERLOADED, "too much", 6);
        counts.add(RefusalCode.QUEUE_FULL, "full", 7);
        assertThat(counts.of(RefusalCode.OVERLOADED)).isEqualTo(2);
        assertThat(counts.of(RefusalCode.NOT_LEASED)).isZero();
        assertThat(counts).hasToString("1 queue_full, 2 overloaded");
    }
}
