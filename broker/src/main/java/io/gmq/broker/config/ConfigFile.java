package io.gmq.broker.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Reads keys from the JSON file: an object of sections, each an object of values. Every complaint has the place,
 * {@code file:line:column}. The parser's own messages are not passed on, since they quote what they stumble over, and that
 * may be a password.
 */
final class ConfigFile {
    private static final long LENGTH_MAX = 1 << 20;
    private static final String PUNCTUATION = "{}[]:,'/#";
    private static final String UNEXPECTED = "Unexpected character ('";

    private final Source source;
    private final BiConsumer<Key<?>, Given> sink;
    private final JsonParser parser;

    private ConfigFile(final Source source, final BiConsumer<Key<?>, Given> sink, final JsonParser parser) {
        this.source = source;
        this.sink = sink;
        this.parser = parser;
    }

    /**
     * Hands on each key of the file, in the file's order.
     *
     * @throws ConfigException if the file cannot be read, is not JSON, or has an unknown or repeated name.
     */
    static void read(final Path file, final BiConsumer<Key<?>, Given> sink) {
        final Source source = Source.file(file.toString());
        try (JsonParser parser = new JsonFactory().createParser(textOf(file, source))) {
            new ConfigFile(source, sink, parser).readSections();
        } catch (final JsonProcessingException malformed) {
            throw new ConfigException(source + position(malformed.getLocation()) + " is not valid JSON: " + reason(malformed));
        } catch (final NoSuchFileException absent) {
            throw new ConfigException(source + " does not exist");
        } catch (final CharacterCodingException notText) {
            throw new ConfigException(source + " is not UTF-8 text");
        } catch (final IOException unreadable) {
            throw new ConfigException(source + " cannot be read: " + unreadable.getClass().getSimpleName());
        }
    }

    private static String textOf(final Path file, final Source source) throws IOException {
        if (Files.isDirectory(file)) {
            throw new ConfigException(source + " is a folder");
        }
        if (Files.exists(file) && Files.size(file) > LENGTH_MAX) {
            throw new ConfigException(source + " is no configuration: it has more than " + LENGTH_MAX + " bytes");
        }
        final String text = Files.readString(file);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private void readSections() throws IOException {
        final JsonToken first = parser.nextToken();
        if (first == null) {
            throw new ConfigException(source + " is empty; without settings it must be {}");
        }
        if (first != JsonToken.START_OBJECT) {
            throw new ConfigException(here() + " must be a JSON object of sections, like {\"network\": {\"port\": 4884}}");
        }
        final Set<String> seen = new HashSet<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            final String section = parser.currentName();
            final String place = here();
            final JsonToken token = parser.nextToken();
            if (!Keys.SECTIONS.contains(section)) {
                throw unknownSection(section, place, token);
            }
            if (token != JsonToken.START_OBJECT) {
                throw new ConfigException("section '" + section + "' (" + here() + ") must be an object of keys");
            }
            if (!seen.add(section)) {
                throw new ConfigException("section '" + section + "' is given twice (" + place + ")");
            }
            readSection(section);
        }
        if (parser.nextToken() != null) {
            throw new ConfigException(here() + " has more after the end of the configuration");
        }
    }

    private ConfigException unknownSection(final String name, final String place, final JsonToken token) throws IOException {
        final Key<?> key = Keys.ofPath(name);
        if (key != null) {
            return new ConfigException(
                "key '" + key + "' (" + place + ") must stand as '" + key.name() + "' in the section '" + key.section() + "'");
        }
        return token == JsonToken.START_OBJECT
            ? new ConfigException("unknown section " + Given.quoted(name) + " (" + place + ")" + Nearest.sectionHint(name))
            : UnknownKey.named(name, given());
    }

    private void readSection(final String section) throws IOException {
        final Set<String> seen = new HashSet<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            final String path = section + "." + parser.currentName();
            final String place = here();
            parser.nextToken();
            final Given given = given();
            final Key<?> key = Keys.ofPath(path);
            if (key == null) {
                throw UnknownKey.named(path, given);
            }
            if (!seen.add(path)) {
                throw new ConfigException("key '" + path + "' is given twice (" + place + ")");
            }
            sink.accept(key, given);
        }
    }

    private Given given() throws IOException {
        final String position = position(parser.currentTokenLocation());
        return switch (parser.currentToken()) {
            case VALUE_STRING -> new Given(parser.getText(), Given.Shape.STRING, source, position);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Given(parser.getText(), Given.Shape.NUMBER, source, position);
            case VALUE_TRUE, VALUE_FALSE -> new Given(parser.getText(), Given.Shape.BOOLEAN, source, position);
            case VALUE_NULL -> new Given("null", Given.Shape.OTHER, source, position);
            case START_ARRAY -> new Given("an array", Given.Shape.OTHER, source, position);
            default -> new Given("an object", Given.Shape.OTHER, source, position);
        };
    }

    private String here() {
        return source + position(parser.currentTokenLocation());
    }

    private static String position(final JsonLocation location) {
        return ":" + location.getLineNr() + ":" + location.getColumnNr();
    }

    private static String reason(final JsonProcessingException malformed) {
        final String message = malformed.getOriginalMessage();
        if (malformed instanceof JsonEOFException) {
            return "it ends too early";
        }
        if (message.startsWith(UNEXPECTED) && PUNCTUATION.indexOf(message.charAt(UNEXPECTED.length())) >= 0) {
            return "this '" + message.charAt(UNEXPECTED.length()) + "' does not belong here";
        }
        if (message.contains("CTRL-CHAR")) {
            return "a text is not closed on its line, or has a control character";
        }
        return message.startsWith("Unrecognized token") ? "texts and names must stand in double quotes" : "this does not belong here";
    }
}
