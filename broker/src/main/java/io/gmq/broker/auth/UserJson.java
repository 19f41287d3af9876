package io.gmq.broker.auth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A user as one line of JSON. What is not there is not given; what is not known is refused, since it may be a right that was
 * misspelt. The parser's own messages are not passed on: they quote what they stumble over, and that may be a hash.
 */
final class UserJson {
    private static final String USER = "user";
    private static final String PASSWORD = "password";
    private static final String PUBLISH = "publish";
    private static final String CONSUME = "consume";
    private static final String CONFIGURE = "configure";
    private static final String ADMIN = "admin";
    private static final String RATE = "rate";
    private static final JsonFactory JSON = new JsonFactory();

    private String name;
    private String hash;
    private List<String> publish = List.of();
    private List<String> consume = List.of();
    private List<String> configure = List.of();
    private boolean isAdmin;
    private long rate;

    private UserJson() {
    }

    /** @throws UsersException if the line is no user. */
    static User read(final String line) {
        try (JsonParser parser = JSON.createParser(line)) {
            return new UserJson().read(parser);
        } catch (final JsonProcessingException e) {
            throw new UsersException("this is no JSON object of a user");
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private User read(final JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new UsersException("this is no JSON object of a user");
        }
        final Set<String> seen = new HashSet<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            final String member = parser.currentName();
            if (!seen.add(member)) {
                throw new UsersException("'" + Shown.text(member) + "' is given twice");
            }
            parser.nextToken();
            readMember(member, parser);
        }
        if (parser.nextToken() != null) {
            throw new UsersException("there is more behind the user; one line has one");
        }
        if (name == null) {
            throw new UsersException("'user' is missing");
        }
        return new User(name, hash, publish, consume, configure, isAdmin, rate);
    }

    private void readMember(final String member, final JsonParser parser) throws IOException {
        switch (member) {
            case USER -> name = text(member, parser);
            case PASSWORD -> hash = text(member, parser);
            case PUBLISH -> publish = texts(member, parser);
            case CONSUME -> consume = texts(member, parser);
            case CONFIGURE -> configure = texts(member, parser);
            case ADMIN -> isAdmin = truth(member, parser);
            case RATE -> rate = number(member, parser);
            default -> throw new UsersException("'" + Shown.text(member) + "' is unknown; there are user, password, publish, consume, configure, admin, rate");
        }
    }

    private static String text(final String member, final JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new UsersException("'" + member + "' must be a text");
        }
        return parser.getText();
    }

    private static List<String> texts(final String member, final JsonParser parser) throws IOException {
        final List<String> texts = new ArrayList<>();
        boolean isGood = parser.currentToken() == JsonToken.START_ARRAY;
        while (isGood && parser.nextToken() != JsonToken.END_ARRAY) {
            isGood = parser.currentToken() == JsonToken.VALUE_STRING;
            texts.add(parser.getText());
        }
        if (!isGood) {
            throw new UsersException("'" + member + "' must be an array of patterns, like [\"orders.>\"]");
        }
        return texts;
    }

    private static boolean truth(final String member, final JsonParser parser) {
        if (parser.currentToken() != JsonToken.VALUE_TRUE && parser.currentToken() != JsonToken.VALUE_FALSE) {
            throw new UsersException("'" + member + "' must be true or false");
        }
        return parser.currentToken() == JsonToken.VALUE_TRUE;
    }

    private static long number(final String member, final JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw new UsersException("'" + member + "' must be a whole number, 0 to " + User.RATE_MAX);
        }
        return parser.getLongValue();
    }

    /** One line, without its end; what is not given is left out. */
    static String write(final User user) {
        final StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField(USER, user.name());
            if (user.hash() != null) {
                json.writeStringField(PASSWORD, user.hash());
            }
            write(json, PUBLISH, user.publish());
            write(json, CONSUME, user.consume());
            write(json, CONFIGURE, user.configure());
            if (user.isAdmin()) {
                json.writeBooleanField(ADMIN, true);
            }
            if (user.rate() > 0) {
                json.writeNumberField(RATE, user.rate());
            }
            json.writeEndObject();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString();
    }

    private static void write(final JsonGenerator json, final String member, final List<String> patterns) throws IOException {
        if (!patterns.isEmpty()) {
            json.writeArrayFieldStart(member);
            for (final String pattern : patterns) {
                json.writeString(pattern);
            }
            json.writeEndArray();
        }
    }
}
