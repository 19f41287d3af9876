package io.gmq.transport.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FrameScannerTest {
    private static final String STREAM =
        "{\"operation\":\"ping\"}\n\n\r\n{\"a\":\"\u20ac}{\"}\r\n   \n[\n{\"b\":\"\\n\\\"\"}\nnot json at all, but long enough for eight bytes\n{\"c\":1}";

    /** Cuts a stream into frames as it arrives, in pieces that end at the given places, from the middle of an array. */
    private static List<String> frames(final byte[] stream, final int... ends) {
        final int from = 5;
        final byte[] bytes = new byte[from + stream.length + 8];
        final FrameScanner scanner = new FrameScanner();
        final List<String> frames = new ArrayList<>();
        int at = from;
        int arrived = 0;
        for (final int end : ends) {
            System.arraycopy(stream, arrived, bytes, from + arrived, end - arrived);
            arrived = end;
            int lf = scanner.frameEnd(bytes, at, from + arrived);
            while (lf >= 0) {
                frames.add(new String(bytes, at, lf - at, StandardCharsets.UTF_8));
                scanner.next();
                at = lf + 1;
                lf = scanner.frameEnd(bytes, at, from + arrived);
            }
        }
        return frames;
    }

    @Test
    void shouldGiveTheSameFramesHoweverTheyAreSplit() {
        final byte[] stream = STREAM.getBytes(StandardCharsets.UTF_8);
        final List<String> expected = List.of(STREAM.substring(0, STREAM.lastIndexOf('\n')).split("\n"));
        assertThat(frames(stream, stream.length)).isEqualTo(expected).hasSize(8);

        final int[] each = new int[stream.length];
        for (int first = 0; first < stream.length; first++) {
            each[first] = first + 1;
            assertThat(frames(stream, first, stream.length)).as("split at %d", first).isEqualTo(expected);
            for (int second = first; second < stream.length; second += 7) {
                assertThat(frames(stream, first, second, stream.length)).as("split at %d and %d", first, second).isEqualTo(expected);
            }
        }
        assertThat(frames(stream, each)).as("byte by byte").isEqualTo(expected);
    }

    @Test
    void shouldGiveTheSameFramesOfRandomStreams() {
        final SplittableRandom random = new SplittableRandom(8);
        for (int i = 0; i < 3000; i++) {
            final byte[] stream = new byte[1 + random.nextInt(120)];
            for (int at = 0; at < stream.length; at++) {
                stream[at] = (byte) (random.nextInt(9) == 0 ? '\n' : 'a' + random.nextInt(26));
            }
            final int[] ends = new int[1 + random.nextInt(6)];
            for (int part = 0; part < ends.length - 1; part++) {
                ends[part] = (part == 0 ? 0 : ends[part - 1]) + random.nextInt(1 + (stream.length - (part == 0 ? 0 : ends[part - 1])));
            }
            ends[ends.length - 1] = stream.length;
            final String text = new String(stream, StandardCharsets.US_ASCII);
            final List<String> expected = new ArrayList<>(List.of(text.split("\n", -1)));
            expected.remove(expected.size() - 1);
            assertThat(frames(stream, ends)).isEqualTo(expected);
        }
    }

    private static boolean[] wholeAfterEachByte(final String text) {
        final byte[] bytes = ("___" + text).getBytes(StandardCharsets.UTF_8);
        final FrameScanner scanner = new FrameScanner();
        final boolean[] whole = new boolean[bytes.length - 2];
        for (int length = 0; length < whole.length; length++) {
            whole[length] = scanner.isWholeObject(bytes, 3, 3 + length);
        }
        return whole;
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{}", "{\"operation\":\"L\",\"queue\":\"q\"}", "{\"a\":{\"b\":[{}]},\"c\":\"}{]\\\"}\\\\\"}", "  {\"a\":\"\\\\\"}", "{\"é\":\"\u20ac}\"}"
    })
    void shouldNoticeTheEndOfTheFirstObjectAndNothingBefore(final String object) {
        final boolean[] whole = wholeAfterEachByte(object);
        for (int i = 0; i < whole.length; i++) {
            assertThat(whole[i]).as("after %d bytes", i).isEqualTo(i == whole.length - 1);
        }
        final byte[] bytes = object.getBytes(StandardCharsets.UTF_8);
        assertThat(new FrameScanner().isWholeObject(bytes, 0, bytes.length)).as("at once").isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\r", "x", "{}", "}"})
    void shouldNoticeThatSomethingFollows(final String more) {
        final boolean[] whole = wholeAfterEachByte("{\"a\":1}" + more);
        assertThat(whole[7]).isTrue();
        for (int i = 8; i < whole.length; i++) {
            assertThat(whole[i]).as("after %d bytes", i).isFalse();
        }
        final byte[] bytes = ("{\"a\":1}" + more).getBytes(StandardCharsets.UTF_8);
        assertThat(new FrameScanner().isWholeObject(bytes, 0, bytes.length)).as("at once").isFalse();
    }

    @Test
    void shouldForgetTheObjectWithTheFrame() {
        final FrameScanner scanner = new FrameScanner();
        final byte[] bytes = "{\"a\":\"{{\\".getBytes(StandardCharsets.UTF_8);
        assertThat(scanner.isWholeObject(bytes, 0, bytes.length)).isFalse();
        scanner.next();
        assertThat(scanner.isWholeObject("{}".getBytes(StandardCharsets.UTF_8), 0, 2)).isTrue();
    }

    @Test
    void shouldKnowBlankLines() {
        for (final String blank : new String[] {"", "\r", " ", "\t \r"}) {
            assertThat(FrameScanner.isBlank(blank.getBytes(StandardCharsets.UTF_8), 0, blank.length())).isTrue();
        }
        for (final String line : new String[] {"{}", " x", "\f", "\u0000"}) {
            assertThat(FrameScanner.isBlank(line.getBytes(StandardCharsets.UTF_8), 0, line.length())).isFalse();
        }
        assertThat(FrameScanner.isBlank("{ }".getBytes(StandardCharsets.UTF_8), 1, 2)).as("a part of an array").isTrue();
    }
}
