package io.gmq.broker.conformance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One frame from the broker, as it came and as a tree: objects are maps in their order, arrays lists, numbers longs.
 *
 * @param line    without its LF.
 * @param members of the object.
 */
public record Reply(String line, Map<String, Object> members) {
    private static final JsonFactory JSON = new JsonFactory();

    /** @throws AssertionError if the line is not one JSON object. */
    public static Reply of(final String line) {
        try (JsonParser parser = JSON.createParser(line)) {
            parser.nextToken();
            final Reply reply = new Reply(line, asObject(value(parser)));
            if (parser.nextToken() != null) {
                throw new AssertionError("something follows the object: " + line);
            }
            return reply;
        } catch (final IOException | ClassCastException e) {
            throw new AssertionError("no JSON object: " + line, e);
        }
    }

    private static Object value(final JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                final Map<String, Object> object = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    final String name = parser.currentName();
                    parser.nextToken();
                    if (object.put(name, value(parser)) != null) {
                        throw new AssertionError("member twice: " + name);
                    }
                }
                yield object;
            }
            case START_ARRAY -> {
                final List<Object> array = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value(parser));
                }
                yield array;
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> "null";
            default -> throw new AssertionError("unexpected " + parser.currentToken());
        };
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asObject(final Object value) {
        return (Map<String, Object>) value;
    }

    public boolean has(final String member) {
        return members.containsKey(member);
    }

    public long number(final String member) {
        return (Long) required(member);
    }

    public String string(final String member) {
        return (String) required(member);
    }

    private Object required(final String member) {
        final Object value = members.get(member);
        if (value == null) {
            throw new AssertionError("no '" + member + "' in " + line);
        }
        return value;
    }

    /** A member that is an object or the first of an array's objects, as a frame of its own. */
    public Reply object(final String member) {
        return new Reply(line, asObject(required(member)));
    }

    /** A member that is an array of objects. */
    public List<Reply> objects(final String member) {
        return ((List<?>) required(member)).stream().map(object -> new Reply(line, asObject(object))).toList();
    }

    public List<?> array(final String member) {
        return (List<?>) required(member);
    }

    public List<Reply> messages() {
        return objects("messages");
    }

    public List<Long> ids() {
        return messages().stream().map(message -> message.number("message")).toList();
    }

    public List<String> texts() {
        return messages().stream().map(message -> message.string("text")).toList();
    }

    /** The payload, decoded. */
    public byte[] payload() {
        return Base64.getDecoder().decode(string("payload"));
    }

    public String payloadText() {
        return new String(payload(), StandardCharsets.UTF_8);
    }

    /** Whether it came without being asked for: a delivery, or the end of a consumer. */
    public boolean isPush() {
        return has("consumer") && !has("confirmation");
    }

    public boolean isConfirmed() {
        return string("confirmation").equals("Y");
    }

    /** The object behind {@code error}; fails if the request was not refused. */
    public Reply error() {
        if (isConfirmed()) {
            throw new AssertionError("not refused: " + line);
        }
        return object("error");
    }

    /** The refusal's code. */
    public String code() {
        return error().string("code");
    }

    @Override
    public String toString() {
        return line;
    }
}
