package io.gmq.compare.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadsTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 255, 1L << 40, Long.MAX_VALUE})
    void shouldCarryItsNumber(final long number) {
        final byte[] payload = new Payloads(200).of(number);
        assertThat(payload).hasSize(200);
        assertThat(Payloads.number(payload)).isEqualTo(number);
    }

    @Test
    void shouldBeAnotherArrayEachTime() {
        final Payloads payloads = new Payloads(16);
        final byte[] first = payloads.of(1);
        payloads.of(2);
        assertThat(Payloads.number(first)).isEqualTo(1);
    }

    @Test
    void shouldRefuseALengthThatHoldsNoNumber() {
        assertThatThrownBy(() -> new Payloads(15)).hasMessage("messages of 15 bytes, must be 16 at least");
    }
}
