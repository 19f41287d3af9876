package io.gmq.broker.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({
        "0,0", "4096,4096", "64MiB,67108864", "64 MiB,67108864", "64mib,67108864", "64KiB,65536", "1GiB,1073741824",
        "1TiB,1099511627776", "10MB,10000000", "10kB,10000", "10KB,10000", "3GB,3000000000", "1TB,1000000000000", "7B,7",
        "' 5 ',5", "8388607TiB,9223370937343148032", "007,7",
    })
    void shouldReadSizes(final String text, final long bytes) {
        assertThat(Units.BYTES.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"5s,5000", "100ms,100", "2m,120000", "1h,3600000", "1d,86400000", "30000,30000", "5 s,5000", "0s,0"})
    void shouldReadDurations(final String text, final long ms) {
        assertThat(Units.MS.parse(text)).isEqualTo(ms);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-1", "+1", "1.5MiB", "64M", "64k", "MiB", "0x10", "1e6", "64MiBs", "8388608TiB",
        "999999999999999999GiB", "9999999999999999999", "٤", "1  KiB", "5s", "1_000"})
    void shouldRefuseWhatIsNoSize(final String text) {
        assertThat(Units.BYTES.parse(text)).isEqualTo(Units.NONE_SUCH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5S", "5M", "5 min", "5w", "1m30s", "5us", "64KiB", "-5s", "106751991168d"})
    void shouldRefuseWhatIsNoDuration(final String text) {
        assertThat(Units.MS.parse(text)).isEqualTo(Units.NONE_SUCH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1KiB", "5s", "", "1.0"})
    void shouldRefuseUnitsOfACount(final String text) {
        assertThat(Units.NONE.parse(text)).isEqualTo(Units.NONE_SUCH);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "1000,1000", "1024,1KiB", "40960,40KiB", "1025,1025", "1048576,1MiB", "1610612736,1536MiB",
        "1099511627776,1TiB", "1000000,1000000"})
    void shouldShowSizesInTheLargestExactUnit(final long bytes, final String shown) {
        assertThat(Units.BYTES.show(bytes)).isEqualTo(shown);
        assertThat(Units.BYTES.parse(shown)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,1ms", "1500,1500ms", "30000,30s", "90000,90s", "120000,2m", "7200000,2h", "86400000,1d"})
    void shouldShowDurationsInTheLargestExactUnit(final long ms, final String shown) {
        assertThat(Units.MS.show(ms)).isEqualTo(shown);
        assertThat(Units.MS.parse(shown)).isEqualTo(ms);
    }
}
