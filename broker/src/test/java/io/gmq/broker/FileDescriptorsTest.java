package io.gmq.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FileDescriptorsTest {
    @ParameterizedTest
    @CsvSource({"10000,65536,60,10000", "10000,1024,60,836", "10000,10188,60,10000", "10000,10187,60,9999", "5,1024,60,5", "10000,100,60,1",
        "10000,-1,60,10000"})
    void shouldLeaveFilesToTheJournal(final int configured, final long limit, final long opened, final int most) {
        assertThat(FileDescriptors.connectionsMax(configured, limit, opened)).isEqualTo(most);
    }
}
