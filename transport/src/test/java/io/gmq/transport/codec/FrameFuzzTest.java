package io.gmq.transport.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes, as the lines of one connection: each line becomes a command that the engine takes, or a refusal. In the build those of the
 * corpus are tried; how to look for others is in CONTRIBUTING.md.
 */
final class FrameFuzzTest {
    /** What stands before and behind a frame in a buffer, which must make no difference. */
    private static final String[] AROUND = {"\"}]0", "{\"operation\":\"ping\"}\n", "\\\u00ff\u0000 ,:["};
    private static final Pattern SURROGATE = Pattern.compile("\\\\u[dD][89a-fA-F][0-9a-fA-F]{2}");
    private static final int DEPTH = 1 << 20;
    /** Far more than the decoder has any use for: only whether it is JSON counts. */
    private static final JsonFactory JSON = new JsonFactoryBuilder().streamReadConstraints(
        StreamReadConstraints.builder().maxNestingDepth(DEPTH).maxNumberLength(DEPTH).maxStringLength(DEPTH).maxNameLength(DEPTH).build()).build();

    /** An engine is dear to make; one that has seen some inputs before is as good. */
    private static final int INPUTS_PER_ENGINE = 256;
    private static CodecKit kit;
    private static int inputs;

    /** The public corpus, each file as a line and as a value in one; and one good request for each operation. */
    static Stream<byte[]> seeds() throws IOException, URISyntaxException {
        final List<byte[]> seeds = new ArrayList<>();
        for (final Path file : JsonCorpusTest.all()) {
            final byte[] content = Files.readAllBytes(file);
            if (content.length < 4000) {
                seeds.add(content);
                seeds.add(join("{\"operation\":\"publish\",\"queue\":\"q\",\"text\":".getBytes(StandardCharsets.UTF_8), content, new byte[] {'}'}));
            }
        }
        for (final String request : CodecFuzzTest.GOOD) {
            seeds.add(request.getBytes(StandardCharsets.UTF_8));
        }
        seeds.add(String.join("\n", CodecFuzzTest.GOOD).getBytes(StandardCharsets.UTF_8));
        return seeds.stream();
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "30m")
    void shouldMakeACommandOrARefusalOfWhateverComes(final byte[] bytes) {
        if (inputs++ % INPUTS_PER_ENGINE == 0) {
            kit = new CodecKit();
        }
        final JsonCommandDecoder used = new JsonCommandDecoder(CodecKit.SETTINGS);
        int from = 0;
        for (int to = 0; to <= bytes.length; to++) {
            if (to == bytes.length || bytes[to] == '\n') {
                check(Arrays.copyOfRange(bytes, from, to), used);
                from = to + 1;
            }
        }
    }

    private static void check(final byte[] frame, final JsonCommandDecoder used) {
        final String verdict = kit.verdict(frame);
        final byte[] command = command(kit.decoder());
        for (int i = 0; i < AROUND.length; i++) {
            final byte[] before = AROUND[i].getBytes(StandardCharsets.ISO_8859_1);
            final byte[] behind = AROUND[(i + 1) % AROUND.length].getBytes(StandardCharsets.ISO_8859_1);
            used.decode(join(before, frame, behind), before.length, before.length + frame.length, CodecKit.START_MS, 1);
            assertThat(command(used)).as("whatever stands around it, and came before").isEqualTo(command);
        }
        assertThat(verdict.equals("bad_json")).as("Jackson agrees whether it is an object of JSON").isEqualTo(!isObject(frame));
        if (kit.isRefused()) {
            assertThat(kit.reject().text()).isNotBlank();
        } else {
            assertThat(CommandText.of(kit.decoder().buffer(), kit.decoder().offset())).startsWith(verdict + " id=");
        }
        kit.ask(1, frame);
        kit.askOneShot(frame);
    }

    private static byte[] command(final JsonCommandDecoder decoder) {
        final byte[] command = new byte[decoder.length()];
        decoder.buffer().getBytes(decoder.offset(), command);
        return command;
    }

    private static byte[] join(final byte[] first, final byte[] second, final byte[] third) {
        final byte[] all = Arrays.copyOf(first, first.length + second.length + third.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        System.arraycopy(third, 0, all, first.length + second.length, third.length);
        return all;
    }

    /** By a parser that is not ours, over text that was decoded strictly. A lone surrogate in an escape is JSON, by its grammar; Jackson takes it for none. */
    private static boolean isObject(final byte[] frame) {
        final String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(frame)).toString();
        } catch (final CharacterCodingException e) {
            return false;
        }
        try (JsonParser parser = JSON.createParser(SURROGATE.matcher(text).replaceAll("\\\\u0041"))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (final IOException e) {
            return false;
        }
    }
}
