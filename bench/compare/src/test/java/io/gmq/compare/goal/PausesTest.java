package io.gmq.compare.goal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PausesTest {
    @Test
    void shouldMindMoreThanASecond() {
        assertThat(Pauses.isLong(TimeUnit.MILLISECONDS.toNanos(900))).isFalse();
        assertThat(Pauses.isLong(TimeUnit.MILLISECONDS.toNanos(1100))).isTrue();
    }
}
