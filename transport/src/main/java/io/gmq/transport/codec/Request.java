package io.gmq.transport.codec;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.Durability;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.PublishCommand;
import io.gmq.engine.api.RefusalCode;
import io.gmq.engine.api.SettleCommand;
import io.gmq.engine.api.TakeCommand;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/**
 * One request, member by member: reads each value into a field as it comes, whichever operation it will turn out to belong
 * to, and notes the first thing that is wrong. Reads on to the end of the frame all the same, since a refusal repeats the
 * request's id, and since what is no JSON at all is refused as that.
 *
 * <p>The steps of an atomic request are read into the same fields, one after the other; who reads the request hears of each.
 * Of the request itself only what it can have beside its steps is still there when they have been read.
 *
 * <p>Reused from frame to frame; belongs to one selector's thread.
 */
final class Request {
    private static final long ID_MAX = (1L << 53) - 1;
    private static final long ANY_MAX = ValueReader.ANY_MAX;
    private static final long ALL_MEMBERS = -1;
    private static final long AUTH_MEMBERS = Member.USER.bit() | Member.PASSWORD.bit();
    /** Of a frequent request: cleared before each frame, while the others are cleared only when they were given. */
    private static final long FREQUENT_MEMBERS = Member.OPERATION.bit() | Member.ID.bit() | Member.QUEUE.bit() | Member.PAYLOAD.bit()
        | Member.TEXT.bit() | Member.DURABILITY.bit();
    private static final long MESSAGE_MEMBERS = Member.PAYLOAD.bit() | Member.TEXT.bit() | Member.PRIORITY.bit() | Member.DELAY_MS.bit()
        | Member.TTL_MS.bit() | Member.HEADERS.bit();
    private static final long STEP_MEMBERS = ~(Member.ID.bit() | Member.STEPS.bit() | Member.CONFIRM.bit());
    private static final Words LEVELS = Words.of(Stream.of(Durability.values()).map(Durability::level).toArray(String[]::new));
    private static final Words STATES = Words.of(Stream.of(MessageState.values()).map(MessageState::word).toArray(String[]::new));
    private static final Words AS = Words.of("payload", "text");
    private static final Words CONFIRM = Words.of("each", "last");

    final Refusal refusal = new Refusal();
    final CommandScratch scratch = new CommandScratch();
    final Name queue = new Name();
    final Name topic = new Name();
    final Name producer = new Name();
    final Name reason = new Name();
    final Name prefix = new Name();
    final Name after = new Name();
    final long[] ids = new long[Limits.BATCH_MAX];
    final Credentials credentials = new Credentials();
    final SettingsReader settings;

    Operation operation;
    /** Bits of the members given. At first all, so that all are cleared. */
    long seen = ALL_MEMBERS;
    long id;
    int idCount;
    boolean isIdList;
    int payloadLength;
    int priority;
    long delayMs;
    long ttlMs;
    long sequence;
    boolean isQuiet;
    Durability durability;
    int max;
    long waitMs;
    long leaseMs;
    boolean isText;
    boolean isDetailed;
    boolean isKept;
    long message;
    int attempt;
    long from;
    long to;
    MessageState state;
    int credit;
    long consumer;
    boolean isIfEmpty;
    /** The step that is being read, and how many there are when they have been. */
    int step;
    /** Names an operation that there is none of. */
    String unknownOperation;

    private int word;
    private final Runnable onStep;
    private final JsonReader reader = new JsonReader();
    private final ValueReader values = new ValueReader(reader, refusal);
    private final HeadersReader headers = new HeadersReader(reader, refusal);

    /** @param onStep told when a step has been read into the fields here. */
    Request(final Limits limits, final Runnable onStep) {
        this.onStep = onStep;
        settings = new SettingsReader(reader, values, limits);
    }

    boolean has(final Member member) {
        return (seen & member.bit()) != 0;
    }

    /** Reads a frame; {@link #refusal} says whether it was a good one. */
    void read(final byte[] in, final int frameFrom, final int frameTo) {
        clear(frameTo - frameFrom);
        if (!Swar.isAscii(in, frameFrom, frameTo) && !Utf8.isValid(in, frameFrom, frameTo)) {
            badJson("the frame is not UTF-8");
            return;
        }
        reader.wrap(in, frameFrom, frameTo);
        readFrame();
        if (reader.hasFailed()) {
            badJson("the frame is not a JSON object (one object a line)");
        } else if (unknownOperation != null) {
            refuseUnknownOperation();
        }
    }

    private void refuseUnknownOperation() {
        final String nearest = Nearest.of(unknownOperation, Stream.of(Operation.values()).map(Operation::word));
        refusal.replace(RefusalCode.UNKNOWN_OPERATION, Member.OPERATION.word(), "there is no operation '" + unknownOperation + "'"
            + (nearest == null ? "" : "; did you mean '" + nearest + "'?"));
    }

    /** Forgets the request before, and makes room for a frame of so many bytes. */
    void clear(final int frameLength) {
        refusal.clear();
        scratch.reset(frameLength);
        values.reserve(frameLength);
        id = CommandHeader.NO_CORRELATION;
        step = 0;
        clearMembers();
    }

    private void clearMembers() {
        final long toClear = seen;
        operation = null;
        unknownOperation = null;
        seen = 0;
        queue.clear();
        payloadLength = 0;
        durability = null;
        // these two are changed by the decoder too
        isQuiet = false;
        leaseMs = TakeCommand.DEFAULT_LEASE;
        if ((toClear & ~FREQUENT_MEMBERS) != 0) {
            clearOthers();
        }
    }

    /** What most requests do not have. */
    private void clearOthers() {
        topic.clear();
        producer.clear();
        reason.clear();
        prefix.clear();
        after.clear();
        settings.clear();
        credentials.clear();
        idCount = 0;
        isIdList = false;
        priority = Limits.PRIORITY_DEFAULT;
        delayMs = 0;
        ttlMs = PublishCommand.QUEUE_TTL;
        sequence = 0;
        max = 0;
        waitMs = 0;
        isText = false;
        isDetailed = false;
        isKept = false;
        message = 0;
        attempt = SettleCommand.ANY_ATTEMPT;
        from = 0;
        to = 0;
        state = MessageState.READY;
        credit = 0;
        consumer = 0;
        isIfEmpty = false;
    }

    private void badJson(final String text) {
        operation = null;
        id = CommandHeader.NO_CORRELATION;
        refusal.replace(RefusalCode.BAD_JSON, "", text);
    }

    private void readFrame() {
        reader.skipSpace();
        reader.require('{');
        readMembers(ALL_MEMBERS);
        reader.skipSpace();
        if (reader.at() < reader.to()) {
            reader.fail();
        }
    }

    /** Reads the members of an object, of which only some may stand there, from behind its opening brace on. */
    private void readMembers(final long allowed) {
        reader.skipSpace();
        if (reader.skip('}')) {
            return;
        }
        do {
            final Member member = readName();
            if (reader.hasFailed()) {
                return;
            }
            if (member == null) {
                reader.skipValue();
            } else if ((allowed & member.bit()) == 0) {
                values.wrong(member, "does not belong here");
                reader.skipValue();
            } else if ((seen & member.bit()) != 0) {
                values.wrong(member, "is given twice");
                reader.skipValue();
            } else {
                seen |= member.bit();
                readValue(member);
            }
            reader.skipSpace();
        } while (!reader.hasFailed() && reader.skip(','));
        reader.require('}');
    }

    /** Reads a member's name, its colon and the space around; {@code null} if there is no such member. */
    private Member readName() {
        reader.skipSpace();
        final int nameFrom = reader.at() + 1;
        final int plainTo = reader.skipPlainString();
        final int escapedTo = plainTo < 0 ? reader.readString(values.scratch, 0) : -1;
        reader.skipSpace();
        reader.require(':');
        reader.skipSpace();
        if (reader.hasFailed()) {
            return null;
        }
        final byte[] in = plainTo < 0 ? values.scratch : reader.bytes();
        final int start = plainTo < 0 ? 0 : nameFrom;
        final int end = plainTo < 0 ? escapedTo : plainTo;
        final Member member = end < 0 ? null : Member.find(in, start, end);
        if (member == null) {
            refuseUnknown(in, start, end);
        }
        return member;
    }

    private void refuseUnknown(final byte[] in, final int start, final int end) {
        if (refusal.isSet()) {
            return;
        }
        final String name = end < 0 ? "?" : new String(in, start, end - start, StandardCharsets.UTF_8);
        final Operation known = operation;
        final String nearest = Nearest.of(name, Stream.of(Member.values()).filter(m -> known == null || known.allows(m)).map(Member::word));
        refusal.set(RefusalCode.BAD_REQUEST, name,
            "'" + name + "' is not a member of this operation" + (nearest == null ? "" : "; did you mean '" + nearest + "'?"));
    }

    private void readValue(final Member member) {
        final int start = reader.at();
        final boolean isGood = switch (member) {
            case OPERATION -> readOperation();
            case ID -> readInteger(member, 0, ID_MAX) && set(id = reader.number());
            case QUEUE -> values.readName(member, queue, 1);
            case TOPIC -> values.readName(member, topic, 1);
            case PRODUCER -> values.readName(member, producer, 1);
            case PREFIX -> values.readName(member, prefix, 0);
            case AFTER -> values.readName(member, after, 0);
            case REASON -> values.readText(member, reason, 0);
            case PAYLOAD -> readPayload(member);
            case TEXT -> readText(member);
            case MESSAGES -> readMessages(member);
            case HEADERS -> headers.read(scratch);
            case PRIORITY -> readInteger(member, 0, Limits.PRIORITY_MAX) && set(priority = (int) reader.number());
            case DELAY_MS -> readInteger(member, 0, Limits.DURATION_MS_MAX) && set(delayMs = reader.number());
            case TTL_MS -> readInteger(member, 0, Limits.DURATION_MS_MAX) && set(ttlMs = reader.number());
            case WAIT_MS -> readInteger(member, 0, Limits.DURATION_MS_MAX) && set(waitMs = reader.number());
            case LEASE_MS -> readInteger(member, 0, Limits.DURATION_MS_MAX) && set(leaseMs = reader.number());
            case SEQUENCE -> readInteger(member, 0, ANY_MAX) && set(sequence = reader.number());
            case MAX -> readInteger(member, 1, Limits.BATCH_MAX) && set(max = (int) reader.number());
            case MESSAGE -> readInteger(member, 0, ANY_MAX) && set(message = reader.number());
            case ATTEMPT -> readInteger(member, 1, Integer.MAX_VALUE) && set(attempt = (int) reader.number());
            case FROM -> readInteger(member, 0, ANY_MAX) && set(from = reader.number());
            case TO -> readInteger(member, 0, ANY_MAX) && set(to = reader.number());
            case CREDIT -> readInteger(member, 1, Limits.CREDIT_MAX) && set(credit = (int) reader.number());
            case CONSUMER -> readInteger(member, 0, ANY_MAX) && set(consumer = reader.number());
            case VERSION -> readVersion();
            case DURABILITY -> readWord(member, LEVELS) && set((durability = Durability.of((byte) word)).code());
            case STATE -> readWord(member, STATES) && set((state = MessageState.of((byte) word)).code());
            case AS -> readWord(member, AS) && set((isText = word == 1) ? 1 : 0);
            case CONFIRM -> readWord(member, CONFIRM) && set((isQuiet = word == 1) ? 1 : 0);
            case DETAILS -> values.readBoolean(member) && set((isDetailed = values.isTrue) ? 1 : 0);
            case KEEP -> values.readBoolean(member) && set((isKept = values.isTrue) ? 1 : 0);
            case IF_EMPTY -> values.readBoolean(member) && set((isIfEmpty = values.isTrue) ? 1 : 0);
            case CAPACITY, MAX_MESSAGE_LENGTH, MAX_ATTEMPTS, DEAD_LETTER, ON_FULL, PAUSED -> settings.read(member);
            case STEPS -> readSteps(member);
            case NAME -> values.readString(member) >= 0;
            case USER, PASSWORD -> readCredential(member);
            case AUTH -> readAuth();
            case CONFIRMATION, ERROR -> ignoreValue();
        };
        if (!isGood) {
            reader.at(start);
            reader.skipValue();
        }
    }

    private static boolean set(final long ignored) {
        return true;
    }

    private boolean readInteger(final Member member, final long least, final long most) {
        return values.readInteger(member, least, most);
    }

    private boolean readWord(final Member member, final Words words) {
        word = values.readWord(member, words);
        return word >= 0;
    }

    private boolean ignoreValue() {
        reader.skipValue();
        return true;
    }

    private boolean readOperation() {
        final int length = values.readString(Member.OPERATION);
        if (length < 0) {
            return false;
        }
        operation = Operation.find(values.bytes, values.from, values.from + length);
        if (operation == null) {
            unknownOperation = new String(values.bytes, values.from, length, StandardCharsets.UTF_8);
        }
        return true;
    }

    private boolean readVersion() {
        if (!readInteger(Member.VERSION, 0, ANY_MAX)) {
            return false;
        }
        return reader.number() == 1 || values.wrong(Member.VERSION, "is " + reader.number() + "; this broker speaks version 1");
    }

    private boolean readAuth() {
        if (!reader.skip('{')) {
            return values.wrong(Member.AUTH, "must be an object with user and password");
        }
        final boolean isFirst = !refusal.isSet();
        final long seenOutside = seen;
        seen = 0;
        readMembers(AUTH_MEMBERS);
        seen = seenOutside;
        if (isFirst && refusal.isSet()) {
            // Not by the name of what is wrong in there: it may be a secret in the wrong place.
            refusal.replace(RefusalCode.BAD_REQUEST, Member.AUTH.word(), "'auth' must hold user and password, both strings");
        }
        return true;
    }

    private boolean readCredential(final Member member) {
        final int length = values.readString(member);
        if (length >= 0) {
            credentials.set(member, values.bytes, values.from, length);
        }
        return length >= 0;
    }

    private boolean readPayload(final Member member) {
        if (reader.peek() != '"') {
            return values.wrong(member, "must be a string of base64");
        }
        final int start = reader.at() + 1;
        int length = Base64Codec.decode(reader.bytes(), start, reader.to(), scratch.bytes(), scratch.payloadFrom());
        if (length >= 0) {
            reader.at(start + Base64Codec.encodedLength(length) + 1);
        } else {
            final int end = values.readString(member);
            if (end < 0) {
                return false;
            }
            if (values.bytes == values.scratch) {
                // some encoders escape the slash, which is a character of base64
                length = Base64Codec.decode(values.quoted(end), 0, end + 1, scratch.bytes(), scratch.payloadFrom());
            }
            if (length < 0) {
                final int offset = -1 - length;
                refusal.set(RefusalCode.BAD_PAYLOAD, member.word(),
                    "'payload' is not canonical base64 at character " + offset + " (RFC 4648 section 4, padded)", -1, offset);
                return false;
            }
        }
        payloadLength = length;
        scratch.payloadTo(scratch.payloadFrom() + length);
        return true;
    }

    private boolean readText(final Member member) {
        if (reader.peek() != '"') {
            return values.wrong(member, "must be a string");
        }
        final int end = reader.readString(scratch.bytes(), scratch.payloadFrom());
        if (end < 0) {
            return !reader.hasFailed() && values.wrong(member, reader.problem());
        }
        scratch.payloadTo(end);
        return true;
    }

    /** Ids or messages, as the first element says; which of the two is right is known only with the operation. */
    private boolean readMessages(final Member member) {
        if (!beginArray(member, Limits.BATCH_MAX)) {
            return false;
        }
        isIdList = reader.peek() != '{';
        int count = 0;
        do {
            reader.skipSpace();
            if (count == Limits.BATCH_MAX) {
                return values.wrong(member, "holds more than " + Limits.BATCH_MAX);
            }
            if (isIdList) {
                if (!readInteger(member, 0, ANY_MAX)) {
                    return false;
                }
                ids[count] = reader.number();
            } else if (!readMessage()) {
                return false;
            }
            count++;
            reader.skipSpace();
        } while (reader.skip(','));
        reader.require(']');
        idCount = isIdList ? count : 0;
        return true;
    }

    /** Steps over the opening bracket of an array that must not be empty. */
    private boolean beginArray(final Member member, final int most) {
        if (!reader.skip('[')) {
            return values.wrong(member, "must be an array");
        }
        reader.skipSpace();
        return !reader.skip(']') || values.wrong(member, "is empty, must hold 1 to " + most);
    }

    /** One message of a batch. Members are those of a publish; what stood at the top is set aside meanwhile. */
    private boolean readMessage() {
        if (!reader.skip('{')) {
            return values.wrong(Member.MESSAGES, "must be an array of objects");
        }
        final long seenOutside = seen;
        final int priorityOutside = priority;
        final long delayOutside = delayMs;
        final long ttlOutside = ttlMs;
        seen = 0;
        priority = Limits.PRIORITY_DEFAULT;
        delayMs = 0;
        ttlMs = PublishCommand.QUEUE_TTL;
        readMembers(MESSAGE_MEMBERS);
        if (has(Member.PAYLOAD) == has(Member.TEXT)) {
            refusal.set(RefusalCode.BAD_REQUEST, Member.MESSAGES, "each message must have either 'payload' or 'text'");
        }
        if (!refusal.isSet()) {
            scratch.endMessage(priority, delayMs, ttlMs);
        }
        seen = seenOutside;
        priority = priorityOutside;
        delayMs = delayOutside;
        ttlMs = ttlOutside;
        return true;
    }

    private boolean readSteps(final Member member) {
        if (!beginArray(member, Limits.STEPS_MAX)) {
            return false;
        }
        final long seenOutside = seen;
        final Operation operationOutside = operation;
        final String unknownOutside = unknownOperation;
        boolean isGood;
        step = 0;
        do {
            reader.skipSpace();
            isGood = step < Limits.STEPS_MAX ? readStep() : values.wrong(member, "holds more than " + Limits.STEPS_MAX);
            reader.skipSpace();
        } while (isGood && reader.skip(','));
        clearMembers();
        seen = seenOutside;
        operation = operationOutside;
        unknownOperation = unknownOutside;
        if (isGood) {
            reader.require(']');
        }
        return isGood;
    }

    private boolean readStep() {
        final boolean isFirstFault = !refusal.isSet();
        clearMembers();
        scratch.beginCommand();
        final boolean isObject = reader.skip('{') || values.wrong(Member.STEPS, "must be an array of objects");
        if (isObject) {
            readMembers(STEP_MEMBERS);
        }
        if (isObject && isFirstFault && !reader.hasFailed()) {
            if (unknownOperation != null) {
                refuseUnknownOperation();
            } else {
                onStep.run();
            }
        }
        if (isFirstFault && refusal.isSet()) {
            refusal.inStep(step);
        }
        step++;
        return isObject;
    }
}
