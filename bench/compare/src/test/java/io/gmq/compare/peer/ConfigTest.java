package io.gmq.compare.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.Properties;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** What is written for the servers to read. */
class ConfigTest {
    private static final Path FOLDER = Path.of("/somewhere/data");

    @Test
    void shouldTellRedisWhenToSync() {
        assertThat(Redis.config(FOLDER, 7001, "always")).contains("bind 127.0.0.1\n", "port 7001\n", "dir /somewhere/data\n",
            "appendonly yes\n",
            "appendfsync always\n");
        assertThat(Redis.config(FOLDER, 7001, "")).contains("appendonly no\n").doesNotContain("appendfsync");
    }

    @Test
    void shouldTellNatsWhenToSync() {
        assertThat(NatsServer.config(FOLDER, 7002, "always")).contains("host: 127.0.0.1\n", "port: 7002\n",
            "store_dir: \"/somewhere/data/store\"\n",
            "sync_interval: always\n");
        assertThat(NatsServer.config(FOLDER, 7002, "")).doesNotContain("sync_interval");
    }

    @Test
    void shouldKeepRabbitMqApartFromAnInstalledOne() {
        assertThat(RabbitMq.config(7003)).contains("listeners.tcp.1 = 127.0.0.1:7003\n");
        assertThat(RabbitMq.environment(FOLDER, 7003, 7004))
            .containsEntry("RABBITMQ_NODENAME", "gmq-compare-7003@localhost").containsEntry("RABBITMQ_DIST_PORT", "7004")
            .containsEntry("HOME", "/somewhere/data").containsEntry("RABBITMQ_ENABLED_PLUGINS_FILE", "/somewhere/data/enabled_plugins")
            .containsEntry("RABBITMQ_MNESIA_BASE", "/somewhere/data/mnesia").containsEntry("RABBITMQ_LOG_BASE", "/somewhere/data/log");
    }

    @Test
    void shouldMakeOneNodeOfKafka() throws Exception {
        final Properties config = new Properties();
        config.load(new StringReader(Kafka.config(FOLDER, 7005, 7006)));
        assertThat(config).containsEntry("process.roles", "broker,controller")
            .containsEntry("listeners", "PLAINTEXT://127.0.0.1:7005,CONTROLLER://127.0.0.1:7006")
            .containsEntry("controller.quorum.voters", "1@127.0.0.1:7006").containsEntry("log.dirs", "/somewhere/data/data")
            .doesNotContainKey("log.flush.interval.messages");
    }

    @Test
    void shouldSetUpArtemisAsItsOwnToolDoes() throws Exception {
        final Document config = DocumentBuilderFactory.newInstance().newDocumentBuilder()
            .parse(new InputSource(new StringReader(Artemis.config(FOLDER, 7007, "ASYNCIO", 123_456))));
        assertThat(text(config, "journal-type")).isEqualTo("ASYNCIO");
        assertThat(text(config, "journal-max-io")).isEqualTo("4096");
        assertThat(text(config, "journal-datasync")).isEqualTo("true");
        assertThat(text(config, "journal-buffer-timeout")).isEqualTo("123456");
        assertThat(text(config, "journal-directory")).isEqualTo("/somewhere/data/journal");
        assertThat(text(config, "acceptor")).startsWith("tcp://127.0.0.1:7007?");
    }

    private static String text(final Document document, final String element) {
        return document.getElementsByTagName(element).item(0).getTextContent();
    }
}
