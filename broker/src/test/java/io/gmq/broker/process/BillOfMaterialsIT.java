package io.gmq.broker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bill of materials of the distribution that the build has made. */
class BillOfMaterialsIT {
    private static final Path DISTRIBUTION = Path.of("target", "gmq");
    private static final Path BILL = DISTRIBUTION.resolve("gmq.cdx.json");

    /** Of its components, {@code name-version}. */
    private static Set<String> components() throws IOException {
        final Set<String> components = new TreeSet<>();
        try (JsonParser parser = new JsonFactory().createParser(BILL.toFile())) {
            int depth = 0;
            String member = "";
            String section = "";
            String name = "";
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (token == JsonToken.FIELD_NAME) {
                    member = parser.currentName();
                    section = depth == 1 ? member : section;
                } else if (token == JsonToken.VALUE_STRING && depth == 3 && section.equals("components")) {
                    name = member.equals("name") ? parser.getText() : name;
                    if (member.equals("version")) {
                        components.add(name + "-" + parser.getText());
                    }
                }
            }
        }
        return components;
    }

    @Test
    void shouldNameEveryLibraryOfTheDistributionAndNothingElse() throws IOException {
        assumeTrue(Files.exists(BILL), "Maven writes the bill of materials only where it may use the network");
        try (Stream<Path> files = Files.list(DISTRIBUTION.resolve("lib"))) {
            final Set<String> components = components();
            final Set<String> libraries = files.map(file -> file.getFileName().toString().replaceFirst("[.]jar$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
            // A library for one kind of machine has that in its name too.
            assertThat(libraries).allMatch(library -> components.stream().anyMatch(library::startsWith));
            assertThat(components).allMatch(component -> libraries.stream().anyMatch(library -> library.startsWith(component)));
            assertThat(components).hasSizeGreaterThan(20);
        }
    }
}
