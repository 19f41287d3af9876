package io.gmq.broker.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Chronicle would report usage to a third party, were its library for that on the class path. */
class AnalyticsTest {
    @Test
    void shouldNotHaveChronicleAnalyticsOnTheClassPath() throws IOException {
        final ClassLoader loader = AnalyticsTest.class.getClassLoader();
        final List<?> chronicle = Collections.list(loader.getResources("net/openhft/chronicle/queue"));
        assertThat(chronicle).as("Chronicle itself, to know that this looks at the right place").isNotEmpty();
        assertThat(Collections.list(loader.getResources("net/openhft/chronicle/analytics"))).isEmpty();
        assertThat(loader.getResource("net/openhft/chronicle/analytics/Analytics.class")).isNull();
    }
}
