package io.gmq.broker.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.journal.Keep;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeepTypeTest {
    private static Keep keep(final String text) {
        return Configs.of("journal.keep=" + text).get(Keys.JOURNAL_KEEP);
    }

    @Test
    void shouldKeepNothingWithoutBeingTold() {
        assertThat(Configs.of().get(Keys.JOURNAL_KEEP)).isEqualTo(Keep.NONE);
        assertThat(Configs.of().get(Keys.JOURNAL_DIGEST_EVERY)).isEqualTo(1_000_000);
    }

    @Test
    void shouldReadWords() {
        assertThat(keep("none")).isEqualTo(Keep.NONE);
        assertThat(keep("all")).isEqualTo(Keep.ALL);
    }

    @ParameterizedTest
    @CsvSource({"10GiB,10737418240,10GiB", "1mb,1000000,1000000B", "7B,7,7B", "' 2 KiB ',2048,2KiB"})
    void shouldReadSizes(final String text, final long bytes, final String shown) {
        assertThat(keep(text)).isEqualTo(Keep.bytes(bytes));
        assertThat(Configs.of("journal.keep=" + text).shown(Keys.JOURNAL_KEEP)).isEqualTo(shown);
        assertThat(keep(shown)).isEqualTo(Keep.bytes(bytes));
    }

    @ParameterizedTest
    @CsvSource({"7d,604800000,7d", "90s,90000,90s", "1ms,1,1ms", "48h,172800000,2d", "3660d,316224000000,3660d"})
    void shouldReadDurations(final String text, final long ms, final String shown) {
        assertThat(keep(text)).isEqualTo(Keep.ageMs(ms));
        assertThat(Configs.of("journal.keep=" + text).shown(Keys.JOURNAL_KEEP)).isEqualTo(shown);
        assertThat(keep(shown)).isEqualTo(Keep.ageMs(ms));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000", "0", "0B", "0d", "None", "ALL", "7 days", "7w", "-1d", "10G", "3661d", "d", "GiB", "some", " "})
    void shouldRefuseWhatIsNoMeasure(final String text) {
        assertThat(Configs.refusalOf(() -> keep(text))).isEqualTo("journal.keep is '" + text
            + "' (flag --set); it must be none, all, a size like 10GiB or a duration like 7d (at most 3660d)");
    }

    @Test
    void shouldRefuseAPlainNumberInTheFile(@TempDir final Path folder) {
        final Path file = Configs.write(folder, "{\"journal\": {\"keep\": 1000}}");
        assertThat(Configs.refusalOf(() -> Configs.loader().file(file).load())).startsWith("journal.keep is '1000' (file ");
        final Path text = Configs.write(folder, "{\"journal\": {\"keep\": \"10GiB\"}}");
        assertThat(Configs.loader().file(text).load().get(Keys.JOURNAL_KEEP)).isEqualTo(Keep.bytes(10L << 30));
    }

    @Test
    void shouldShowItToProgramsAsItIsWritten() {
        assertThat(Configs.of("journal.keep=7d").plain(Keys.JOURNAL_KEEP)).isEqualTo("7d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"999", "1000000001", "1KiB"})
    void shouldBoundTheRecordsBetweenRecoveryPoints(final String text) {
        assertThat(Configs.refusalOf(() -> Configs.of("journal.digest_every=" + text)))
            .endsWith("it must be an integer from 1000 to 1000000000");
    }
}
