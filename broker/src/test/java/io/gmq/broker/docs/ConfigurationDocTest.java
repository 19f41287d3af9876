package io.gmq.broker.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.broker.config.ConfigReport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** When it fails: put the table that it expected in the place of the one in docs/configuration.md. */
class ConfigurationDocTest {
    @Test
    void shouldListEveryKeyAsTheBrokerKnowsIt() {
        final String written = Document.read("docs/configuration.md").text().lines()
            .dropWhile(line -> !line.startsWith("| key "))
            .takeWhile(line -> line.startsWith("|"))
            .map(line -> line + "\n")
            .collect(Collectors.joining());
        assertThat(written).isEqualTo(ConfigReport.markdown());
    }
}
