package io.gmq.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gmq.engine.api.Durability;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class JournalSettingsTest {
    private static final Path FOLDER = Path.of("data");

    @Test
    void shouldRefuseSizesThatCannotWork() {
        assertThatThrownBy(() -> new JournalSettings(FOLDER, 1000, 1000))
            .isInstanceOf(IllegalArgumentException.class).hasMessage("segmentBytes is 1000, must be 65536 to 1073741824");
        assertThatThrownBy(() -> new JournalSettings(FOLDER, JournalSettings.SEGMENT_BYTES_DEFAULT, 0))
            .isInstanceOf(IllegalArgumentException.class).hasMessage("recordBytesMax is 0, must be 1 to 268435456");
    }

    @Test
    void shouldPromiseNothingInMemory() {
        try (MemoryJournal journal = new MemoryJournal()) {
            assertThat(journal.levelMax()).isEqualTo(Durability.MEMORY);
        }
    }
}
