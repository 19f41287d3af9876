package io.gmq.transport.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonReaderTest {
    private static final JsonFactory JACKSON = new JsonFactory();

    private final JsonReader reader = new JsonReader();

    private JsonReader wrap(final String text) {
        final byte[] bytes = ("xx" + text).getBytes(StandardCharsets.UTF_8);
        reader.wrap(bytes, 2, bytes.length);
        return reader;
    }

    private boolean isOneValue(final String text) {
        wrap(text).skipValue();
        reader.skipSpace();
        return !reader.hasFailed() && reader.at() == reader.to();
    }

    private static boolean isOneValueForJackson(final String text) {
        try (JsonParser parser = JACKSON.createParser(text)) {
            final JsonToken first = parser.nextToken();
            if (first == null) {
                return false;
            }
            parser.skipChildren();
            parser.getText();
            return parser.nextToken() == null;
        } catch (final IOException e) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "0", "-0", "10", "1.5", "1e5", "1E+5", "-1.25e-5", "\"\"", "\"a\\u0041\\n\\/\\\\\\\"\"", "true", "false", "null", "[]", "{}",
        "[ ]", "{ }", "[1,2,[3]]", "{\"a\":1,\"a\":2}", "{\"a\":{\"b\":[{}]}}", " [ 1 , 2 ] ", "\"\\ud800\"", "123456789012345678901234567890"
    })
    void shouldStepOverAValue(final String text) {
        assertThat(isOneValue(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", " ", "01", "-", "+1", "1.", ".5", "1e", "1e+", "0x1", "00", "-01", "1 2", "NaN", "Infinity", "tru", "True", "truex", "nul", "'a'",
        "\"", "\"a", "\"\\\"", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\\u\"", "\"\u0001\"", "\"\n\"", "\"\t\"", "[", "]", "[1", "[1,", "[1,]",
        "[,1]", "[1 2]", "[1:2]", "{", "}", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{,}", "{a:1}", "{1:1}", "{\"a\" 1}",
        "{\"a\":1 \"b\":2}", "{\"a\":1]", "[1}", "[]]", "{}}", "//a\n1", "1//", "/**/1", "\u00a01", "\f1", "\"a\"b", "\\u0031", "{\"a\":1}{"
    })
    void shouldFailWhereThereIsNoValue(final String text) {
        assertThat(isOneValue(text)).isFalse();
    }

    @Test
    void shouldJudgeRandomTextsAsAnotherParserDoes() {
        final SplittableRandom random = new SplittableRandom(6);
        final String[] parts = {
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "00", "1", "-", ".", "e", "E", "+", "true", "false", "null", " ", "\t", "\"a\"",
            "\"b\":", "{}", "[]", "d83d", "\\\"", "\\n", "x", "\u0001", "[1,", "{\"k\":"
        };
        int valid = 0;
        for (int i = 0; i < 400_000; i++) {
            final StringBuilder text = new StringBuilder();
            for (int left = 1 + random.nextInt(8); left > 0; left--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            final boolean isValid = isOneValue(text.toString());
            if (isValid != isOneValueForJackson(text.toString())) {
                throw new AssertionError(isValid + ": " + text);
            }
            valid += isValid ? 1 : 0;
        }
        assertThat(valid).isGreaterThan(5000);
    }

    @Test
    void shouldJudgeValuesWithOneByteChangedAsAnotherParserDoes() {
        final String good = "{\"a\":[1,-2.5e+3,{\"b\":null,\"c\":[true,false]},\"x\\u00e9\\\\\\ny\"],\"d\":{},\"e\":[[],[[]]]}";
        final String alphabet = "{}[],:\"\\u0159-+.eEtfn a\t\u0002";
        for (int at = 0; at < good.length(); at++) {
            for (int i = 0; i < alphabet.length(); i++) {
                final String[] changed = {
                    good.substring(0, at) + alphabet.charAt(i) + good.substring(at + 1),
                    good.substring(0, at) + alphabet.charAt(i) + good.substring(at),
                    good.substring(0, at) + good.substring(at + 1)
                };
                for (final String text : changed) {
                    assertThat(isOneValue(text)).as(text).isEqualTo(isOneValueForJackson(text));
                }
            }
        }
    }

    @Test
    void shouldStepOverAnyDepth() {
        final int depth = 100_000;
        assertThat(isOneValue("[".repeat(depth) + "]".repeat(depth))).isTrue();
        assertThat(isOneValue("{\"a\":".repeat(depth) + "1" + "}".repeat(depth))).isTrue();
        assertThat(isOneValue("[{\"a\":".repeat(depth) + "1" + "}]".repeat(depth))).isTrue();
        assertThat(isOneValue("[".repeat(depth) + "]".repeat(depth - 1))).isFalse();
        assertThat(isOneValue("[".repeat(depth) + "]".repeat(depth - 1) + "}")).isFalse();
    }

    @Test
    void shouldReadWholeNumbersOf64BitsOnly() {
        final SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 100_000; i++) {
            final BigInteger number = new BigInteger(1 + random.nextInt(70), new java.util.Random(random.nextLong()))
                .multiply(random.nextBoolean() ? BigInteger.ONE : BigInteger.ONE.negate());
            final boolean isRead = wrap(number + ",").readLong();
            assertThat(isRead).as("%s", number).isEqualTo(number.bitLength() < 64);
            assertThat(reader.peek()).as("behind it in any case").isEqualTo(',');
            if (isRead) {
                assertThat(reader.number()).isEqualTo(number.longValueExact());
            }
        }
    }

    @Test
    void shouldKnowTheEdgesOf64Bits() {
        assertThat(wrap("9223372036854775807").readLong()).isTrue();
        assertThat(reader.number()).isEqualTo(Long.MAX_VALUE);
        assertThat(wrap("-9223372036854775808").readLong()).isTrue();
        assertThat(reader.number()).isEqualTo(Long.MIN_VALUE);
        for (final String text : new String[] {"9223372036854775808", "-9223372036854775809", "18446744073709551616", "9".repeat(400)}) {
            assertThat(wrap(text).readLong()).as(text).isFalse();
            assertThat(reader.problem()).isEqualTo("does not fit 64 bits");
        }
        for (final String text : new String[] {"1.0", "1e2", "-0", "0.0", "1E0", "-0e5"}) {
            assertThat(wrap(text).readLong()).as(text).isFalse();
            assertThat(reader.problem()).contains("whole number");
            assertThat(reader.hasFailed()).isFalse();
        }
        for (final String text : new String[] {"01", "-", "1.", "1.e1", "1e", "--1", "-a"}) {
            assertThat(wrap(text).readLong()).as(text).isFalse();
            assertThat(reader.hasFailed()).as(text).isTrue();
        }
    }

    @Test
    void shouldReadStringsWithEscapes() {
        final byte[] out = new byte[100];
        wrap("\"a\\u00e9\\ud83d\\ude00\\b\\f\\n\\r\\t\\/\\\\\\\"é\" ,");
        final int end = reader.readString(out, 3);

        assertThat(new String(out, 3, end - 3, StandardCharsets.UTF_8)).isEqualTo("aé\uD83D\uDE00\b\f\n\r\t/\\\"é");
        assertThat(reader.peek()).isEqualTo(' ');
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "\\ud800", "\\udc00", "\\ud800x", "\\ud800\\ud800", "\\ud800\\n", "\\udfff\\ud800", "\\ud800\\u0041", "a\\udbff", "\\udc00\\udc00"
    })
    void shouldStepOverAStringWithALoneSurrogateAndSayWhatIsWrong(final String content) {
        assertThat(wrap('"' + content + "\",").readString(new byte[100], 0)).isEqualTo(-1);
        assertThat(reader.hasFailed()).isFalse();
        assertThat(reader.problem()).isEqualTo("holds a lone surrogate");
        assertThat(reader.peek()).isEqualTo(',');
    }

    @Test
    void shouldStayFailed() {
        wrap("1").fail();
        reader.at(2);
        assertThat(reader.hasFailed()).isTrue();
        assertThat(reader.skip('1')).isFalse();
        assertThat(reader.peek()).isEqualTo(-1);
        reader.skipValue();
        assertThat(reader.readString(new byte[1], 0)).isEqualTo(-1);
        assertThat(reader.hasFailed()).isTrue();
    }
}
