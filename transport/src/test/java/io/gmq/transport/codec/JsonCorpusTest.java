package io.gmq.transport.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A public corpus of hostile and odd JSON: {@code y_} files are valid, {@code n_} files are not, {@code i_} files may be either.
 * Each is given to the decoder as a frame, whole, whatever line ends it holds, and as a value within one.
 */
final class JsonCorpusTest {
    /** Those of RFC 8259 that are no text in UTF-8, by the corpus's own account, or begin with a byte order mark. */
    private static final Set<String> NOT_UTF8 = Set.of(
        "i_string_UTF-16LE_with_BOM.json", "i_string_invalid_utf-8.json", "i_string_iso_latin_1.json", "i_string_lone_utf8_continuation_byte.json",
        "i_string_not_in_unicode_range.json", "i_string_overlong_sequence_2_bytes.json", "i_string_overlong_sequence_6_bytes.json",
        "i_string_overlong_sequence_6_bytes_null.json", "i_string_truncated-utf-8.json", "i_string_UTF-8_invalid_sequence.json",
        "i_string_UTF8_surrogate_U+D800.json", "i_string_utf16BE_no_BOM.json", "i_string_utf16LE_no_BOM.json",
        "i_structure_UTF-8_BOM_empty_object.json");

    /** Files that become valid where they are put between the brackets of an array, which is then an empty one. */
    private static final Set<String> EMPTY = Set.of("n_single_space.json", "n_structure_no_data.json");

    private final CodecKit kit = new CodecKit();

    private static List<Path> files(final String prefix) throws IOException, URISyntaxException {
        final Path folder = Path.of(JsonCorpusTest.class.getResource("/jsontestsuite").toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix)).sorted().toList();
        }
    }

    static List<Path> all() throws IOException, URISyntaxException {
        return Stream.of(valid(), invalid(), either()).flatMap(List::stream).toList();
    }

    static List<Path> valid() throws IOException, URISyntaxException {
        return files("y_");
    }

    static List<Path> invalid() throws IOException, URISyntaxException {
        return files("n_");
    }

    static List<Path> either() throws IOException, URISyntaxException {
        return files("i_");
    }

    /** Puts a file's content in the place of a value. */
    private static byte[] wrapped(final String before, final Path file, final String after) throws IOException {
        final ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(before.getBytes(StandardCharsets.UTF_8));
        frame.write(Files.readAllBytes(file));
        frame.write(after.getBytes(StandardCharsets.UTF_8));
        return frame.toByteArray();
    }

    private List<String> verdictsAsValue(final Path file) throws IOException {
        return List.of(
            kit.verdict(wrapped("{\"operation\":\"ping\",\"payload\":", file, "}")),
            kit.verdict(wrapped("{\"operation\":\"ping\",\"unheard_of\":", file, "}")),
            kit.verdict(wrapped("{\"operation\":\"publish\",\"queue\":\"q\",\"text\":", file, "}")),
            kit.verdict(wrapped("{\"operation\":\"ping\",\"headers\":", file, ",\"id\":1}")),
            kit.verdict(wrapped("{\"operation\":\"configure\",\"queue\":\"q\",\"capacity\":", file, "}")),
            kit.verdict(wrapped("{\"operation\":\"atomic\",\"steps\":[{\"operation\":\"ack\",\"queue\":\"q\",\"x\":", file, "}]}")),
            kit.verdict(wrapped("{\"operation\":\"atomic\",\"steps\":", file, "}")),
            kit.verdict(wrapped("{\"operation\":\"ping\",\"id\":", file, "}")));
    }

    private String verdictInArray(final Path file) throws IOException {
        return kit.verdict(wrapped("{\"operation\":\"ping\",\"messages\":[", file, "]}"));
    }

    @Test
    void shouldHaveTheWholeCorpus() throws IOException, URISyntaxException {
        assertThat(valid()).hasSize(95);
        assertThat(invalid()).hasSize(188);
        assertThat(either()).hasSize(35);
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void shouldRefuseAsNoJsonWhatIsInvalid(final Path file) throws IOException {
        assertThat(kit.verdict(Files.readAllBytes(file))).isEqualTo("bad_json");
        assertThat(verdictsAsValue(file)).containsOnly("bad_json");
        assertThat(verdictInArray(file)).isEqualTo(EMPTY.contains(file.getFileName().toString()) ? "bad_request messages" : "bad_json");
    }

    @ParameterizedTest
    @MethodSource("valid")
    void shouldNotRefuseAsNoJsonWhatIsValid(final Path file) throws IOException {
        final byte[] frame = Files.readAllBytes(file);
        final boolean isObject = new String(frame, StandardCharsets.UTF_8).strip().startsWith("{");
        if (isObject) {
            assertThat(kit.verdict(frame)).startsWith("bad_request");
        } else {
            assertThat(kit.verdict(frame)).as("a frame is an object").isEqualTo("bad_json");
        }
        assertThat(verdictsAsValue(file)).doesNotContain("bad_json");
        assertThat(verdictInArray(file)).startsWith("bad_request");
    }

    @ParameterizedTest
    @MethodSource("either")
    void shouldDecideOnWhatMayBeEither(final Path file) throws IOException {
        final boolean isUtf8 = !NOT_UTF8.contains(file.getFileName().toString());
        assertThat(kit.ask(1, Files.readAllBytes(file))).contains("\"confirmation\":\"N\"");
        assertThat(verdictsAsValue(file)).allMatch(verdict -> verdict.equals("bad_json") != isUtf8);
    }
}
