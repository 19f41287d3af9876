package io.gmq.transport.codec;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.Durability;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.PublishCommand;
import io.gmq.engine.api.RefusalCode;
import io.gmq.engine.api.SettleCommand;
import io.gmq.engine.api.TakeCommand;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * One request, member by member: reads each value into a field as it comes, whichever operation it will turn out to belong
 * to, and notes the first thing that is wrong. Reads on to the end of the frame all the same, since a refusal repeats the
 * request's id, and since what is no JSON at all is refused as that.
 *
 * <p>Reused from frame to frame; belongs to one selector's thread.
 */
final class Request {
    private static final long ID_MAX = (1L << 53) - 1;
    /** As for integers that bound nothing here. */
    private static final long ANY_MAX = Long.MAX_VALUE;
    private static final long ALL_MEMBERS = -1;
    private static final long AUTH_MEMBERS = Member.USER.bit() | Member.PASSWORD.bit();
    private static final long MESSAGE_MEMBERS =
        Member.PAYLOAD.bit() | Member.TEXT.bit() | Member.PRIORITY.bit() | Member.DELAY_MS.bit() | Member.HEADERS.bit();
    /** The words for levels, by their codes. */
    private static final byte[][] LEVELS =
        Stream.of(Durability.values()).map(level -> level.level().getBytes(StandardCharsets.US_ASCII)).toArray(byte[][]::new);

    final Refusal refusal = new Refusal();
    final MessageScratch messages = new MessageScratch();
    final byte[] queue = new byte[Limits.NAME_LENGTH_MAX];
    final byte[] prefix = new byte[Limits.NAME_LENGTH_MAX];
    final byte[] after = new byte[Limits.NAME_LENGTH_MAX];
    final long[] ids = new long[Limits.BATCH_MAX];

    Operation operation;
    /** Bits of the members given. */
    long seen;
    long id;
    int queueLength;
    int prefixLength;
    int afterLength;
    int idCount;
    boolean isIdList;
    int payloadLength;
    int priority;
    long delayMs;
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

    private final JsonReader reader = new JsonReader();
    private final HeadersReader headers = new HeadersReader(reader, refusal);
    private byte[] scratch = new byte[1024];
    private String unknownOperation;
    private boolean isTrue;
    private int nameLength;

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
            final String nearest = Nearest.of(unknownOperation, Stream.of(Operation.values()).map(Operation::word));
            refusal.replace(RefusalCode.UNKNOWN_OPERATION, Member.OPERATION.word(), "there is no operation '" + unknownOperation + "'"
                + (nearest == null ? "" : "; did you mean '" + nearest + "'?"));
        }
    }

    /** Forgets the request before, and makes room for a frame of so many bytes. */
    void clear(final int frameLength) {
        refusal.clear();
        messages.reset(frameLength);
        if (scratch.length < frameLength) {
            scratch = new byte[frameLength];
        }
        operation = null;
        unknownOperation = null;
        seen = 0;
        id = CommandHeader.NO_CORRELATION;
        queueLength = 0;
        prefixLength = 0;
        afterLength = 0;
        idCount = 0;
        isIdList = false;
        payloadLength = 0;
        priority = Limits.PRIORITY_DEFAULT;
        delayMs = 0;
        durability = null;
        max = 0;
        waitMs = 0;
        leaseMs = TakeCommand.DEFAULT_LEASE;
        isText = false;
        isDetailed = false;
        isKept = false;
        message = 0;
        attempt = SettleCommand.ANY_ATTEMPT;
        from = 0;
        to = 0;
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
                wrong(member, "does not belong here");
                reader.skipValue();
            } else if ((seen & member.bit()) != 0) {
                wrong(member, "is given twice");
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
        final int from = reader.at() + 1;
        final int plainTo = reader.skipPlainString();
        final int escapedTo = plainTo < 0 ? reader.readString(scratch, 0) : -1;
        reader.skipSpace();
        reader.require(':');
        reader.skipSpace();
        if (reader.hasFailed()) {
            return null;
        }
        final byte[] in = plainTo < 0 ? scratch : reader.bytes();
        final int start = plainTo < 0 ? 0 : from;
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
        final String name = end < 0 ? "?" : string(in, start, end);
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
            case QUEUE -> readNameValue(member, queue, 1) && set(queueLength = nameLength);
            case PREFIX -> readNameValue(member, prefix, 0) && set(prefixLength = nameLength);
            case AFTER -> readNameValue(member, after, 0) && set(afterLength = nameLength);
            case PAYLOAD -> readPayload(member);
            case TEXT -> readText(member);
            case MESSAGES -> readMessages(member);
            case HEADERS -> headers.read(messages);
            case PRIORITY -> readInteger(member, 0, Limits.PRIORITY_MAX) && set(priority = (int) reader.number());
            case DELAY_MS -> readInteger(member, 0, Limits.DURATION_MS_MAX) && set(delayMs = reader.number());
            case WAIT_MS -> readInteger(member, 0, Limits.DURATION_MS_MAX) && set(waitMs = reader.number());
            case LEASE_MS -> readInteger(member, 0, Limits.DURATION_MS_MAX) && set(leaseMs = reader.number());
            case MAX -> readInteger(member, 1, Limits.BATCH_MAX) && set(max = (int) reader.number());
            case MESSAGE -> readInteger(member, 0, ANY_MAX) && set(message = reader.number());
            case ATTEMPT -> readInteger(member, 1, Integer.MAX_VALUE) && set(attempt = (int) reader.number());
            case FROM -> readInteger(member, 0, ANY_MAX) && set(from = reader.number());
            case TO -> readInteger(member, 0, ANY_MAX) && set(to = reader.number());
            case VERSION -> readVersion();
            case DURABILITY -> readDurability();
            case AS -> readAs();
            case DETAILS -> readBoolean(member) && set((isDetailed = isTrue) ? 1 : 0);
            case KEEP -> readBoolean(member) && set((isKept = isTrue) ? 1 : 0);
            case NAME, USER, PASSWORD -> readIgnoredString(member);
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

    private boolean wrong(final Member member, final String what) {
        if (refusal.isSet()) {
            return false;
        }
        refusal.set(RefusalCode.BAD_REQUEST, member, "'" + member.word() + "' " + what);
        return false;
    }

    private boolean readInteger(final Member member, final long least, final long most) {
        final int next = reader.peek();
        if (next != '-' && (next < '0' || next > '9')) {
            return wrong(member, "must be a whole number");
        }
        if (!reader.readLong()) {
            return !reader.hasFailed() && wrong(member, reader.problem());
        }
        if (reader.number() < least || reader.number() > most) {
            return wrong(member, "is " + reader.number() + ", must be " + (most == ANY_MAX ? "at least " + least : least + " to " + most));
        }
        return true;
    }

    private boolean readBoolean(final Member member) {
        isTrue = reader.skipTrue();
        return isTrue || reader.skipFalse() || wrong(member, "must be true or false");
    }

    /** Reads a string into {@link #scratch}; its length, or -1 if there is none. */
    private int readShortString(final Member member) {
        if (reader.peek() != '"') {
            wrong(member, "must be a string");
            return -1;
        }
        final int end = reader.readString(scratch, 0);
        if (end < 0 && !reader.hasFailed()) {
            wrong(member, reader.problem());
        }
        return end;
    }

    private boolean readIgnoredString(final Member member) {
        return readShortString(member) >= 0;
    }

    private boolean ignoreValue() {
        reader.skipValue();
        return true;
    }

    /** Reads a name; {@link #nameLength} has its bytes. */
    private boolean readNameValue(final Member member, final byte[] out, final int least) {
        nameLength = readShortString(member);
        if (nameLength < 0) {
            return false;
        }
        if (nameLength < least || nameLength > Limits.NAME_LENGTH_MAX) {
            return wrong(member, "has " + nameLength + " bytes, must have " + least + " to " + Limits.NAME_LENGTH_MAX);
        }
        if (Utf8.hasControl(scratch, 0, nameLength)) {
            return wrong(member, "holds a control character");
        }
        System.arraycopy(scratch, 0, out, 0, nameLength);
        return true;
    }

    private boolean readOperation() {
        final int length = readShortString(Member.OPERATION);
        if (length < 0) {
            return false;
        }
        operation = Operation.find(scratch, 0, length);
        if (operation == null) {
            unknownOperation = string(scratch, 0, length);
        }
        return true;
    }

    private boolean readVersion() {
        if (!readInteger(Member.VERSION, 0, ANY_MAX)) {
            return false;
        }
        return reader.number() == 1 || wrong(Member.VERSION, "is " + reader.number() + "; this broker speaks version 1");
    }

    private boolean readDurability() {
        final int length = readShortString(Member.DURABILITY);
        if (length < 0) {
            return false;
        }
        durability = null;
        for (int i = 0; i < LEVELS.length; i++) {
            if (Arrays.equals(LEVELS[i], 0, LEVELS[i].length, scratch, 0, length)) {
                durability = Durability.of((byte) i);
            }
        }
        return durability != null || wrong(Member.DURABILITY, "must be memory, written, synced or replicated");
    }

    private boolean readAs() {
        final int length = readShortString(Member.AS);
        if (length < 0) {
            return false;
        }
        isText = Member.find(scratch, 0, length) == Member.TEXT;
        return isText || Member.find(scratch, 0, length) == Member.PAYLOAD || wrong(Member.AS, "must be payload or text");
    }

    private boolean readAuth() {
        if (!reader.skip('{')) {
            return wrong(Member.AUTH, "must be an object with user and password");
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

    private boolean readPayload(final Member member) {
        if (reader.peek() != '"') {
            return wrong(member, "must be a string of base64");
        }
        final int start = reader.at() + 1;
        int length = Base64Codec.decode(reader.bytes(), start, reader.to(), messages.bytes(), messages.payloadFrom());
        if (length >= 0) {
            reader.at(start + Base64Codec.encodedLength(length) + 1);
        } else {
            final int end = readShortString(member);
            if (end < 0) {
                return false;
            }
            if (reader.at() - start - 1 != end) {
                // some encoders escape the slash, which is a character of base64
                scratch = Arrays.copyOf(scratch, Math.max(scratch.length, end + 1));
                scratch[end] = '"';
                length = Base64Codec.decode(scratch, 0, end + 1, messages.bytes(), messages.payloadFrom());
            }
            if (length < 0) {
                final int offset = -1 - length;
                refusal.set(RefusalCode.BAD_PAYLOAD, member.word(),
                    "'payload' is not canonical base64 at character " + offset + " (RFC 4648 section 4, padded)", -1, offset);
                return false;
            }
        }
        payloadLength = length;
        messages.payloadTo(messages.payloadFrom() + length);
        return true;
    }

    private boolean readText(final Member member) {
        if (reader.peek() != '"') {
            return wrong(member, "must be a string");
        }
        final int end = reader.readString(messages.bytes(), messages.payloadFrom());
        if (end < 0) {
            return !reader.hasFailed() && wrong(member, reader.problem());
        }
        messages.payloadTo(end);
        return true;
    }

    /** Ids or messages, as the first element says; which of the two is right is known only with the operation. */
    private boolean readMessages(final Member member) {
        if (!reader.skip('[')) {
            return wrong(member, "must be an array");
        }
        reader.skipSpace();
        if (reader.skip(']')) {
            return wrong(member, "is empty, must hold 1 to " + Limits.BATCH_MAX);
        }
        isIdList = reader.peek() != '{';
        int count = 0;
        do {
            reader.skipSpace();
            if (count == Limits.BATCH_MAX) {
                return wrong(member, "holds more than " + Limits.BATCH_MAX);
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

    /** One message of a batch. Members are those of a publish; what stood at the top is set aside meanwhile. */
    private boolean readMessage() {
        if (!reader.skip('{')) {
            return wrong(Member.MESSAGES, "must be an array of objects");
        }
        final long seenOutside = seen;
        final int priorityOutside = priority;
        final long delayOutside = delayMs;
        seen = 0;
        priority = Limits.PRIORITY_DEFAULT;
        delayMs = 0;
        readMembers(MESSAGE_MEMBERS);
        if (has(Member.PAYLOAD) == has(Member.TEXT)) {
            refusal.set(RefusalCode.BAD_REQUEST, Member.MESSAGES, "each message must have either 'payload' or 'text'");
        }
        if (!refusal.isSet()) {
            messages.endMessage(priority, delayMs);
        }
        seen = seenOutside;
        priority = priorityOutside;
        delayMs = delayOutside;
        return true;
    }

    /** Bytes that the prefix of a publish takes for this request's queue. */
    int publishPrefixLength() {
        return PublishCommand.prefixLength(queueLength);
    }

    static String string(final byte[] bytes, final int from, final int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
