package io.gmq.broker.archive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FollowerPaceTest {
    private static long restNs(final double busy) {
        return new FollowerPace(() -> busy).restNs(1000);
    }

    @Test
    void shouldNotRestWhereHalfOfTheMachineIsIdle() {
        assertThat(restNs(0)).isZero();
        assertThat(restNs(0.5)).isZero();
        assertThat(restNs(-1)).as("not known").isZero();
        assertThat(restNs(Double.NaN)).as("not known").isZero();
    }

    @Test
    void shouldWorkATwentiethOfTheTimeWhereTheMachineIsBusy() {
        assertThat(restNs(0.9)).isEqualTo(19_000);
        assertThat(restNs(1)).isEqualTo(19_000);
    }

    @Test
    void shouldRestTheMoreTheBusierTheMachineIs() {
        assertThat(restNs(0.7)).isBetween(9_400L, 9_600L);
        assertThat(restNs(0.6)).isLessThan(restNs(0.7));
    }
}
