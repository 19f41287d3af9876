package io.gmq.broker.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.Durability;
import io.gmq.engine.api.Limits;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
    private static final String ENVIRONMENT_NAME = "GMQ_QUEUE_MAX_QUEUE_NUMBER";
    private static final Key<Integer> KEY = Keys.QUEUE_MAX_QUEUE_NUMBER;

    @TempDir
    Path folder;

    private Path file(final String text) {
        return Configs.write(folder, text);
    }

    @Test
    void shouldStartWithTheDefaults() {
        final Config config = Configs.of();
        assertThat(config.get(Keys.NETWORK_PORT)).isEqualTo(4884);
        assertThat(config.get(Keys.NETWORK_INTERFACE)).isEmpty();
        assertThat(config.get(Keys.NETWORK_PROTOCOL)).isEqualTo(NetworkProtocol.TCP);
        assertThat(config.get(Keys.NETWORK_ALLOW_OPEN)).isFalse();
        assertThat(config.get(Keys.NETWORK_MAX_FRAME_LENGTH)).isEqualTo(1 << 20);
        assertThat(config.get(Keys.NETWORK_MAX_OUTBOUND_BYTES)).isEqualTo(4 << 20);
        assertThat(config.get(Keys.QUEUE_TYPE)).isEqualTo(Storage.FILESYSTEM);
        assertThat(config.get(Keys.FILESYSTEM_PATH)).isEqualTo(Path.of("data"));
        assertThat(config.get(Keys.JOURNAL_DURABILITY)).isEqualTo(Durability.SYNCED);
        assertThat(config.get(Keys.JOURNAL_SEGMENT_BYTES)).isEqualTo(64 << 20);
        assertThat(config.get(Keys.RING_INGRESS_BYTES)).isEqualTo(16 << 20);
        assertThat(config.logFile()).isEmpty();
        assertThat(config.limits()).isEqualTo(new Limits(4096, 40960, 4096, 30_000, 4L << 30, 65_536));
        assertThat(Keys.ALL).allMatch(config::isDefault);
    }

    @Test
    void shouldPreferFlagsOverEnvironmentOverFileOverDefaults() {
        final Path file = file("{\"queue\": {\"max_queue_number\": 2}}");
        final Map<String, String> environment = Map.of(ENVIRONMENT_NAME, "3");

        assertThat(Configs.loader().load().get(KEY)).isEqualTo(4096);
        assertThat(Configs.loader().file(file).load().get(KEY)).isEqualTo(2);
        assertThat(Configs.loader().environment(environment).file(file).load().get(KEY)).isEqualTo(3);
        assertThat(Configs.loader().set(KEY + "=4").environment(environment).file(file).load().get(KEY)).isEqualTo(4);
        assertThat(Configs.loader().set(KEY + "=4").file(file).load().get(KEY)).isEqualTo(4);
    }

    @Test
    void shouldRememberWhereEachValueCameFrom() {
        final Path file = file("{\"queue\": {\"max_queue_number\": 2}}");
        final Config config = Configs.loader().file(file).environment(Map.of("GMQ_NETWORK_MAX_CONNECTIONS", "7"))
            .flag("--port", Keys.NETWORK_PORT, "0").flag("--data", Keys.FILESYSTEM_PATH, "/var/gmq").set("queue.lease_ms=5s").load();

        assertThat(config.source(Keys.NETWORK_PROTOCOL)).hasToString("default");
        assertThat(config.source(KEY)).hasToString("file " + file);
        assertThat(config.source(Keys.NETWORK_MAX_CONNECTIONS)).hasToString("env GMQ_NETWORK_MAX_CONNECTIONS");
        assertThat(config.source(Keys.NETWORK_PORT)).hasToString("flag --port");
        assertThat(config.source(Keys.FILESYSTEM_PATH)).hasToString("flag --data");
        assertThat(config.source(Keys.QUEUE_LEASE_MS)).hasToString("flag --set");
        assertThat(config.get(Keys.FILESYSTEM_PATH)).isEqualTo(Path.of("/var/gmq"));
        assertThat(config.get(Keys.QUEUE_LEASE_MS)).isEqualTo(5_000);
    }

    @Test
    void shouldTakeTheDefaultForAnEmptyTextInFileOrFlag() {
        final Path file = file("{\"network\": {\"port\": \"\", \"interface\": \"\"}, \"queue\": {\"queue_type\": \"\"}}");
        final Config fromFile = Configs.loader().file(file).load();
        assertThat(fromFile.get(Keys.NETWORK_PORT)).isEqualTo(4884);
        assertThat(fromFile.get(Keys.QUEUE_TYPE)).isEqualTo(Storage.FILESYSTEM);
        assertThat(fromFile.source(Keys.NETWORK_PORT)).isEqualTo(Source.DEFAULT);

        final Config fromFlag = Configs.loader().file(file("{\"network\": {\"port\": 5000}}")).set("network.port=").load();
        assertThat(fromFlag.get(Keys.NETWORK_PORT)).isEqualTo(4884);
    }

    @Test
    void shouldNotLetAnEmptyVariableTakeAwayAPassword() {
        final Path file = file("{\"auth\": {\"password\": \"hunter2\"}}");
        final Config config = Configs.loader().file(file).environment(Map.of("GMQ_AUTH_PASSWORD", "")).load();
        assertThat(config.get(Keys.AUTH_PASSWORD)).isEqualTo("hunter2");
    }

    @Test
    void shouldKeepEverythingAfterTheFirstEqualsSignOfAnAssignment() {
        assertThat(Configs.of("auth.password=a=b=").get(Keys.AUTH_PASSWORD)).isEqualTo("a=b=");
    }

    @Test
    void shouldAlsoCheckAValueThatAStrongerSourceReplaces() {
        final Path file = file("{\"queue\": {\"max_queue_number\": \"many\"}}");
        assertThat(Configs.refusalOf(() -> Configs.loader().set(KEY + "=4").file(file).load())).contains(file + ":1:32", "'many'");
    }

    @Test
    void shouldRefuseAKeyThatTwoFlagsGive() {
        assertThat(Configs.refusalOf(() -> Configs.loader().flag("--port", Keys.NETWORK_PORT, "1").set("network.port=2")))
            .isEqualTo("key 'network.port' is given twice (flag --port, flag --set)");
        assertThat(Configs.refusalOf(() -> Configs.of("network.port=1", "network.port=1"))).contains("given twice");
    }

    @Test
    void shouldNameKeyValueSourceAndRangeOfAnImpossibleValue() {
        assertThat(Configs.refusalOf(() -> Configs.loader().flag("--port", Keys.NETWORK_PORT, "70000")))
            .isEqualTo("network.port is '70000' (flag --port); it must be an integer from 0 to 65535, or none");
        assertThat(Configs.refusalOf(() -> Configs.of("ring.size=1000")))
            .isEqualTo("ring.size is '1000' (flag --set); it must be a power of two from 64 to 1048576");
        assertThat(Configs.refusalOf(() -> Configs.of("ring.profile=fast")))
            .isEqualTo("ring.profile is 'fast' (flag --set); it must be auto, compact, shared or dedicated");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "queue.max_queue_numbr=12; unknown key 'queue.max_queue_numbr' with value '12' (flag --set); "
            + "did you mean 'queue.max_queue_number'?",
        "queue.port=12; unknown key 'queue.port' with value '12' (flag --set); did you mean 'network.port'?",
        "port=12; unknown key 'port' with value '12' (flag --set); did you mean 'network.port'?",
    })
    void shouldNameTheNearestKeyOfAnUnknownOne(final String assignment, final String first, final String second) {
        assertThat(Configs.refusalOf(() -> Configs.of(assignment))).isEqualTo(first + "; " + second);
    }

    @Test
    void shouldNameTheNearestKeyEvenWhenItIsFar() {
        assertThat(Configs.refusalOf(() -> Configs.of("zzz.completely_different_thing=1"))).contains("; the nearest known one is '");
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue.lease_ms", "", "queue.lease_ms:5s", "30s"})
    void shouldRefuseAnAssignmentWithoutEqualsSign(final String assignment) {
        assertThat(Configs.refusalOf(() -> Configs.of(assignment))).startsWith("flag --set needs section.key=value");
    }

    @Test
    void shouldStayOnOneLineWhateverIsGiven() {
        assertThat(Configs.refusalOf(() -> Configs.of("network.port=1\n2\u001b[31m"))).contains("'1?2?[31m'");
        assertThat(Configs.refusalOf(() -> Configs.of("network.interface=a\nb"))).contains("control characters");
        assertThat(Configs.refusalOf(() -> Configs.of("network.port=" + "9".repeat(10_000)))).hasSizeLessThan(200);
        assertThat(Configs.refusalOf(() -> Configs.of("x".repeat(1_000_000) + "=1"))).hasSizeLessThan(200);
    }

    @ParameterizedTest
    @CsvSource({"1,MEMORY", "2,DATABASE", "3,FILESYSTEM", "memory,MEMORY", "database,DATABASE", "filesystem,FILESYSTEM"})
    void shouldTakeStorageByNumberOrName(final String given, final Storage storage) {
        assertThat(Configs.of("queue.queue_type=" + given).get(Keys.QUEUE_TYPE)).isEqualTo(storage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "4", "Memory", "disk", "1.0", "true"})
    void shouldRefuseAStorageThatIsNone(final String given) {
        assertThat(Configs.refusalOf(() -> Configs.of("queue.queue_type=" + given)))
            .endsWith("it must be memory, database or filesystem (or 1, 2, 3)");
    }

    @Test
    void shouldPutTheLogWherePathAndNameSay() {
        assertThat(Configs.of("log.path=../log/", "log.name=a.log").logFile()).contains(Path.of("../log/a.log"));
        assertThat(Configs.of("log.path=/var/log").logFile()).contains(Path.of("/var/log/gmq.log"));
        assertThat(Configs.of("log.name=a.log").logFile()).contains(Path.of("a.log"));
        assertThat(Configs.refusalOf(() -> Configs.of("log.name=../a.log"))).contains("log.name is '../a.log'", "log.path");
    }
}
