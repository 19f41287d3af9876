package io.gmq.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.broker.Outside;
import java.nio.file.Path;
import org.agrona.concurrent.SystemEpochClock;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The row {@code storage_full} of the table of errors. */
class FullDiskConformanceTest {
    private static final String PUBLISH = "{'operation':'publish','queue':'q','text':'x'}";

    @TempDir
    Path temp;

    private final ScarceDisk disk = new ScarceDisk();

    private TestBroker start(final String profile) {
        return new TestBroker(new Outside(disk, SystemEpochClock.INSTANCE, System::nanoTime), temp, "ring.profile=" + profile,
            "journal.segment_bytes=2MiB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"compact", "shared", "dedicated"})
    void shouldRefuseToPublishAndGoOnWithTheRestUntilThereIsRoom(final String profile) {
        try (TestBroker broker = start(profile); Wire wire = broker.connect()) {
            wire.confirm("{'operation':'publish','queue':'q','messages':[{'text':'a'},{'text':'b'}]}");
            disk.usableBytes = 0;
            Await.until("refused", () -> !wire.ask(PUBLISH).isConfirmed());
            final Reply error = wire.ask(PUBLISH).error();
            assertThat(error.string("code")).isEqualTo("storage_full");
            assertThat(error.string("message")).contains("room on disk");
            assertThat(wire.ask("{'operation':'atomic','steps':[" + PUBLISH + "]}").error().members())
                .containsEntry("code", "storage_full").containsEntry("step", 0L);
            final long held = wire.confirm("{'operation':'length','queue':'q'}").number("length");

            final long taken = wire.confirm("{'operation':'take','queue':'q'}").ids().get(0);
            wire.confirm("{'operation':'ack','queue':'q','message':" + taken + "}");
            assertThat(wire.confirm("{'operation':'length','queue':'q'}").number("length")).isEqualTo(held - 1);

            disk.usableBytes = Long.MAX_VALUE;
            Await.until("accepted", () -> wire.ask(PUBLISH).isConfirmed());
        }
    }
}
