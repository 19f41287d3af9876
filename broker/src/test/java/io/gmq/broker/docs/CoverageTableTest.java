package io.gmq.broker.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.RefusalCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds protocol-coverage.md to what it says: the tests it names exist, and it leaves out no operation, member or error code. Tests
 * of all modules are looked up in their source, as are the words that the codec knows: this module does not see either.
 */
class CoverageTableTest {
    private static final String TABLE = "broker/src/test/resources/protocol-coverage.md";
    private static final String CODEC = "transport/src/main/java/io/gmq/transport/codec/";
    private static final String LATER = "later";
    private static final Set<String> SECTIONS = Set.of("1", "2", "3", "4", "5", "6", "7");

    /** What only replies and pushes have; those of requests are read from the codec. */
    private static final List<String> REPLY_MEMBERS = List.of("confirmation", "error", "code", "member", "limit", "actual", "offset", "step",
        "retry_after_ms", "first", "count", "duplicate", "confirmed", "published_ms", "acked", "nacked", "extended", "parked", "kicked", "missing",
        "results", "consumer", "ended", "purged", "more", "software", "storage", "limits", "max_queue_number", "max_message_length",
        "max_queue_capacity", "max_frame_length", "ready", "delayed", "leased", "length", "bytes", "consumers", "published", "delivered", "expired",
        "dead_lettered", "dropped", "oldest_ready_ms");
    /** Codes that no part of this release gives. */
    private static final List<String> LATER_CODES = List.of("not_leader");

    private static final Pattern ROW = Pattern.compile("\\| (\\S+) \\| (.+) \\| (.+) \\|");
    private static final Pattern WORD = Pattern.compile("`([A-Za-z_]+)`");
    private static final Pattern TEST = Pattern.compile("(?m)^    @(?:Test|ParameterizedTest)\\b(?:(?!^    }).)*?^    void (should\\w+)\\(", Pattern.DOTALL);

    private record Row(String section, String rule, List<String> tests) {
    }

    private static List<Row> rows() {
        final List<Row> rows = new ArrayList<>();
        for (final String line : Document.read(TABLE).text().lines().filter(line -> line.startsWith("| ") && !line.startsWith("| section")).toList()) {
            final Matcher row = ROW.matcher(line);
            assertThat(row.matches()).as("a row of three cells: %s", line).isTrue();
            rows.add(new Row(row.group(1), row.group(2), List.of(row.group(3).split(", "))));
        }
        assertThat(rows).hasSizeGreaterThan(100);
        return rows;
    }

    private static Set<String> words(final List<Row> rows) {
        return rows.stream().flatMap(row -> WORD.matcher(row.rule).results()).map(word -> word.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The annotated test methods of all modules, by the simple name of their class. */
    private static Map<String, Set<String>> tests() throws IOException {
        final Map<String, Set<String>> tests = new HashMap<>();
        for (final Path folder : sourceFolders()) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (final Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    final String name = file.getFileName().toString().replace(".java", "");
                    final Set<String> methods = tests.computeIfAbsent(name, unseen -> new TreeSet<>());
                    TEST.matcher(Files.readString(file)).results().forEach(method -> methods.add(method.group(1)));
                }
            }
        }
        return tests;
    }

    private static List<Path> sourceFolders() throws IOException {
        try (Stream<Path> modules = Files.list(Document.root())) {
            return modules.map(module -> module.resolve("src/test/java")).filter(Files::isDirectory).toList();
        }
    }

    @Test
    void shouldNameTestsThatExist() throws IOException {
        final Map<String, Set<String>> tests = tests();
        for (final Row row : rows()) {
            for (final String test : row.tests) {
                if (!test.equals(LATER)) {
                    final int hash = test.indexOf('#');
                    assertThat(hash).as("Class#method in the row '%s': %s", row.rule, test).isPositive();
                    assertThat(tests.getOrDefault(test.substring(0, hash), Set.of())).as("tests of %s", test).contains(test.substring(hash + 1));
                }
            }
        }
    }

    @Test
    void shouldHaveRulesOfEverySection() {
        assertThat(rows().stream().map(Row::section).collect(Collectors.toSet())).isEqualTo(SECTIONS);
    }

    @Test
    void shouldLeaveOutNoOperation() {
        final String source = Document.read(CODEC + "Operation.java").text();
        final List<String> operations = Pattern.compile("(?m)^    [A-Z_]+\\(\"(\\w+)\", required").matcher(source).results()
            .map(match -> match.group(1)).toList();
        assertThat(operations).hasSizeGreaterThan(20).contains("publish", "L");
        assertThat(words(rows())).containsAll(operations);
    }

    @Test
    void shouldLeaveOutNoMember() {
        final Matcher declaration = Pattern.compile("enum Member \\{([A-Z_,\\s]+);").matcher(Document.read(CODEC + "Member.java").text());
        assertThat(declaration.find()).isTrue();
        final List<String> members = Arrays.stream(declaration.group(1).split(",")).map(member -> member.strip().toLowerCase(Locale.ROOT)).toList();
        assertThat(members).hasSizeGreaterThan(30).contains("operation", "headers");
        assertThat(words(rows())).containsAll(members).containsAll(REPLY_MEMBERS);
    }

    @Test
    void shouldLeaveOutNoErrorCode() {
        final List<Row> table = rows().stream().filter(row -> row.section.equals("6")).toList();
        assertThat(words(table)).containsAll(Arrays.stream(RefusalCode.values()).map(RefusalCode::word).toList()).containsAll(LATER_CODES);
        final List<String> documented = Document.read("docs/protocol.md").text().lines().filter(line -> line.matches("\\| `[a-z_]+` \\| .* \\| (stays|closes) \\|"))
            .map(line -> line.replaceFirst("^\\| `([a-z_]+)`.*$", "$1")).toList();
        assertThat(documented).hasSizeGreaterThan(12);
        assertThat(words(table)).containsAll(documented);
    }

    @Test
    void shouldNotPutOffWhatThereIs() {
        final List<String> later = rows().stream().filter(row -> row.tests.contains(LATER)).map(Row::rule).toList();
        assertThat(later).allMatch(rule -> Stream.of("TLS", "not_leader").anyMatch(rule::contains));
    }
}
