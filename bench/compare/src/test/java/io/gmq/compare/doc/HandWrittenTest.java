package io.gmq.compare.doc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HandWrittenTest {
    @Test
    void shouldGiveWhatStandsBetweenTheMarks() {
        assertThat(HandWritten.of("# before\n" + HandWritten.BEGIN + "\n\n- helped\n\n" + HandWritten.END + "\nafter"))
            .isEqualTo("\n\n- helped\n\n");
    }

    @Test
    void shouldGiveNothingWhereThereAreNoMarks() {
        assertThat(HandWritten.of("# a document")).isEqualTo("\n");
    }

    @Test
    void shouldRefuseWhereAMarkIsMissing() {
        assertThatThrownBy(() -> HandWritten.of("a " + HandWritten.BEGIN)).hasMessageContaining("not both of its marks");
        assertThatThrownBy(() -> HandWritten.of("a " + HandWritten.END)).hasMessageContaining("not both of its marks");
        assertThatThrownBy(() -> HandWritten.of(HandWritten.END + HandWritten.BEGIN)).hasMessageContaining("not both of its marks");
    }
}
