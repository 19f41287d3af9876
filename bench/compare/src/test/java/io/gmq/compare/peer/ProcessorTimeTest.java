package io.gmq.compare.peer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessorTimeTest {
    @Test
    void shouldAddUpOwnTimeAndThatOfChildrenThatHaveEnded() {
        assertThat(ProcessorTime.ofStat("17 (beam.smp) S 1 17 17 0 -1 4194560 100 200 3 4 1000 200 30 4 20 0 1 0 5 6 7"))
            .isEqualTo(12.34);
    }

    @Test
    void shouldReadANameWithAnythingInIt() {
        assertThat(ProcessorTime.ofStat("17 (a) b) (c) R 1 17 17 0 -1 4194560 100 200 3 4 100 0 0 0 20 0 1 0 5 6 7")).isEqualTo(1);
    }

    @Test
    void shouldCountNothingForAProcessThatIsGone() {
        assertThat(ProcessorTime.of(Long.MAX_VALUE)).isZero();
    }
}
