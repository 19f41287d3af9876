package io.gmq.broker.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenTest {
    private static final String DIGEST_OF_NOTHING = "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
        + "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e";

    private static String clear(final String token) {
        final byte[] clear = Token.clear(token.getBytes(StandardCharsets.UTF_8));
        return clear == null ? null : new String(clear, StandardCharsets.UTF_8);
    }

    @Test
    void shouldReadWhatTheOriginalsClientsSend() {
        assertThat(clear("616263" + DIGEST_OF_NOTHING)).isEqualTo("abc");
        assertThat(clear(("c3a9" + DIGEST_OF_NOTHING).toUpperCase(Locale.ROOT))).isEqualTo("é");
        assertThat(clear(DIGEST_OF_NOTHING)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "616263", "61626", "zz" + DIGEST_OF_NOTHING, "6" + DIGEST_OF_NOTHING, "616263" + DIGEST_OF_NOTHING + "00"})
    void shouldTakeAnythingElseForNoToken(final String text) {
        assertThat(clear(text)).isNull();
    }
}
