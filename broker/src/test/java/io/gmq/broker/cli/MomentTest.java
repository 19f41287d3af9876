package io.gmq.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** Points of the past as people name them. */
class MomentTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-25T12:00:00Z"), ZoneId.of("Asia/Kathmandu"));

    @ParameterizedTest
    @CsvSource({
        "2026-11-25T19:04:20Z,          2026-11-25T19:04:20Z",
        "2026-11-25T19:04:20.123Z,      2026-11-25T19:04:20.123Z",
        "2026-11-25t19:04:20z,          2026-11-25T19:04:20Z",
        "2026-11-25T19:04+01:00,        2026-11-25T18:04:00Z",
        "2026-11-25T19:04:20-05:30,     2026-11-26T00:34:20Z",
        "2026-11-25T19:04,              2026-11-25T13:19:00Z",
        "2026-11-25 19:04:20.5,         2026-11-25T13:19:20.500Z",
        "2026-11-25,                    2026-11-24T18:15:00Z",
        "-10m,                          2026-11-25T11:50:00Z",
        "-250ms,                        2026-11-25T11:59:59.750Z",
        "-1d,                           2026-11-24T12:00:00Z"})
    void shouldReadTimes(final String text, final String expected) {
        final Moment moment = Moment.parse(text, CLOCK);
        assertThat(moment.isTime()).isTrue();
        assertThat(Instant.ofEpochMilli(moment.timeMs())).isEqualTo(Instant.parse(expected));
    }

    @Test
    void shouldReadSequences() {
        assertThat(Moment.parse("4711", CLOCK)).isEqualTo(new Moment(4711, Moment.NONE));
        assertThat(Moment.parse("4711", CLOCK).isTime()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-10", "10m", "-m", "2026-13-01", "2026-11-25T25:00", "2026-11-25T19:04:20X", "1234567890123456789", "-1"})
    void shouldRefuseWhatIsNone(final String text) {
        assertThatThrownBy(() -> Moment.parse(text, CLOCK)).isInstanceOf(TypeConversionException.class).hasMessageContaining("is no time; write it like");
    }

    @Test
    void shouldPrintTimesAlwaysOfTheSameWidth() {
        final Times times = new Times();
        for (final String text : new String[] {"2026-11-25T19:04:20.000Z", "2026-11-25T19:04:20.007Z", "1970-01-01T00:00:00.120Z", "1969-12-31T23:59:59.999Z"}) {
            final long ms = Instant.parse(text).toEpochMilli();
            assertThat(Times.iso(ms)).isEqualTo(text);
            assertThat(times.append(new StringBuilder("at "), ms)).hasToString("at " + text);
        }
        assertThat(Times.isoOrNone(-1)).isEqualTo("-");
    }

    @Test
    void shouldReadPaces() {
        assertThat(Pace.parse("none").delayNs(1000)).isZero();
        assertThat(Pace.parse("original").delayNs(1000)).isEqualTo(1_000_000_000L);
        assertThat(Pace.parse("10x").delayNs(1000)).isEqualTo(100_000_000L);
        assertThat(Pace.parse("0.5\u00d7").delayNs(1000)).isEqualTo(2_000_000_000L);
        for (final String wrong : new String[] {"0x", "x", "-1x", "10", "fast"}) {
            assertThatThrownBy(() -> Pace.parse(wrong)).isInstanceOf(TypeConversionException.class);
        }
    }
}
