package io.gmq.broker.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTest {
    private static Config load(final String name, final String value) {
        return Configs.loader().environment(Map.of(name, value)).load();
    }

    @Test
    void shouldReadEveryKeyFromItsVariable() {
        final Config defaults = Configs.of();
        for (final Key<?> key : Keys.ALL) {
            final String value = key.isSecret() || defaults.shown(key).isEmpty() ? "x" : defaults.shown(key);
            assertThat(load(key.environmentName(), value).source(key)).hasToString("env " + key.environmentName());
        }
    }

    @Test
    void shouldLeaveAloneWhatIsNotItsOwn() {
        final Config config = Configs.loader().environment(Map.of(
            "HOME", "/root", "gmq_network_port", "1", "GMQ", "1", "GMQ_HOME", "/opt/gmq", "GMQ_JAVA_OPTS", "-Xmx1g")).load();
        assertThat(Keys.ALL).allMatch(config::isDefault);
    }

    @ParameterizedTest
    @CsvSource({
        "GMQ_PORT,tcp://10.0.0.1:4884",
        "GMQ_SERVICE_HOST,10.0.0.1",
        "GMQ_SERVICE_PORT,4884",
        "GMQ_SERVICE_PORT_CLIENTS,4884",
        "GMQ_PORT_4884_TCP,tcp://10.0.0.1:4884",
        "GMQ_PORT_4884_TCP_PROTO,tcp",
        "GMQ_PORT_4884_TCP_PORT,4884",
        "GMQ_PORT_4884_TCP_ADDR,10.0.0.1",
        "GMQ_TEST_SERVICE_HOST,10.0.0.1",
    })
    void shouldLeaveAloneTheServiceLinksOfKubernetes(final String name, final String value) {
        assertThat(Keys.ALL).allMatch(load(name, value)::isDefault);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "GMQ_NETWORK_PROT;5000;unknown key with value '5000' (env GMQ_NETWORK_PROT);did you mean 'GMQ_NETWORK_PORT'?",
        "GMQ_PORT;5000;unknown key with value '5000' (env GMQ_PORT);did you mean 'GMQ_NETWORK_PORT'?",
        "GMQ_LEASE_MS;1;unknown key with value '1' (env GMQ_LEASE_MS);did you mean 'GMQ_QUEUE_LEASE_MS'?",
        "GMQ_AUTH_PASWORD;hunter2;unknown key (env GMQ_AUTH_PASWORD);did you mean 'GMQ_AUTH_PASSWORD'?",
        "GMQ_PASWORD;hunter2;unknown key (env GMQ_PASWORD);did you mean 'GMQ_AUTH_PASSWORD'?",
    })
    void shouldRefuseAnUnknownVariableOfItsOwn(final String name, final String value, final String first, final String second) {
        assertThat(Configs.refusalOf(() -> load(name, value))).isEqualTo(first + "; " + second);
    }

    @Test
    void shouldRefuseAnUnknownVariableEvenWhenItIsEmpty() {
        assertThat(Configs.refusalOf(() -> load("GMQ_NETWORK_PROT", ""))).contains("env GMQ_NETWORK_PROT");
    }

    @Test
    void shouldNameTheVariableOfAWrongValue() {
        assertThat(Configs.refusalOf(() -> load("GMQ_NETWORK_PORT", "many")))
            .isEqualTo("network.port is 'many' (env GMQ_NETWORK_PORT); it must be an integer from 0 to 65535, or none");
    }
}
