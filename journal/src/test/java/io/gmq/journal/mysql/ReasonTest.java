package io.gmq.journal.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What is said of a failure. */
final class ReasonTest {
    @Test
    void shouldSayOnOneLineWhatTheDriverSaysAndWhatWasBehindIt() {
        assertThat(Reason.of(new SQLException("Communications link failure\n\nThe last packet was sent\n", new ConnectException("Connection refused"))))
            .isEqualTo("Communications link failure (Connection refused)");
    }

    @Test
    void shouldSayNothingTwice() {
        assertThat(Reason.of(new SQLException("Access denied"))).isEqualTo("Access denied");
        assertThat(Reason.of(new SQLException("no answer: timed out", new ConnectException("timed out")))).isEqualTo("no answer: timed out");
    }

    @Test
    void shouldNameTheKindOfAFailureWithoutWords() {
        assertThat(Reason.of(new SQLException((String) null))).isEqualTo("SQLException");
    }
}
