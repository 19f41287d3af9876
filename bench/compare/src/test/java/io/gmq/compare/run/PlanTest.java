package io.gmq.compare.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PlanTest {
    @Test
    void shouldTakeAMeasurementThatTookItsTime() {
        assertThatCode(() -> Plan.checkTime(3.01, Duration.ofSeconds(3))).doesNotThrowAnyException();
        assertThatCode(() -> Plan.checkTime(0.8, Duration.ofMillis(400))).as("a moment more").doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseAMeasurementThatWasHeldUp() {
        assertThatThrownBy(() -> Plan.checkTime(0.01, Duration.ofSeconds(3)))
            .hasMessageContaining("measured for 0.01 s in place of 3.00 s");
        assertThatThrownBy(() -> Plan.checkTime(30, Duration.ofSeconds(3))).isInstanceOf(IllegalStateException.class);
    }
}
