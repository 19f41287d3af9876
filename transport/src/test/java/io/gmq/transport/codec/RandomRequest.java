package io.gmq.transport.codec;

import io.gmq.engine.api.Limits;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.Presentation;
import io.gmq.engine.api.QueueCommand;
import io.gmq.engine.api.SettleCommand;
import io.gmq.engine.api.TakeCommand;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * A good request made up at random, as JSON and as what is meant by it (in the form of {@link CommandText}): its members in any
 * order, with white space and escapes where JSON allows them. The default level of the broker is {@code written}, the highest
 * {@code synced}.
 */
final class RandomRequest {
    private static final String[] SPACES = {"", "", "", " ", "\t", "  \r"};
    private static final String[] LEVELS = {"memory", "written", "synced"};
    private static final String DEFAULT_LEVEL = "written";
    private static final String ALPHABET = "aZ09-_ .\"\\/\u00e9\u20ac\uD83D\uDE00\u00a0";

    private final Random random;
    private final List<String> members = new ArrayList<>();
    private String id = "-1";
    private String level;
    private int presentation;
    private String meaning;

    private RandomRequest(final Random random) {
        this.random = random;
    }

    /** @param json a whole request, without an LF; @param meaning as {@link CommandText} writes it. */
    record Made(String json, String meaning) {
    }

    static Made of(final Operation operation, final Random random) {
        final RandomRequest request = new RandomRequest(random);
        if (random.nextBoolean()) {
            request.id = Long.toString(random.nextBoolean() ? random.nextInt(10) : random.nextLong() & (1L << 53) - 1);
            request.member("id", request.id);
        }
        return request.made(operation);
    }

    private Made made(final Operation operation) {
        member("operation", string(operation.word()));
        fill(operation);
        return new Made(object(members), type(operation) + " id=" + id + " level=" + level + CommandText.presentation(presentation) + meaning);
    }

    private static String type(final Operation operation) {
        return switch (operation) {
            case P -> "publish";
            case S -> "take";
            case L -> "length";
            default -> operation.word();
        };
    }

    private void member(final String name, final String value) {
        members.add(string(name) + space() + ':' + space() + value);
    }

    private String space() {
        return SPACES[random.nextInt(SPACES.length)];
    }

    private String object(final List<String> its) {
        Collections.shuffle(its, random);
        final StringBuilder text = new StringBuilder(space() + '{' + space());
        for (int i = 0; i < its.size(); i++) {
            text.append(i == 0 ? "" : space() + ',' + space()).append(its.get(i));
        }
        return text + space() + '}' + space();
    }

    private String array(final int count, final Supplier<String> element) {
        final StringBuilder text = new StringBuilder("[" + space());
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : space() + ',' + space()).append(element.get());
        }
        return text + space() + ']';
    }

    /** A text as JSON, some of it escaped though it need not be. */
    private String string(final String text) {
        final StringBuilder json = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\' || c < ' ' || random.nextInt(40) == 0) {
                new String(Character.toChars(c)).chars().forEach(unit -> json.append(String.format("\\u%04x", unit)));
            } else if (c != '/' || random.nextBoolean()) {
                json.appendCodePoint(c);
            } else {
                json.append("\\/");
            }
        });
        return json.append('"').toString();
    }

    private String name() {
        final StringBuilder name = new StringBuilder();
        final int length = 1 + random.nextInt(random.nextInt(10) == 0 ? 50 : 6);
        for (int i = 0; i < length; i++) {
            name.appendCodePoint(ALPHABET.codePointAt(ALPHABET.offsetByCodePoints(0, random.nextInt(ALPHABET.codePointCount(0, ALPHABET.length())))));
        }
        return name.toString();
    }

    private String named(final String member) {
        final String name = name();
        member(member, string(name));
        return name;
    }

    private boolean flag(final String member) {
        final int choice = random.nextInt(3);
        if (choice > 0) {
            member(member, choice == 1 ? "true" : "false");
        }
        return choice == 1;
    }

    /** A number between two bounds, or none, in which case the meaning is another. */
    private long number(final String member, final long least, final long most, final long absent) {
        if (random.nextBoolean()) {
            return absent;
        }
        return given(member, least, most);
    }

    private long given(final String member, final long least, final long most) {
        final long value = switch (random.nextInt(4)) {
            case 0 -> least;
            case 1 -> most;
            default -> least + Math.floorMod(random.nextLong(), Math.max(1, Math.min(most - least, Long.MAX_VALUE - 1)));
        };
        member(member, Long.toString(value));
        return value;
    }

    private String level(final String absent) {
        if (random.nextBoolean()) {
            return absent;
        }
        presentation |= Presentation.NAMED_LEVEL;
        final String named = LEVELS[random.nextInt(LEVELS.length)];
        member("durability", string(named));
        return named;
    }

    private int as() {
        final int choice = random.nextInt(3);
        if (choice > 0) {
            member("as", string(choice == 1 ? "payload" : "text"));
        }
        presentation |= choice == 2 ? Presentation.TEXT : 0;
        presentation |= flag("details") ? Presentation.DETAILS : 0;
        return choice == 2 ? 18 : 4;
    }

    private void fill(final Operation operation) {
        level = "memory";
        switch (operation) {
            case PUBLISH, P -> publish(operation, true);
            case TAKE -> take();
            case S -> meaning = " queue=" + named("queue") + " max=1 wait=0 lease=0 keep=false expansion=" + shortTake();
            case ACK, NACK, EXTEND, PARK -> settle(operation);
            case KICK -> {
                level = DEFAULT_LEVEL;
                meaning = " queue=" + named("queue") + " argument=" + number("max", 1, 1000, 1);
            }
            case PEEK -> peek();
            case ATOMIC -> atomic();
            case CONSUME -> consume();
            case MORE_CREDIT -> meaning = " consumer=" + given("consumer", 0, Long.MAX_VALUE) + " credit=" + given("credit", 1, Limits.CREDIT_MAX);
            case CANCEL -> meaning = " consumer=" + given("consumer", 0, Long.MAX_VALUE) + " credit=0";
            case BIND, UNBIND -> {
                level = DEFAULT_LEVEL;
                meaning = " topic=" + topic(true) + " queue=" + named("queue");
            }
            case CONFIGURE -> configure();
            case DESCRIBE, LENGTH, L -> meaning = " queue=" + named("queue") + " argument=0";
            case QUEUES -> queues();
            case PURGE -> purge();
            case DELETE -> {
                level = DEFAULT_LEVEL;
                meaning = " queue=" + named("queue") + " argument=" + (flag("if_empty") ? QueueCommand.IF_EMPTY : 0);
            }
            case HELLO -> {
                member("version", "1");
                meaning = "";
            }
            case PING -> meaning = "";
        }
    }

    private String topic(final boolean isBinding) {
        final StringBuilder topic = new StringBuilder();
        final int words = 1 + random.nextInt(4);
        for (int i = 0; i < words; i++) {
            final int kind = isBinding ? random.nextInt(4) : 3;
            topic.append(i == 0 ? "" : ".").append(kind == 0 ? "*" : kind == 1 && i == words - 1 ? ">" : "w" + name().replace('.', '>'));
        }
        member("topic", string(topic.toString()));
        return topic.toString();
    }

    private void publish(final Operation operation, final boolean mayConfirm) {
        meaning = operation == Operation.PUBLISH && random.nextBoolean() ? " topic=" + topic(false) : " queue=" + named("queue");
        presentation |= meaning.startsWith(" topic") ? Presentation.BATCH : 0;
        if (random.nextBoolean()) {
            meaning += " producer=" + named("producer") + '/' + given("sequence", 0, Long.MAX_VALUE);
        }
        if (mayConfirm && random.nextBoolean()) {
            final boolean isQuiet = random.nextBoolean();
            member("confirm", string(isQuiet ? "last" : "each"));
            presentation |= isQuiet ? Presentation.QUIET : 0;
        }
        level = level(DEFAULT_LEVEL);
        if (random.nextBoolean()) {
            final StringBuilder batch = new StringBuilder();
            member("messages", array(1 + random.nextInt(4), () -> {
                final RandomRequest message = new RandomRequest(random);
                batch.append(message.message());
                return message.object(message.members);
            }));
            meaning += batch;
            presentation |= Presentation.BATCH;
        } else {
            meaning += message();
        }
    }

    /** The members of one message; what they mean. */
    private String message() {
        final byte[] bytes;
        if (random.nextBoolean()) {
            final String text = random.nextInt(4) == 0 ? "" : name() + "\n\u0000";
            bytes = text.getBytes(StandardCharsets.UTF_8);
            member("text", string(text));
        } else {
            bytes = new byte[random.nextInt(20)];
            random.nextBytes(bytes);
            member("payload", string(Base64.getEncoder().encodeToString(bytes)));
        }
        final StringBuilder text = new StringBuilder(" [" + HexFormat.of().formatHex(bytes) + " p" + number("priority", 0, 9, 4) + " d"
            + number("delay_ms", 0, Limits.DURATION_MS_MAX, 0) + " t" + number("ttl_ms", 0, Limits.DURATION_MS_MAX, -1));
        if (random.nextInt(3) == 0) {
            final StringBuilder headers = new StringBuilder();
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                final String name = i + name();
                final String value = random.nextInt(4) == 0 ? "" : name();
                headers.append(i == 0 ? "" : ",").append(string(name)).append(space()).append(':').append(string(value));
                text.append(' ').append(name).append(' ').append(value);
            }
            member("headers", "{" + headers + space() + "}");
        }
        return text + "]";
    }

    private void take() {
        meaning = " queue=" + named("queue") + " max=" + number("max", 1, 1000, 1) + " wait=" + number("wait_ms", 0, Limits.DURATION_MS_MAX, 0);
        final boolean isSettled = random.nextInt(3) == 0;
        if (isSettled) {
            member("lease_ms", "0");
            level = level(DEFAULT_LEVEL);
            meaning += " lease=0 keep=false";
        } else {
            level = "written";
            meaning += " lease=" + number("lease_ms", 1, Limits.DURATION_MS_MAX, TakeCommand.DEFAULT_LEASE) + " keep=" + flag("keep");
        }
        meaning += " expansion=" + as();
    }

    private int shortTake() {
        presentation |= Presentation.SINGLE;
        level = level(DEFAULT_LEVEL);
        return as();
    }

    private void settle(final Operation operation) {
        level = level(DEFAULT_LEVEL);
        final String queue = named("queue");
        final String reason = operation == Operation.PARK && random.nextBoolean() ? named("reason") : "";
        final long duration = operation == Operation.EXTEND ? number("lease_ms", 1, Limits.DURATION_MS_MAX, TakeCommand.DEFAULT_LEASE)
            : operation == Operation.NACK ? number("delay_ms", 0, Limits.DURATION_MS_MAX, 0) : 0;
        final long priority = operation == Operation.NACK ? number("priority", 0, 9, SettleCommand.SAME_PRIORITY) : SettleCommand.SAME_PRIORITY;
        long attempt = SettleCommand.ANY_ATTEMPT;
        final int selection = random.nextInt(3);
        final StringBuilder ids = new StringBuilder();
        if (selection == SettleCommand.ONE) {
            attempt = number("attempt", 1, Integer.MAX_VALUE, SettleCommand.ANY_ATTEMPT);
            ids.append(' ').append(given("message", 0, Long.MAX_VALUE));
        } else if (selection == SettleCommand.LIST) {
            member("messages", array(1 + random.nextInt(5), () -> {
                final String id = Long.toString(random.nextLong() >>> 1 + random.nextInt(63));
                ids.append(' ').append(id);
                return id;
            }));
        } else {
            final long from = given("from", 0, Long.MAX_VALUE);
            ids.append(' ').append(from).append(' ').append(given("to", from, Long.MAX_VALUE));
        }
        meaning = " queue=" + queue + " reason=" + reason + " duration=" + duration + " attempt=" + attempt + " priority=" + priority + " selection="
            + selection + ids;
    }

    private void peek() {
        final MessageState state = MessageState.values()[random.nextInt(MessageState.values().length)];
        final boolean isGiven = random.nextBoolean();
        if (isGiven) {
            member("state", string(state.word()));
        }
        meaning = " queue=" + named("queue") + " max=" + number("max", 1, 1000, 1) + " state=" + (isGiven ? state.word() : "ready") + " expansion="
            + as();
    }

    private void purge() {
        level = DEFAULT_LEVEL;
        final MessageState state = MessageState.values()[random.nextInt(MessageState.values().length)];
        final boolean isGiven = random.nextBoolean();
        if (isGiven) {
            member("state", string(state.word()));
        }
        meaning = " queue=" + named("queue") + " argument=" + (isGiven ? state.bit() : MessageState.ALL_BUT_LEASED);
    }

    private void atomic() {
        final Operation[] operations = {Operation.PUBLISH, Operation.ACK, Operation.NACK, Operation.PARK};
        final StringBuilder steps = new StringBuilder();
        final int[] highest = {0};
        member("steps", array(1 + random.nextInt(random.nextInt(20) == 0 ? 100 : 4), () -> {
            final RandomRequest step = new RandomRequest(random);
            final Operation operation = operations[random.nextInt(operations.length)];
            step.member("operation", step.string(operation.word()));
            if (operation == Operation.PUBLISH) {
                step.publish(operation, false);
            } else {
                step.settle(operation);
            }
            highest[0] = Math.max(highest[0], List.of(LEVELS).indexOf(step.level));
            steps.append(" {").append(operation.word()).append(" id=-1 level=").append(step.level).append(CommandText.presentation(step.presentation))
                .append(step.meaning).append('}');
            return step.object(step.members);
        }));
        level = LEVELS[highest[0]];
        meaning = steps.toString();
    }

    private void consume() {
        meaning = " queue=" + named("queue") + " credit=" + given("credit", 1, Limits.CREDIT_MAX);
        if (random.nextInt(3) == 0) {
            member("lease_ms", "0");
            level = DEFAULT_LEVEL;
            meaning += " lease=0 keep=false";
        } else {
            level = "written";
            meaning += " lease=" + number("lease_ms", 1, Limits.DURATION_MS_MAX, TakeCommand.DEFAULT_LEASE) + " keep=" + flag("keep");
        }
        meaning += " expansion=" + as();
    }

    private void configure() {
        level = DEFAULT_LEVEL;
        meaning = " queue=" + named("queue");
        setting("capacity", 1, CodecKit.LIMITS.maxQueueCapacity());
        setting("max_message_length", 1, CodecKit.LIMITS.maxMessageLength());
        setting("lease_ms", 1, Limits.DURATION_MS_MAX);
        setting("max_attempts", 0, Limits.MAX_ATTEMPTS_MAX);
        setting("ttl_ms", 0, Limits.DURATION_MS_MAX);
        if (random.nextBoolean()) {
            final boolean isReject = random.nextBoolean();
            member("on_full", string(isReject ? "reject" : "drop_oldest"));
            meaning += " on_full=" + (isReject ? 0 : 1);
        }
        if (random.nextBoolean()) {
            final boolean isPaused = random.nextBoolean();
            member("paused", Boolean.toString(isPaused));
            meaning += " paused=" + (isPaused ? 1 : 0);
        }
        if (random.nextBoolean()) {
            final String deadLetter = random.nextBoolean() ? "" : "dead letters of " + name();
            member("dead_letter", string(deadLetter));
            meaning += " dead_letter=" + deadLetter;
        }
    }

    private void setting(final String member, final long least, final long most) {
        if (random.nextBoolean()) {
            meaning += " " + member + "=" + given(member, least, most);
        }
    }

    private void queues() {
        final String prefix = random.nextBoolean() ? named("prefix") : "";
        final String after = random.nextBoolean() ? named("after") : "";
        meaning = " prefix=" + prefix + " after=" + after + " max=" + number("max", 1, 1000, 100);
    }
}
