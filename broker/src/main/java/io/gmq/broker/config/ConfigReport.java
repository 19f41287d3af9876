package io.gmq.broker.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Shows a configuration to people and programs, and the table of keys to the documentation. Secrets are masked. */
public final class ConfigReport {
    private static final String SEPARATOR = "  ";

    private ConfigReport() {
    }

    /** A table for a terminal: key, value, source, description; every line ends with LF. */
    public static String table(final Config config) {
        final List<Row> rows = Keys.ALL.stream()
            .map(key -> new Row(key.path(), config.shown(key), config.source(key).toString(), key.description()))
            .toList();
        final Row head = new Row("KEY", "VALUE", "SOURCE", "DESCRIPTION");
        final int keyWidth = rows.stream().mapToInt(row -> row.key.length()).max().orElse(0);
        final int valueWidth = Math.max(head.value.length(), rows.stream().mapToInt(row -> row.value.length()).max().orElse(0));
        final int sourceWidth = Math.max(head.source.length(), rows.stream().mapToInt(row -> row.source.length()).max().orElse(0));
        final StringBuilder table = new StringBuilder();
        head.appendTo(table, keyWidth, valueWidth, sourceWidth);
        rows.forEach(row -> row.appendTo(table, keyWidth, valueWidth, sourceWidth));
        return table.toString();
    }

    /**
     * An object of sections as in the file, each key with {@code value} and {@code source}. Sizes are in bytes and durations in
     * milliseconds, as plain numbers; it ends with LF.
     */
    public static String json(final Config config) {
        final StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            final DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
            json.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(indenter));
            json.writeStartObject();
            for (final String section : Keys.SECTIONS) {
                writeSection(json, section, config);
            }
            json.writeEndObject();
        } catch (final IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return text.append('\n').toString();
    }

    private static void writeSection(final JsonGenerator json, final String section, final Config config) throws IOException {
        json.writeObjectFieldStart(section);
        for (final Key<?> key : Keys.ALL) {
            if (key.section().equals(section)) {
                json.writeObjectFieldStart(key.name());
                json.writeFieldName("value");
                writeValue(json, config.plain(key));
                json.writeStringField("source", config.source(key).toString());
                json.writeEndObject();
            }
        }
        json.writeEndObject();
    }

    private static void writeValue(final JsonGenerator json, final Object value) throws IOException {
        if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else {
            json.writeString(value.toString());
        }
    }

    /** The table of all keys in Markdown; every line ends with LF. It is the same on every machine. */
    public static String markdown() {
        final StringBuilder table = new StringBuilder();
        table.append("| key | default | values | original | what it does |\n");
        table.append("|---|---|---|---|---|\n");
        for (final Key<?> key : Keys.ALL) {
            table.append("| `").append(key.path()).append("` | ").append(defaultCell(key)).append(" | ").append(valuesCell(key))
                .append(" | ").append(key.isOriginal() ? "yes" : "").append(" | ").append(cell(key.description())).append(" |\n");
        }
        return table.toString();
    }

    private static String defaultCell(final Key<?> key) {
        final String text = key.defaultText();
        if (text.isEmpty()) {
            return "(empty)";
        }
        return key.defaultValue().isFixed() ? "`" + cell(text) + "`" : cell(text);
    }

    private static String valuesCell(final Key<?> key) {
        return cell(key.range().isEmpty() ? key.typeName() : key.typeName() + ": " + key.range());
    }

    private static String cell(final String text) {
        return text.replace("|", "\\|");
    }

    private record Row(String key, String value, String source, String description) {
        void appendTo(final StringBuilder table, final int keyWidth, final int valueWidth, final int sourceWidth) {
            appendCell(table, key, keyWidth);
            appendCell(table, value, valueWidth);
            appendCell(table, source, sourceWidth);
            table.append(description).append('\n');
        }

        private static void appendCell(final StringBuilder table, final String text, final int width) {
            table.append(text).append(" ".repeat(width - text.length())).append(SEPARATOR);
        }
    }
}
