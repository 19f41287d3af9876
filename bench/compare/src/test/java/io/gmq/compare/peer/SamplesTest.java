package io.gmq.compare.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SamplesTest {
    @Test
    void shouldGiveTheDurationThatSoManyDoNotExceed() {
        final Samples samples = new Samples();
        for (int i = 10_000; i >= 1; i--) {
            samples.add(i);
        }
        assertThat(samples.count()).isEqualTo(10_000);
        assertThat(samples.percentileNs(50)).isEqualTo(5_000);
        assertThat(samples.percentileNs(99)).isEqualTo(9_900);
        assertThat(samples.percentileNs(100)).isEqualTo(10_000);
        assertThat(samples.percentileNs(0)).isEqualTo(1);
        assertThat(samples.sumNs()).isEqualTo(50_005_000);
    }

    @Test
    void shouldGiveTheOnlyOne() {
        final Samples samples = new Samples();
        samples.add(7);
        assertThat(samples.percentileNs(99)).isEqualTo(7);
    }

    @Test
    void shouldNotSayAnythingOfNone() {
        assertThatThrownBy(() -> new Samples().percentileNs(50)).hasMessage("no samples");
    }
}
