package io.gmq.transport.codec;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.Durability;
import io.gmq.engine.api.LengthCommand;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.Presentation;
import io.gmq.engine.api.PublishCommand;
import io.gmq.engine.api.QueuesCommand;
import io.gmq.engine.api.RefusalCode;
import io.gmq.engine.api.SettleCommand;
import io.gmq.engine.api.TakeCommand;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Turns a frame into a command, ready to be copied into the ring. A frame that is no good request becomes a
 * {@link CommandType#REJECT}, so that its reply keeps its place among the others.
 *
 * <p>Belongs to one selector's thread; {@link #buffer} is overwritten by the next frame. Allocates only for what it refuses.
 */
public final class JsonCommandDecoder {
    /** What three bytes become as base64, and as text in the worst case (six characters a byte). */
    private static final int PAYLOAD_EXPANSION = 4;
    private static final int TEXT_EXPANSION = 18;
    /** What a reply has beside its list. */
    private static final int ENVELOPE_LENGTH = 256;
    /** Replies to takes that wait are kept shorter, so that many can be promised at once. */
    private static final int WAITING_REPLY_LENGTH = 256 * 1024;
    private static final int SMALL_REPLY_LENGTH = 512;
    /** A refusal names the queue twice, and each of its bytes may be escaped. */
    private static final int NAME_EXPANSION = 4;
    private static final int ID_LENGTH_MAX = 20;

    private final CodecSettings settings;
    private final Request request = new Request();
    private final UnsafeBuffer small =
        new UnsafeBuffer(new byte[Math.max(RejectCommand.LENGTH_MAX, SettleCommand.PREFIX_LENGTH_MAX + Limits.BATCH_MAX * Long.BYTES)]);
    private final UnsafeBuffer queueName = new UnsafeBuffer(request.queue);
    private final UnsafeBuffer prefix = new UnsafeBuffer(request.prefix);
    private final UnsafeBuffer after = new UnsafeBuffer(request.after);

    private long timestampMs;
    private long connection;
    private int presentation;
    private DirectBuffer buffer;
    private int offset;
    private int length;
    private int replyBytes;
    private int promisedBytes;

    public JsonCommandDecoder(final CodecSettings settings) {
        this.settings = settings;
    }

    /** Decodes the frame between two places of an array, its LF not included. */
    public void decode(final byte[] in, final int from, final int to, final long timestampMs, final long connection) {
        begin(timestampMs, connection, 0);
        request.read(in, from, to);
        if (!check()) {
            writeReject();
        }
    }

    /**
     * Decodes an object that came without an LF, if it is a request in the original's one-shot form.
     *
     * @return whether it is; if not, there is no command.
     */
    public boolean decodeOneShot(final byte[] in, final int from, final int to, final long timestampMs, final long connection) {
        begin(timestampMs, connection, Presentation.ONE_SHOT | Presentation.CLOSE);
        request.read(in, from, to);
        if (request.operation == null || !request.operation.isShort() || request.has(Member.ID)) {
            return false;
        }
        if (!check()) {
            writeReject();
        }
        return true;
    }

    /** Makes the command for a frame that is longer than allowed; the connection ends with its reply. */
    public void rejectTooLarge(final long timestampMs, final long connection) {
        begin(timestampMs, connection, Presentation.CLOSE);
        request.clear(0);
        request.refusal.set(RefusalCode.FRAME_TOO_LARGE, "", "a frame must not be longer than " + settings.maxFrameLength()
            + " bytes; send fewer or shorter messages at once", settings.maxFrameLength(), -1);
        writeReject();
    }

    /** Turns the take just decoded into a refusal, because too many replies have been promised to its connection. */
    public void rejectWait(final long limit, final long actual) {
        presentation = 0;
        promisedBytes = 0;
        request.refusal.set(RefusalCode.OVERLOADED, "", "this connection has takes waiting whose replies may have " + actual + " bytes of "
            + limit + "; wait for some of them, ask for fewer messages at once, or use another connection", limit, -1);
        writeReject();
    }

    private void begin(final long atMs, final long from, final int looks) {
        timestampMs = atMs;
        connection = from;
        presentation = looks;
        promisedBytes = 0;
    }

    /** Holds the command. */
    public DirectBuffer buffer() {
        return buffer;
    }

    public int offset() {
        return offset;
    }

    public int length() {
        return length;
    }

    /** The most bytes that the reply can have. */
    public int replyBytes() {
        return replyBytes;
    }

    /** The same where the reply may have to wait, else 0. */
    public int promisedBytes() {
        return promisedBytes;
    }

    private boolean refuse(final Member member, final String text) {
        request.refusal.set(RefusalCode.BAD_REQUEST, member, text);
        return false;
    }

    /** Looks at the request as a whole and writes its command; says whether it is good. */
    private boolean check() {
        if (request.refusal.isSet() && request.refusal.code() != RefusalCode.BAD_REQUEST) {
            return false;
        }
        final Operation operation = request.operation;
        if (operation == null) {
            return !request.has(Member.OPERATION)
                ? refuse(Member.OPERATION, "'operation' is missing; give for example \"operation\":\"ping\"")
                : false;
        }
        if (request.refusal.isSet()) {
            return false;
        }
        final Member unknown = operation.firstUnknown(request.seen);
        if (unknown != null) {
            return refuse(unknown, "'" + unknown.word() + "' is not a member of " + operation.word());
        }
        final Member missing = operation.firstMissing(request.seen);
        if (missing != null) {
            return refuse(missing, "'" + missing.word() + "' is missing; " + operation.word() + " needs it");
        }
        return write(operation);
    }

    private boolean write(final Operation operation) {
        return switch (operation) {
            case PUBLISH, P -> writePublish();
            case TAKE -> writeTake();
            case S -> writeShortTake();
            case ACK -> writeSettle(CommandType.ACK);
            case NACK -> writeSettle(CommandType.NACK);
            case EXTEND -> writeSettle(CommandType.EXTEND);
            case LENGTH -> writeLength();
            case L -> isPayloadEmpty() && writeLength();
            case QUEUES -> writeQueues();
            case HELLO -> writePlain(CommandType.HELLO);
            case PING -> writePlain(CommandType.PING);
        };
    }

    /** The level that the reply waits for, or {@code null} if the storage cannot give it. */
    private Durability level() {
        final Durability asked = request.durability;
        if (asked == null) {
            return settings.durabilityDefault();
        }
        if (asked.compareTo(settings.durabilityMax()) > 0) {
            request.refusal.set(RefusalCode.UNSUPPORTED, Member.DURABILITY, "storage '" + settings.storage() + "' cannot give durability '"
                + asked.level() + "'; it gives up to '" + settings.durabilityMax().level() + "'");
            return null;
        }
        presentation |= Presentation.NAMED_LEVEL;
        return asked;
    }

    private void finish(
        final UnsafeBuffer its, final int from, final int bytes, final CommandType type, final Durability level, final int reply) {
        CommandHeader.write(its, from, type, level, presentation, timestampMs, connection, request.id);
        buffer = its;
        offset = from;
        length = bytes;
        replyBytes = reply + NAME_EXPANSION * request.queueLength;
    }

    private boolean writePublish() {
        final MessageScratch messages = request.messages;
        if (request.has(Member.MESSAGES)) {
            if (request.has(Member.PAYLOAD) || request.has(Member.TEXT)) {
                return refuse(Member.MESSAGES, "'messages' stands instead of 'payload' or 'text'; give one of the three");
            }
            if (request.has(Member.PRIORITY) || request.has(Member.DELAY_MS) || request.has(Member.HEADERS)) {
                return refuse(Member.MESSAGES, "with 'messages', options like priority go into each message");
            }
            if (request.isIdList) {
                return refuse(Member.MESSAGES, "'messages' must be an array of objects");
            }
            presentation |= Presentation.BATCH;
        } else {
            if (request.has(Member.PAYLOAD) == request.has(Member.TEXT)) {
                return refuse(Member.PAYLOAD, "give either 'payload' (base64) or 'text'");
            }
            messages.endMessage(request.priority, request.delayMs);
        }
        final Durability level = level();
        if (level == null) {
            return false;
        }
        final int from = PublishCommand.PREFIX_LENGTH_MAX - request.publishPrefixLength();
        PublishCommand.writePrefix(messages.buffer(), from, queueName, 0, request.queueLength, messages.count());
        final boolean isRepeated = (presentation & Presentation.ONE_SHOT) != 0;
        finish(messages.buffer(), from, messages.end() - from, CommandType.PUBLISH, level,
            isRepeated ? SMALL_REPLY_LENGTH * 4 + Base64Codec.encodedLength(messages.end() - from) : SMALL_REPLY_LENGTH);
        return true;
    }

    private boolean writeTake() {
        final boolean isSettled = request.leaseMs == 0;
        if (!isSettled && request.has(Member.DURABILITY)) {
            return refuse(Member.DURABILITY, "'durability' goes with a take whose 'lease_ms' is 0; settle with it otherwise");
        }
        if (isSettled && request.isKept) {
            return refuse(Member.KEEP, "'keep' keeps a lease, and 'lease_ms' 0 takes none");
        }
        return writeTake(isSettled, request.has(Member.MAX) ? request.max : 1);
    }

    private boolean writeShortTake() {
        presentation |= Presentation.SINGLE;
        request.leaseMs = 0;
        return isPayloadEmpty() && writeTake(true, 1);
    }

    /** What the original's clients send along with every request may be there, but must not be lost unsaid. */
    private boolean isPayloadEmpty() {
        return request.payloadLength == 0 || refuse(Member.PAYLOAD, "'payload' is not a member of " + request.operation.word());
    }

    private boolean writeTake(final boolean isSettled, final int max) {
        final Durability level = isSettled ? level() : Durability.MEMORY;
        if (level == null) {
            return false;
        }
        if (request.isText) {
            presentation |= Presentation.TEXT;
        }
        if (request.isDetailed) {
            presentation |= Presentation.DETAILS;
        }
        final int expansion = request.isText ? TEXT_EXPANSION : PAYLOAD_EXPANSION;
        final long messageBytes = TakeCommand.MESSAGE_OVERHEAD + (long) settings.limits().maxMessageLength() * expansion / 3
            + (long) Limits.HEADERS_LENGTH_MAX * TakeCommand.HEADER_EXPANSION;
        final int frameRoom = settings.maxFrameLength() - ENVELOPE_LENGTH;
        final boolean mayWait = request.waitMs > 0;
        final int room = mayWait ? (int) Math.min(frameRoom, Math.max(WAITING_REPLY_LENGTH, messageBytes)) : frameRoom;
        final int bytes = TakeCommand.write(small, 0, request.waitMs, request.leaseMs, max, room, expansion, request.isKept, queueName, 0,
            request.queueLength);
        finish(small, 0, bytes, CommandType.TAKE, level, (int) Math.min(room, max * messageBytes) + ENVELOPE_LENGTH);
        if (mayWait) {
            promisedBytes = replyBytes;
            CommandHeader.promised(small, 0, replyBytes);
        }
        return true;
    }

    private boolean writeSettle(final CommandType type) {
        final int selection = selection();
        if (selection < 0) {
            return false;
        }
        if (request.has(Member.ATTEMPT) && selection != SettleCommand.ONE) {
            return refuse(Member.ATTEMPT, "'attempt' goes with a single 'message'");
        }
        if (type == CommandType.EXTEND && request.leaseMs == 0) {
            return refuse(Member.LEASE_MS, "'lease_ms' is 0, must be at least 1; settle the message to be rid of it");
        }
        final Durability level = level();
        if (level == null) {
            return false;
        }
        final int count = selection == SettleCommand.LIST ? request.idCount : selection == SettleCommand.RANGE ? 2 : 1;
        final int idsFrom = SettleCommand.write(small, 0, type == CommandType.EXTEND ? request.leaseMs : request.delayMs, request.attempt,
            request.has(Member.PRIORITY) ? request.priority : SettleCommand.SAME_PRIORITY, selection, count, queueName, 0,
            request.queueLength);
        if (selection == SettleCommand.LIST) {
            for (int i = 0; i < count; i++) {
                SettleCommand.writeId(small, idsFrom, i, request.ids[i]);
            }
        } else {
            SettleCommand.writeId(small, idsFrom, 0, selection == SettleCommand.ONE ? request.message : request.from);
            SettleCommand.writeId(small, idsFrom, 1, request.to);
        }
        finish(small, 0, idsFrom + count * Long.BYTES, type, level, SMALL_REPLY_LENGTH + count * ID_LENGTH_MAX);
        return true;
    }

    /** Which of the three ways to name leases the request uses, or -1 if it is none or more than one. */
    private int selection() {
        final boolean isOne = request.has(Member.MESSAGE);
        final boolean isList = request.has(Member.MESSAGES);
        final boolean isRange = request.has(Member.FROM) || request.has(Member.TO);
        if ((isOne ? 1 : 0) + (isList ? 1 : 0) + (isRange ? 1 : 0) != 1) {
            refuse(Member.MESSAGE, "give one of 'message' (an id), 'messages' (ids), or 'from' and 'to'");
            return -1;
        }
        if (isRange && !(request.has(Member.FROM) && request.has(Member.TO))) {
            refuse(request.has(Member.FROM) ? Member.TO : Member.FROM, "a range needs both 'from' and 'to'");
            return -1;
        }
        if (isRange && request.from > request.to) {
            refuse(Member.TO, "'to' is " + request.to + ", must not be below 'from', which is " + request.from);
            return -1;
        }
        if (isList && !request.isIdList) {
            refuse(Member.MESSAGES, "'messages' must be an array of ids");
            return -1;
        }
        return isOne ? SettleCommand.ONE : isList ? SettleCommand.LIST : SettleCommand.RANGE;
    }

    private boolean writeLength() {
        finish(small, 0, LengthCommand.write(small, 0, queueName, 0, request.queueLength), CommandType.LENGTH, Durability.MEMORY,
            SMALL_REPLY_LENGTH * 2);
        return true;
    }

    private boolean writeQueues() {
        final int max = request.has(Member.MAX) ? request.max : 100;
        final int room = settings.maxFrameLength() - ENVELOPE_LENGTH;
        final int bytes = QueuesCommand.write(small, 0, max, room, prefix, request.prefixLength, after, request.afterLength);
        final int queueBytes = QueuesCommand.QUEUE_OVERHEAD + Limits.NAME_LENGTH_MAX * QueuesCommand.NAME_EXPANSION;
        finish(small, 0, bytes, CommandType.QUEUES, Durability.MEMORY,
            Math.min(settings.maxFrameLength(), ENVELOPE_LENGTH + max * queueBytes));
        return true;
    }

    private boolean writePlain(final CommandType type) {
        finish(small, 0, CommandHeader.LENGTH, type, Durability.MEMORY, SMALL_REPLY_LENGTH * 2);
        return true;
    }

    private void writeReject() {
        final Refusal refusal = request.refusal;
        final String operation = request.operation == null ? "" : request.operation.word();
        final int bytes = RejectCommand.write(small, 0, refusal.code(), refusal.limit(), refusal.offset(), refusal.member(), operation,
            Request.string(request.queue, 0, request.queueLength), refusal.text());
        finish(small, 0, bytes, CommandType.REJECT, Durability.MEMORY, RejectCommand.LENGTH_MAX * 6);
    }
}
