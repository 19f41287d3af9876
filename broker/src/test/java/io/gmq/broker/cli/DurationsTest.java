package io.gmq.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class DurationsTest {
    @Test
    void shouldReadWhatPeopleWrite() {
        assertThat(Durations.parse("100ms")).isEqualTo(Duration.ofMillis(100));
        assertThat(Durations.parse("5s")).isEqualTo(Duration.ofSeconds(5));
        assertThat(Durations.parse("2m")).isEqualTo(Duration.ofMinutes(2));
        assertThat(Durations.parse("1h")).isEqualTo(Duration.ofHours(1));
        assertThat(Durations.parse("1d")).isEqualTo(Duration.ofDays(1));
        assertThat(Durations.parse("0")).isEqualTo(Duration.ZERO);
        for (final String wrong : new String[] {"", "5", "s", "-5s", "5 s", "1.5s", "5S", "99999999999s"}) {
            assertThatThrownBy(() -> Durations.parse(wrong)).as(wrong).isInstanceOf(TypeConversionException.class);
        }
    }

    @Test
    void shouldShowWhatItReads() {
        for (final String text : new String[] {"1ms", "1500ms", "90s", "2m", "1h", "25h"}) {
            assertThat(Durations.show(Durations.parse(text))).isEqualTo(text);
        }
    }
}
