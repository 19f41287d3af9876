package io.gmq.broker.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeysTest {
    @Test
    void shouldListEveryConstantOnceAndInOrder() throws IllegalAccessException {
        final List<Key<?>> constants = new ArrayList<>();
        for (final Field field : Keys.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.get(null) instanceof Key<?> key) {
                constants.add(key);
            }
        }
        assertThat(Keys.ALL).containsExactlyElementsOf(constants);
    }

    @Test
    void shouldStayBelowFiftyKeys() {
        assertThat(Keys.ALL).hasSizeLessThan(50);
    }

    @Test
    void shouldNameEveryKeyAndVariableOnce() {
        assertThat(Keys.ALL).extracting(Key::path).doesNotHaveDuplicates().allMatch(path -> path.matches("[a-z]+\\.[a-z_]+"));
        assertThat(Keys.ALL).extracting(Key::environmentName).doesNotHaveDuplicates().allMatch(name -> name.matches("GMQ_[A-Z_]+"));
    }

    @Test
    void shouldKeepEverySectionTogether() {
        final List<String> changes = new ArrayList<>();
        for (final Key<?> key : Keys.ALL) {
            if (changes.isEmpty() || !changes.get(changes.size() - 1).equals(key.section())) {
                changes.add(key.section());
            }
        }
        assertThat(changes).containsExactlyElementsOf(Keys.SECTIONS);
    }

    @Test
    void shouldKnowTheKeysOfTheOriginal() {
        assertThat(Keys.ALL).filteredOn(Key::isOriginal).extracting(Key::path).containsExactlyInAnyOrder(
            "auth.user", "auth.password", "network.port", "network.interface", "network.protocol", "cluster.proto",
            "cluster.cluster_port", "cluster.timeout_msec", "cluster.cidr", "queue.queue_type", "queue.max_queue_number",
            "queue.max_message_length", "queue.max_queue_capacity", "database.vendor", "database.dsn", "filesystem.path",
            "log.path", "log.name");
    }

    @Test
    void shouldDescribeEveryKeyOnOneLine() {
        assertThat(Keys.ALL).extracting(Key::description).allSatisfy(line -> assertThat(line).isNotBlank().doesNotContain("\n", "|"));
    }

    @Test
    void shouldReadBackEveryDefaultAsItIsShown() {
        final Config config = Configs.of();
        for (final Key<?> key : Keys.ALL) {
            if (!config.shown(key).isEmpty()) {
                final Config again = Configs.of(key + "=" + config.shown(key));
                assertThat(again.shown(key)).as(key.path()).isEqualTo(config.shown(key));
            }
        }
    }

    @Test
    void shouldFindKeysByPath() {
        assertThat(Keys.ofPath("network.port")).isSameAs(Keys.NETWORK_PORT);
        assertThat(Keys.ofPath("port")).isNull();
        assertThat(Keys.NETWORK_PORT.environmentName()).isEqualTo("GMQ_NETWORK_PORT");
    }
}
