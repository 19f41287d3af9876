package io.gmq.transport.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class Utf8Test {
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final CharBuffer chars = CharBuffer.allocate(256);

    private boolean isValidForTheJdk(final byte[] bytes, final int from, final int to) {
        chars.clear();
        decoder.reset();
        return !decoder.decode(ByteBuffer.wrap(bytes, from, to - from), chars, true).isError();
    }

    private void check(final byte[] bytes, final int from, final int to) {
        final boolean isValid = Utf8.isValid(bytes, from, to);
        if (isValid != isValidForTheJdk(bytes, from, to)) {
            throw new AssertionError(isValid + " for " + Arrays.toString(Arrays.copyOfRange(bytes, from, to)));
        }
    }

    @Test
    void shouldJudgeAllPairsAndTriplesAsTheJdkDoes() {
        final byte[] bytes = new byte[3];
        for (int first = 0; first < 256; first++) {
            bytes[0] = (byte) first;
            check(bytes, 0, 1);
            for (int second = 0; second < 256; second++) {
                bytes[1] = (byte) second;
                check(bytes, 0, 2);
                for (int third = 0; first >= 0xC0 && third < 256; third++) {
                    bytes[2] = (byte) third;
                    check(bytes, 0, 3);
                }
            }
        }
    }

    @Test
    void shouldJudgeFoursAtTheEdgesAsTheJdkDoes() {
        final int[] edges = {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xE0, 0xED, 0xF0, 0xF4, 0xF5, 0xFF};
        final byte[] bytes = new byte[4];
        for (int first = 0xE0; first < 256; first++) {
            for (final int second : edges) {
                for (final int third : edges) {
                    for (final int fourth : edges) {
                        bytes[0] = (byte) first;
                        bytes[1] = (byte) second;
                        bytes[2] = (byte) third;
                        bytes[3] = (byte) fourth;
                        check(bytes, 0, 4);
                    }
                }
            }
        }
    }

    @Test
    void shouldJudgeRandomTextsAsTheJdkDoes() {
        final SplittableRandom random = new SplittableRandom(3);
        int valid = 0;
        for (int i = 0; i < 200_000; i++) {
            final StringBuilder text = new StringBuilder();
            for (int left = random.nextInt(30); left > 0; left--) {
                final int kind = random.nextInt(6);
                final int codePoint = random.nextInt(kind < 3 ? 0x80 : kind == 3 ? 0x800 : kind == 4 ? 0xD800 : 0x110000);
                text.appendCodePoint(codePoint >= 0xD800 && codePoint < 0xE000 ? 'x' : codePoint);
            }
            final byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            if (bytes.length > 0 && random.nextInt(3) > 0) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            final int from = bytes.length == 0 ? 0 : random.nextInt(Math.min(3, bytes.length));
            check(bytes, from, bytes.length);
            valid += Utf8.isValid(bytes, from, bytes.length) ? 1 : 0;
        }
        assertThat(valid).isBetween(50_000, 150_000);
    }

    @Test
    void shouldWriteEveryCodePointAsTheJdkDoes() {
        final byte[] out = new byte[6];
        for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
            if (codePoint < 0xD800 || codePoint > 0xDFFF) {
                final byte[] expected = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
                final int end = Utf8.put(out, 1, codePoint);
                if (end != 1 + expected.length || !Arrays.equals(out, 1, end, expected, 0, expected.length)) {
                    throw new AssertionError("U+" + Integer.toHexString(codePoint));
                }
            }
        }
    }

    @Test
    void shouldFindControlCharacters() {
        for (int codePoint = 0; codePoint < 0x3000; codePoint++) {
            final byte[] bytes = ("é" + Character.toString(codePoint) + "z").getBytes(StandardCharsets.UTF_8);
            assertThat(Utf8.hasControl(bytes, 0, bytes.length)).as("U+%x", codePoint)
                .isEqualTo(Character.getType(codePoint) == Character.CONTROL);
        }
    }

    @Test
    void shouldFindBytesManyAtATimeAsOneByOne() {
        final SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 200_000; i++) {
            assertFoundAsOneByOne(random, random.nextInt(40), 12);
        }
        for (int i = 0; i < 20_000; i++) {
            assertFoundAsOneByOne(random, random.nextInt(5000), 1 << random.nextInt(14));
        }
    }

    /** @param rarity one byte of so many is an odd one. */
    private static void assertFoundAsOneByOne(final SplittableRandom random, final int length, final int rarity) {
        final byte[] often = {'\n', '"', '\\', 0, 0x1F, ' ', 'a', 0x7F, (byte) 0x80, (byte) 0xFF, 0x0B, 0x21, 0x23, 0x5B, 0x5D};
        final byte[] bytes = new byte[length];
        final byte usual = (byte) (random.nextBoolean() ? 'x' : 0xC3);
        for (int at = 0; at < length; at++) {
            bytes[at] = random.nextInt(rarity) == 0 ? often[random.nextInt(often.length)] : random.nextInt(5) == 0 ? usual : (byte) 'x';
        }
        final int from = length == 0 ? 0 : random.nextInt(length);
        int lf = from;
        while (lf < length && bytes[lf] != '\n') {
            lf++;
        }
        int special = from;
        boolean isAscii = true;
        while (special < length && bytes[special] != '"' && bytes[special] != '\\' && (bytes[special] & 0xFF) >= ' ') {
            special++;
        }
        for (int at = from; at < length; at++) {
            isAscii &= bytes[at] >= 0;
        }
        assertThat(Swar.indexOfLf(bytes, from, length)).isEqualTo(lf);
        assertThat(Swar.indexOfLf(new UnsafeBuffer(bytes), from, length)).isEqualTo(lf);
        assertThat(Swar.indexOfSpecial(bytes, from, length)).isEqualTo(special);
        assertThat(Swar.indexOfSpecialFar(bytes, from, length)).isEqualTo(special);
        assertThat(Swar.isAscii(bytes, from, length)).isEqualTo(isAscii);
        assertThat(Swar.isPlain(bytes, from, length)).isEqualTo(isAscii && special == length);
    }
}
