package io.gmq.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonBufferTest {
    private final JsonBuffer buffer = new JsonBuffer(4);

    @Test
    void shouldWriteNumbersLikeTheLibraryDoes() {
        long value = 1;
        for (int digits = 1; digits <= 19; digits++, value *= 10) {
            for (final long number : new long[] {value - 1, value, value + 1, -value}) {
                buffer.truncate(0);
                assertThat(written(buffer.number(number))).isEqualTo(Long.toString(number));
            }
        }
        for (final long number : new long[] {Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1}) {
            buffer.truncate(0);
            assertThat(written(buffer.number(number))).isEqualTo(Long.toString(number));
        }
    }

    @Test
    void shouldWriteBase64OfEveryLength() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int length = 0; length < 200; length++) {
            final byte[] source = new byte[length];
            random.nextBytes(source);
            buffer.truncate(0);
            assertThat(written(buffer.base64(source))).as("seed %d", seed)
                .isEqualTo('"' + Base64.getEncoder().encodeToString(source) + '"');
        }
    }

    @Test
    void shouldEscapeWhatJsonDemandsAndWriteTheRestAsUtf8() {
        assertThat(written(buffer.string("a\"b\\c\n\u0001\u007fé€\uD83D\uDE00z")))
            .isEqualTo("\"a\\\"b\\\\c\\u000a\\u0001\u007fé€\uD83D\uDE00z\"");
    }

    @Test
    void shouldWriteAnyCodePoint() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            final StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(20), 0x80, 0x110000).filter(c -> c < 0xD800 || c > 0xDFFF).forEach(text::appendCodePoint);
            buffer.truncate(0);
            assertThat(written(buffer.string(text.toString()))).as("seed %d", seed).isEqualTo('"' + text.toString() + '"');
        }
    }

    @Test
    void shouldRefuseHalfASurrogatePair() {
        assertThatThrownBy(() -> buffer.string("ab\uD83D")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("index 2");
        assertThatThrownBy(() -> buffer.string("\uDE00a")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("index 0");
    }

    private static String written(final JsonBuffer buffer) {
        return new String(buffer.bytes(), 0, buffer.length(), StandardCharsets.UTF_8);
    }
}
