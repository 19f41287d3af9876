package io.gmq.broker.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {
    /** The form of the original's file, with every key it knows. */
    private static final String ORIGINAL = """
        {
          "auth": { "user": "someone", "password": "correct horse" },
          "network": { "port": "48844", "interface": "0.0.0.0", "protocol": "tcp4" },
          "cluster": { "proto": "tcp", "cluster_port": "4812", "timeout_msec": 4000, "cidr": "" },
          "queue": { "queue_type": 1, "max_queue_number": 32, "max_message_length": 4096, "max_queue_capacity": 4096 },
          "database": { "vendor": "mysql", "dsn": "someone:battery@(localhost:3306)/gmq" },
          "filesystem": { "path": "../fs/" },
          "log": { "path": "../log/", "name": "server.log" }
        }
        """;

    @TempDir
    Path folder;

    private Config load(final String text) {
        return Configs.loader().file(Configs.write(folder, text)).load();
    }

    /** What is said of a file with this text, without its folder. */
    private String refusalOf(final String text) {
        final Path file = Configs.write(folder, text);
        return Configs.refusalOf(() -> Configs.loader().file(file).load()).replace(file.toString(), "gmq.json");
    }

    @Test
    void shouldTakeTheFileOfTheOriginalAsItIs() {
        final Config config = load(ORIGINAL);
        assertThat(config.get(Keys.AUTH_USER)).isEqualTo("someone");
        assertThat(config.get(Keys.AUTH_PASSWORD)).isEqualTo("correct horse");
        assertThat(config.get(Keys.NETWORK_PORT)).isEqualTo(48844);
        assertThat(config.get(Keys.NETWORK_INTERFACE)).isEqualTo("0.0.0.0");
        assertThat(config.get(Keys.NETWORK_PROTOCOL)).isEqualTo(NetworkProtocol.TCP4);
        assertThat(config.get(Keys.CLUSTER_PORT)).isEqualTo(4812);
        assertThat(config.get(Keys.CLUSTER_TIMEOUT_MS)).isEqualTo(4000);
        assertThat(config.get(Keys.QUEUE_TYPE)).isEqualTo(Storage.MEMORY);
        assertThat(config.get(Keys.QUEUE_MAX_QUEUE_NUMBER)).isEqualTo(32);
        assertThat(config.get(Keys.QUEUE_MAX_MESSAGE_LENGTH)).isEqualTo(4096);
        assertThat(config.get(Keys.DATABASE_DSN)).isEqualTo("someone:battery@(localhost:3306)/gmq");
        assertThat(config.get(Keys.FILESYSTEM_PATH)).isEqualTo(Path.of("../fs"));
        assertThat(config.logFile()).contains(Path.of("../log/server.log"));
        assertThat(Keys.ALL).filteredOn(key -> !config.isDefault(key)).allMatch(Key::isOriginal).hasSize(17);
    }

    @ParameterizedTest
    @ValueSource(strings = {"original.json", "minimal.json", "mysql.json"})
    void shouldTakeTheExamples(final String example) {
        final Config config = Configs.loader().file(Path.of("..", "examples", example)).load();
        assertThat(StartPlan.of(config, Configs.MACHINE).address().getAddress().isLoopbackAddress()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"network\": {}}", " \n{ }\n ", "\uFEFF{}"})
    void shouldTakeAFileThatSaysNothing(final String text) {
        assertThat(load(text).get(Keys.NETWORK_PORT)).isEqualTo(4884);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '`', value = {
        "{\"network\": {\"port\": 5000}}#network.port#5000",
        "{\"network\": {\"port\": \"5000\"}}#network.port#5000",
        "{\"queue\": {\"max_message_length\": \"64KiB\"}}#queue.max_message_length#64KiB",
        "{\"queue\": {\"max_message_length\": \"65536\"}}#queue.max_message_length#64KiB",
        "{\"queue\": {\"lease_ms\": 5000}}#queue.lease_ms#5s",
        "{\"queue\": {\"lease_ms\": \"5s\"}}#queue.lease_ms#5s",
        "{\"queue\": {\"queue_type\": \"1\"}}#queue.queue_type#memory",
        "{\"queue\": {\"queue_type\": \"memory\"}}#queue.queue_type#memory",
        "{\"network\": {\"allow_open\": true}}#network.allow_open#true",
        "{\"network\": {\"allow_open\": \"true\"}}#network.allow_open#true",
        "{\"log\": {\"name\": \"f\\u00fcr.log\"}}#log.name#für.log",
    })
    void shouldTakeNumbersAndTextsAlike(final String text, final String key, final String shown) {
        assertThat(load(text).shown(Keys.ofPath(key))).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '`', value = {
        "{\"network\": {\"port\": true}}#network.port is 'true' (file gmq.json:1:22); it must be an integer from 0 to 65535, or none",
        "{\"network\": {\"port\": 4884.0}}#network.port is '4884.0' (file gmq.json:1:22); it must be an integer from 0 to 65535, or none",
        "{\"network\": {\"port\": -1}}#network.port is '-1' (file gmq.json:1:22); it must be an integer from 0 to 65535, or none",
        "{\"network\": {\"port\": null}}#network.port is null (file gmq.json:1:22); it must be an integer from 0 to 65535, or none",
        "{\"network\": {\"port\": [1]}}#network.port is an array (file gmq.json:1:22); it must be an integer from 0 to 65535, or none",
        "{\"network\": {\"port\": {}}}#network.port is an object (file gmq.json:1:22); it must be an integer from 0 to 65535, or none",
        "{\"network\": {\"interface\": 5}}#network.interface is '5' (file gmq.json:1:27); it must be a text in double quotes, "
            + "without control characters",
        "{\"network\": {\"allow_open\": 1}}#network.allow_open is '1' (file gmq.json:1:28); it must be true or false",
        "{\"queue\": {\"lease_ms\": \"5 parsecs\"}}#queue.lease_ms is '5 parsecs' (file gmq.json:1:24); "
            + "it must be a duration from 1ms to 3660d, like 5s, 100ms or plain milliseconds",
        "{\"queue\": {\"max_message_length\": \"65MiB\"}}#queue.max_message_length is '65MiB' (file gmq.json:1:34); "
            + "it must be a size from 1 to 16MiB, like 64MiB or plain bytes",
        "{\"filesystem\": {\"path\": 3}}#filesystem.path is '3' (file gmq.json:1:25); it must be a path of this system",
    })
    void shouldRefuseAWrongTypeOrAnImpossibleValue(final String text, final String refusal) {
        assertThat(refusalOf(text)).isEqualTo(refusal);
    }

    @Test
    void shouldNameLineAndColumnOfAnUnknownKey() {
        assertThat(refusalOf("{\n  \"queue\": {\n    \"max_queue_numbr\": 12\n  }\n}")).isEqualTo(
            "unknown key 'queue.max_queue_numbr' with value '12' (file gmq.json:3:24); did you mean 'queue.max_queue_number'?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '`', value = {
        "{\"netwrok\": {\"port\": 1}}#unknown section 'netwrok' (file gmq.json:1:2); did you mean 'network'?",
        "{\"port\": 5}#unknown key 'port' with value '5' (file gmq.json:1:10); did you mean 'network.port'?",
        "{\"queue\": 5}#section 'queue' (file gmq.json:1:11) must be an object of keys",
        "{\"network.port\": 5}#key 'network.port' (file gmq.json:1:2) must stand as 'port' in the section 'network'",
        "{\"queue\": {}, \"queue\": {}}#section 'queue' is given twice (file gmq.json:1:15)",
        "{\"network\": {\"port\": 1, \"port\": 1}}#key 'network.port' is given twice (file gmq.json:1:25)",
        "{\"network\": {\"port\": 1, \"p\\u006frt\": 2}}#key 'network.port' is given twice (file gmq.json:1:25)",
        "[]#file gmq.json:1:1 must be a JSON object of sections, like {\"network\": {\"port\": 4884}}",
        "{} {}#file gmq.json:1:4 has more after the end of the configuration",
        "``#file gmq.json is empty; without settings it must be {}",
    })
    void shouldRefuseAFileOfAnotherForm(final String text, final String refusal) {
        assertThat(refusalOf(text)).isEqualTo(refusal);
    }

    @Test
    void shouldNameThePlaceWhereJsonIsMalformed() {
        assertThat(refusalOf("{\n  \"network\": {\"port\": 4884,}\n}"))
            .isEqualTo("file gmq.json:2:28 is not valid JSON: this '}' does not belong here");
        assertThat(refusalOf("{\n  \"network\": {")).startsWith("file gmq.json:2:").endsWith("it ends too early");
        assertThat(refusalOf("{\n // no comments\n}")).isEqualTo("file gmq.json:2:2 is not valid JSON: this '/' does not belong here");
        assertThat(refusalOf("{'network': {}}")).startsWith("file gmq.json:1:2 is not valid JSON");
        assertThat(refusalOf("{\"network\": {\"interface\": \"a\nb\"}}")).contains("is not closed on its line");
        assertThat(refusalOf("{\"network\": {\"port\": 0123}}")).startsWith("file gmq.json:1:23 is not valid JSON");
    }

    @Test
    void shouldNotQuoteFromAMalformedFile() {
        assertThat(refusalOf("{\"auth\": {\"password\": hunter2}}")).contains("double quotes").doesNotContain("hunter");
        assertThat(refusalOf("{\"auth\": {\"password\": \"hun\"ter2\"}}")).contains("not valid JSON").doesNotContain("hun", "'t'", "ter2");
        assertThat(refusalOf("{\"auth\": {\"password\": \"hun\\ter\\q2\"}}")).contains("not valid JSON").doesNotContain("hun", "'q'");
        assertThat(refusalOf("{\"auth\": {\"password\": 12x345}}")).contains("auth.password").doesNotContain("12x", "345", "'x'");
        assertThat(refusalOf("{\"auth\": {\"password\": \"hunter2")).contains("ends too early").doesNotContain("hunter");
    }

    @Test
    void shouldRefuseAFileThatCannotBeRead() throws IOException {
        final Path absent = folder.resolve("absent.json");
        assertThat(Configs.refusalOf(() -> Configs.loader().file(absent))).isEqualTo("file " + absent + " does not exist");
        assertThat(Configs.refusalOf(() -> Configs.loader().file(folder))).isEqualTo("file " + folder + " is a folder");

        final Path latin = Files.write(folder.resolve("latin.json"), new byte[] {'{', '"', (byte) 0xe4, '"', ':', '1', '}'});
        assertThat(Configs.refusalOf(() -> Configs.loader().file(latin))).isEqualTo("file " + latin + " is not UTF-8 text");

        final Path huge = Files.write(folder.resolve("huge.json"), new byte[(1 << 20) + 1]);
        assertThat(Configs.refusalOf(() -> Configs.loader().file(huge))).contains("more than 1048576 bytes");
    }

    @Test
    void shouldRefuseDeepNestingLikeAnyWrongType() {
        assertThat(refusalOf("{\"network\": {\"port\": " + "[".repeat(100_000))).contains("network.port is an array");
    }
}
