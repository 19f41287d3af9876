package io.gmq.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bounds on connections: how many from one address, and how long without a sign of life. */
class CrowdTest {
    @TempDir
    private Path temp;

    private TestBroker start(final String... more) {
        final List<String> settings = new ArrayList<>(List.of("queue.queue_type=memory", "ring.profile=compact"));
        settings.addAll(List.of(more));
        return new TestBroker(temp, settings.toArray(String[]::new));
    }

    @Test
    void shouldRefuseMoreConnectionsFromOneAddressThanThereMayBe() {
        try (TestBroker broker = start("network.max_connections_per_address=2"); Wire first = broker.connect(); Wire second = broker.connect()) {
            first.confirm("{'operation':'ping'}");
            second.confirm("{'operation':'ping'}");
            try (Wire third = broker.connect()) {
                final Reply refusal = Reply.of(third.line());
                assertThat(refusal.code()).isEqualTo("overloaded");
                assertThat(refusal.error().string("message")).contains("from your address");
                assertThat(third.rest()).isEmpty();
            }
            first.confirm("{'operation':'ping'}");
            first.reset();
            Await.until("a place for another", () -> {
                try (Wire fourth = broker.connect()) {
                    return fourth.send("{'operation':'ping'}").reply().isConfirmed();
                } catch (final Wire.EndedException | UncheckedIOException e) {
                    return false;
                }
            });
        }
    }

    @Test
    void shouldEndAConnectionThatIsIdleAndNoOther() {
        try (TestBroker broker = start("network.idle_timeout_ms=300"); Wire idle = broker.connect(); Wire waiting = broker.connect();
            Wire partial = broker.connect()) {
            idle.confirm("{'operation':'ping'}");
            partial.sendRaw("{\"operation\":");
            waiting.send("{'operation':'take','queue':'q','wait_ms':2500}");
            assertThat(idle.rest()).as("ended, without a word").isEmpty();
            assertThat(partial.rest()).as("so is one in the middle of a frame").isEmpty();
            assertThat(waiting.reply().messages()).as("what is waited for is no idleness").isEmpty();
        }
    }
}
