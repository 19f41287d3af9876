package io.gmq.transport.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Base64CodecTest {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private final byte[] out = new byte[4096];

    /** Decodes a text with a quote behind it, from the middle of an array. */
    private int decode(final byte[] text) {
        final byte[] in = new byte[text.length + 8];
        Arrays.fill(in, (byte) 'A');
        System.arraycopy(text, 0, in, 3, text.length);
        in[3 + text.length] = '"';
        return Base64Codec.decode(in, 3, in.length, out, 5);
    }

    /** The slow way: where a text is not canonical base64, or -1. */
    private static int firstFault(final byte[] text) {
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '=' && i % 4 >= 2 && (i % 4 == 3 || i + 1 < text.length && text[i + 1] == '=')) {
                final int end = i + 4 - i % 4;
                if (end < text.length) {
                    return end;
                }
                final int last = ALPHABET.indexOf(text[i - 1]);
                return (last & (i % 4 == 2 ? 15 : 3)) == 0 ? -1 : i - 1;
            }
            if (ALPHABET.indexOf(text[i]) < 0) {
                return i;
            }
        }
        return text.length % 4 == 0 ? -1 : text.length;
    }

    @Test
    void shouldEncodeAndDecodeAsTheJdkDoes() {
        final SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 50_000; i++) {
            final byte[] bytes = new byte[i < 2000 ? i % 40 : random.nextInt(1000)];
            random.nextBytes(bytes);
            final byte[] expected = Base64.getEncoder().encode(bytes);
            final byte[] encoded = new byte[expected.length + 7 + 8];
            final byte[] around = new byte[bytes.length + 2];
            System.arraycopy(bytes, 0, around, 1, bytes.length);
            Base64Codec.encode(new UnsafeBuffer(around), 1, bytes.length, encoded, 7);

            assertThat(Base64Codec.encodedLength(bytes.length)).isEqualTo(expected.length);
            assertThat(Arrays.equals(encoded, 7, 7 + expected.length, expected, 0, expected.length)).as("%s", Arrays.toString(bytes)).isTrue();
            assertThat(decode(expected)).isEqualTo(bytes.length);
            assertThat(Arrays.equals(out, 5, 5 + bytes.length, bytes, 0, bytes.length)).isTrue();
        }
    }

    @Test
    void shouldFindTheFaultOfEveryTextWithOneByteChanged() {
        final SplittableRandom random = new SplittableRandom(2);
        int faults = 0;
        for (int length = 0; length < 14; length++) {
            final byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            final byte[] good = Base64.getEncoder().encode(bytes);
            for (int at = 0; at < good.length; at++) {
                for (int value = 0; value < 256; value++) {
                    if (value != '"') {
                        final byte[] text = good.clone();
                        text[at] = (byte) value;
                        faults += check(text);
                    }
                }
            }
        }
        assertThat(faults).isGreaterThan(10_000);
    }

    @Test
    void shouldFindTheFaultOfEveryShortTextOfTheOddestCharacters() {
        final byte[] odd = {'A', 'B', 'Q', '/', '=', '-', ' ', '\\', (byte) 0xC3};
        for (int length = 0; length <= 6; length++) {
            final int combinations = (int) Math.pow(odd.length, length);
            for (int number = 0; number < combinations; number++) {
                final byte[] text = new byte[length];
                for (int i = 0, rest = number; i < length; i++, rest /= odd.length) {
                    text[i] = odd[rest % odd.length];
                }
                check(text);
            }
        }
    }

    private int check(final byte[] text) {
        final int fault = firstFault(text);
        final int decoded = decode(text);
        final String shown = new String(text, StandardCharsets.ISO_8859_1);
        if (fault >= 0) {
            assertThat(decoded).as("'%s'", shown).isEqualTo(-1 - fault);
            return 1;
        }
        final byte[] expected = Base64.getDecoder().decode(text);
        assertThat(decoded).as("'%s'", shown).isEqualTo(expected.length);
        assertThat(Arrays.equals(out, 5, 5 + decoded, expected, 0, decoded)).as("'%s'", shown).isTrue();
        return 0;
    }

    @ParameterizedTest
    @CsvSource({
        "A, 1", "AA, 2", "AAA, 3", "AAAAA, 5", "A===, 1", "====, 0", "=, 0", "AA=, 2", "AA=A, 2", "AAA=A, 4", "AA==AAAA, 4", "AB==, 1",
        "AAB=, 2", "AA-A, 2", "AA_A, 2", "AA A, 2", "AAAA=, 4", "AAAA====, 4", "AAA==, 4"
    })
    void shouldSayWhereATextIsNotCanonical(final String text, final int offset) {
        assertThat(decode(text.getBytes(StandardCharsets.US_ASCII))).isEqualTo(-1 - offset);
    }

    @Test
    void shouldFindNoEndWhereThereIsNone() {
        for (final String text : new String[] {"", "AAAA", "AA", "AA==", "AAAAAAA="}) {
            final byte[] in = text.getBytes(StandardCharsets.US_ASCII);
            assertThat(Base64Codec.decode(in, 0, in.length, out, 0)).as(text).isEqualTo(-1 - in.length);
        }
    }
}
