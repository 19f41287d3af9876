package io.gmq.broker.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigReportTest {
    @Test
    void shouldShowKeyValueSourceAndDescriptionInColumns() {
        final Config config = Configs.loader().flag("--port", Keys.NETWORK_PORT, "0")
            .environment(Map.of("GMQ_QUEUE_LEASE_MS", "90000")).load();
        final String[] lines = ConfigReport.table(config).split("\n");

        assertThat(lines).hasSize(Keys.ALL.size() + 1);
        assertThat(lines[0]).matches("KEY +VALUE +SOURCE +DESCRIPTION");
        assertThat(lines).anyMatch(line -> line.matches("network\\.port +0 +flag --port +Port that clients connect to.*"));
        assertThat(lines).anyMatch(line -> line.matches("queue\\.lease_ms +90s +env GMQ_QUEUE_LEASE_MS +How long .*"));
        assertThat(lines).anyMatch(line -> line.matches("network\\.max_frame_length +1MiB +default +Longest frame .*"));
        final int column = lines[0].indexOf("DESCRIPTION");
        for (int i = 0; i < Keys.ALL.size(); i++) {
            assertThat(lines[i + 1].substring(column)).isEqualTo(Keys.ALL.get(i).description());
        }
    }

    @Test
    void shouldShowPlainNumbersAndSourcesAsJson() throws IOException {
        final String json = ConfigReport.json(Configs.of("network.allow_open=true", "auth.password=hunter2"));

        assertThat(json).startsWith("{\n  \"auth\" : {\n").endsWith("}\n").doesNotContain("\r");
        assertThat(json).contains("\"max_frame_length\" : {\n      \"value\" : 1048576,\n      \"source\" : \"default\"\n    }");
        assertThat(json).contains("\"allow_open\" : {\n      \"value\" : true,\n      \"source\" : \"flag --set\"\n    }");
        assertThat(json).contains("\"password\" : {\n      \"value\" : \"***\",\n");
        assertThat(json).contains("\"queue_type\" : {\n      \"value\" : \"filesystem\",\n");
        int names = 0;
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            while (parser.nextToken() != null) {
                names += "source".equals(parser.currentName()) && parser.currentToken().isScalarValue() ? 1 : 0;
            }
        }
        assertThat(names).isEqualTo(Keys.ALL.size());
    }

    @Test
    void shouldDocumentEveryKeyAsOneRowOfMarkdown() {
        final String[] lines = ConfigReport.markdown().split("\n");

        assertThat(lines).hasSize(Keys.ALL.size() + 2);
        assertThat(lines).allMatch(line -> line.startsWith("|") && line.endsWith("|") && line.chars().filter(c -> c == '|').count() == 6);
        assertThat(lines).contains(
            "| `network.port` | `4884` | integer: 0 to 65535, or none | yes | Port that clients connect to without TLS; 0 takes any free one, none leaves it out |",
            "| `ring.size` | `4096` | integer: 64 to 1048576, a power of two |  | "
                + "Commands that may be on their way through the broker at a time |",
            "| `log.name` | (empty) | text | yes | Name of the log file; empty is gmq.log where a path is given |");
        assertThat(ConfigReport.markdown()).contains("| half of the machine's memory, a quarter with an archive, at most 64GiB | size: from 1MiB |");
    }
}
