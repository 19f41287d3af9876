package io.gmq.transport.codec;

import io.gmq.engine.api.AtomicCommand;
import io.gmq.engine.api.BindingCommand;
import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.ConfigureCommand;
import io.gmq.engine.api.ConsumeCommand;
import io.gmq.engine.api.ConsumerCommand;
import io.gmq.engine.api.Durability;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.PeekCommand;
import io.gmq.engine.api.Presentation;
import io.gmq.engine.api.QueueCommand;
import io.gmq.engine.api.QueuesCommand;
import io.gmq.engine.api.RefusalCode;
import io.gmq.engine.api.Setting;
import io.gmq.engine.api.SettleCommand;
import io.gmq.engine.api.TakeCommand;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Turns a frame into a command, ready to be copied into the ring. A frame that is no good request becomes a
 * {@link CommandType#REJECT}, so that its reply keeps its place among the others.
 *
 * <p>Belongs to one selector's thread; {@link #buffer} is overwritten by the next frame. Allocates only for what it refuses.
 */
public final class JsonCommandDecoder {
    private static final int QUEUES_MAX_DEFAULT = 100;

    private final CodecSettings settings;
    private final ReplyRoom room;
    private final Request request;
    private final Refusal refusal;
    private final PublishWriter publish;
    private final SettleWriter settle;
    private final StepsWriter steps;
    private final RightsCheck rights;
    private final UnsafeBuffer small =
        new UnsafeBuffer(new byte[Math.max(RejectCommand.LENGTH_MAX, SettleCommand.PREFIX_LENGTH_MAX + Limits.BATCH_MAX * Long.BYTES)]);

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
        room = new ReplyRoom(settings);
        request = new Request(settings.limits(), this::onStep);
        refusal = request.refusal;
        publish = new PublishWriter(request);
        settle = new SettleWriter(request);
        steps = new StepsWriter(request, publish, settle, settings);
        rights = new RightsCheck(request);
    }

    /** Decodes the frame between two places of an array, its LF not included, of somebody who may do everything. */
    public void decode(final byte[] in, final int from, final int to, final long timestampMs, final long connection) {
        decode(in, from, to, timestampMs, connection, Permission.ALL);
    }

    /** Decodes the frame between two places of an array, its LF not included; what is not permitted is refused. */
    public void decode(
        final byte[] in, final int from, final int to, final long timestampMs, final long connection, final Permission permission) {
        begin(timestampMs, connection, 0);
        rights.begin(permission);
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
    public boolean decodeOneShot(
        final byte[] in, final int from, final int to, final long timestampMs, final long connection, final Permission permission) {
        begin(timestampMs, connection, Presentation.ONE_SHOT | Presentation.CLOSE);
        rights.begin(permission);
        request.read(in, from, to);
        if (request.operation == null || !request.operation.isShort() || request.has(Member.ID)) {
            return false;
        }
        // It is answered: the connection ends with the answer.
        request.isQuiet = false;
        if (!check()) {
            writeReject();
        }
        return true;
    }

    /** Makes the command for a frame that is longer than allowed; the connection ends with its reply. */
    public void rejectTooLarge(final long timestampMs, final long connection) {
        begin(timestampMs, connection, Presentation.CLOSE);
        request.clear(0);
        refusal.set(RefusalCode.FRAME_TOO_LARGE, "", "a frame must not be longer than " + settings.maxFrameLength()
            + " bytes; send fewer or shorter messages at once", settings.maxFrameLength(), -1);
        writeReject();
    }

    /** Turns the take just decoded into a refusal, because too many replies have been promised to its connection. */
    public void rejectWait(final long limit, final long actual) {
        refusal.set(RefusalCode.OVERLOADED, "", "this connection has takes waiting whose replies may have " + actual + " bytes of "
            + limit + "; wait for some of them, ask for fewer messages at once, or use another connection", limit, -1);
        writeReject();
    }

    /** Turns the request just decoded into a refusal for want of credentials that are good; the connection ends with its reply. */
    public void rejectUnauthorized(final String text) {
        presentation |= Presentation.CLOSE;
        refusal.replace(RefusalCode.UNAUTHORIZED, "", text);
        writeReject();
    }

    /** Makes the command for a connection whose account is no longer good; the connection ends with it. */
    public void rejectUnauthorized(final String text, final long timestampMs, final long connection) {
        begin(timestampMs, connection, 0);
        request.clear(0);
        rejectUnauthorized(text);
    }

    /**
     * Turns the request just decoded into a refusal because too much is asked for.
     *
     * @param retryAfterMs when it makes sense to ask again.
     * @param isLast       whether the connection ends with its reply.
     */
    public void rejectOverloaded(final String text, final long retryAfterMs, final boolean isLast) {
        presentation |= isLast ? Presentation.CLOSE : 0;
        refusal.replace(RefusalCode.OVERLOADED, "", text);
        refusal.retryAfterMs(retryAfterMs);
        writeReject();
    }

    /** What the request just decoded says in {@code auth}. */
    public Credentials credentials() {
        return request.credentials;
    }

    /** Whether the request just decoded is a good {@code hello}. */
    public boolean isHello() {
        return CommandHeader.type(buffer, offset) == CommandType.HELLO;
    }

    private void begin(final long atMs, final long from, final int looks) {
        timestampMs = atMs;
        connection = from;
        presentation = looks;
        promisedBytes = 0;
        steps.begin(atMs, from);
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

    /** Looks at the request as a whole and writes its command; says whether it is good. */
    private boolean check() {
        if (refusal.isSet() && refusal.step() >= 0 && request.operation != null && request.operation != Operation.ATOMIC) {
            refusal.replace(RefusalCode.BAD_REQUEST, Member.STEPS.word(), "'steps' is not a member of " + request.operation.word());
        }
        return isGood() && write(request.operation) && rights.check();
    }

    private void onStep() {
        final Operation operation = request.operation;
        if (operation != null && !operation.isStep()) {
            refusal.refuse(Member.OPERATION, "'" + operation.word() + "' cannot be a step; steps are publish, ack, nack and park");
        } else if (isGood()) {
            steps.add();
            rights.onStep();
        }
    }

    /** Whether each member is good and belongs to the operation, and none is missing. */
    private boolean isGood() {
        if (refusal.isSet() && refusal.code() != RefusalCode.BAD_REQUEST) {
            return false;
        }
        final Operation operation = request.operation;
        if (operation == null) {
            return !request.has(Member.OPERATION)
                && refusal.refuse(Member.OPERATION, "'operation' is missing; give for example \"operation\":\"ping\"");
        }
        if (refusal.isSet()) {
            return false;
        }
        final Member unknown = operation.firstUnknown(request.seen);
        if (unknown != null) {
            return refusal.refuse(unknown, "'" + unknown.word() + "' is not a member of " + operation.word());
        }
        final Member missing = operation.firstMissing(request.seen);
        return missing == null || refusal.refuse(missing, "'" + missing.word() + "' is missing; " + operation.word() + " needs it");
    }

    private boolean write(final Operation operation) {
        return switch (operation) {
            case PUBLISH, P -> writePublish();
            case TAKE -> writeTake();
            case S -> writeShortTake();
            case ACK -> writeSettle(CommandType.ACK);
            case NACK -> writeSettle(CommandType.NACK);
            case EXTEND -> writeSettle(CommandType.EXTEND);
            case PARK -> writeSettle(CommandType.PARK);
            case KICK -> writeQueue(CommandType.KICK, request.has(Member.MAX) ? request.max : 1, settings.durabilityDefault(), 0);
            case PEEK -> writePeek();
            case ATOMIC -> writeAtomic();
            case CONSUME -> writeConsume();
            case MORE_CREDIT -> writeConsumer(CommandType.CREDIT);
            case CANCEL -> writeConsumer(CommandType.CANCEL);
            case BIND -> writeBinding(CommandType.BIND);
            case UNBIND -> writeBinding(CommandType.UNBIND);
            case CONFIGURE -> writeConfigure();
            case DESCRIBE -> writeQueue(CommandType.DESCRIBE, 0, Durability.MEMORY, ReplyRoom.QUEUE);
            case LENGTH -> writeQueue(CommandType.LENGTH, 0, Durability.MEMORY, ReplyRoom.SMALL);
            case L -> isPayloadEmpty() && writeQueue(CommandType.LENGTH, 0, Durability.MEMORY, ReplyRoom.QUEUE);
            case PURGE -> writeQueue(CommandType.PURGE, request.has(Member.STATE) ? request.state.bit() : MessageState.ALL_BUT_LEASED,
                settings.durabilityDefault(), 0);
            case DELETE -> writeQueue(CommandType.DELETE, request.isIfEmpty ? QueueCommand.IF_EMPTY : 0, settings.durabilityDefault(), 0);
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
            settings.refuseLevel(refusal, asked);
            return null;
        }
        presentation |= Presentation.NAMED_LEVEL;
        return asked;
    }

    /** @param reply what the reply can have where it says more than a refusal does. */
    private boolean finish(
        final UnsafeBuffer its, final int from, final int bytes, final CommandType type, final Durability level, final int reply) {
        CommandHeader.write(its, from, type, level, presentation, timestampMs, connection, request.id);
        buffer = its;
        offset = from;
        length = bytes;
        replyBytes = Math.max(reply, ReplyRoom.REFUSAL);
        return true;
    }

    private boolean writePublish() {
        if (!publish.isGood()) {
            return false;
        }
        final Durability level = level();
        if (level == null) {
            return false;
        }
        presentation |= publish.presentation();
        final int from = publish.write();
        final int bytes = request.scratch.messagesTo() - from;
        final boolean isRepeated = (presentation & Presentation.ONE_SHOT) != 0;
        return finish(request.scratch.buffer(), from, bytes, CommandType.PUBLISH, level,
            isRepeated ? ReplyRoom.REFUSAL + ReplyRoom.QUEUE + Base64Codec.encodedLength(bytes) : 0);
    }

    private boolean isLeaseKept(final boolean isSettled) {
        return !isSettled || !request.isKept || refusal.refuse(Member.KEEP, "'keep' keeps a lease, and 'lease_ms' 0 takes none");
    }

    private boolean writeTake() {
        final boolean isSettled = request.leaseMs == 0;
        if (!isSettled && request.has(Member.DURABILITY)) {
            return refusal.refuse(Member.DURABILITY, "'durability' goes with a take whose 'lease_ms' is 0; settle with it otherwise");
        }
        return isLeaseKept(isSettled) && writeTake(isSettled, request.has(Member.MAX) ? request.max : 1);
    }

    private boolean writeShortTake() {
        presentation |= Presentation.SINGLE;
        request.leaseMs = 0;
        return isPayloadEmpty() && writeTake(true, 1);
    }

    /** What the original's clients send along with every request may be there, but must not be lost unsaid. */
    private boolean isPayloadEmpty() {
        return request.payloadLength == 0 || refusal.refuse(Member.PAYLOAD, "'payload' is not a member of " + request.operation.word());
    }

    private void presentMessages() {
        presentation |= (request.isText ? Presentation.TEXT : 0) | (request.isDetailed ? Presentation.DETAILS : 0);
    }

    private boolean writeTake(final boolean isSettled, final int max) {
        final Durability level = isSettled ? level() : settings.ofDeliveries();
        if (level == null) {
            return false;
        }
        presentMessages();
        final boolean mayWait = request.waitMs > 0;
        final int expansion = ReplyRoom.expansion(request.isText);
        final int listRoom = room.taken(expansion, mayWait);
        final int bytes = TakeCommand.write(small, 0, request.waitMs, request.leaseMs, max, listRoom, expansion, request.isKept,
            request.queue.buffer(), 0, request.queue.length());
        finish(small, 0, bytes, CommandType.TAKE, level, room.messages(max, expansion, listRoom));
        if (mayWait) {
            promisedBytes = replyBytes;
            CommandHeader.promised(small, 0, replyBytes);
        }
        return true;
    }

    private boolean writePeek() {
        presentMessages();
        final int max = request.has(Member.MAX) ? request.max : 1;
        final int expansion = ReplyRoom.expansion(request.isText);
        final int bytes = PeekCommand.write(small, 0, max, room.list(), expansion, request.state, request.queue.buffer(), 0,
            request.queue.length());
        return finish(small, 0, bytes, CommandType.PEEK, Durability.MEMORY, room.peeked(max, expansion));
    }

    /** The level of a consume is that of its pushes: what is settled as it is sent is gone. */
    private boolean writeConsume() {
        final boolean isSettled = request.leaseMs == 0;
        if (!isLeaseKept(isSettled)) {
            return false;
        }
        presentMessages();
        final int bytes = ConsumeCommand.write(small, 0, request.leaseMs, request.credit, room.pushed(request.queue),
            ReplyRoom.expansion(request.isText), request.isKept, request.queue.buffer(), 0, request.queue.length());
        return finish(small, 0, bytes, CommandType.CONSUME, isSettled ? settings.durabilityDefault() : settings.ofDeliveries(), 0);
    }

    private boolean writeConsumer(final CommandType type) {
        return finish(small, 0, ConsumerCommand.write(small, 0, request.consumer, request.credit), type, Durability.MEMORY, 0);
    }

    private boolean writeSettle(final CommandType type) {
        if (!settle.isGood(type)) {
            return false;
        }
        final Durability level = level();
        if (level == null) {
            return false;
        }
        final int bytes = settle.write(small, 0, type);
        return finish(small, 0, bytes, type, level, ReplyRoom.SMALL + settle.count() * ReplyRoom.ID);
    }

    private boolean writeAtomic() {
        if (!steps.isGood()) {
            return false;
        }
        final UnsafeBuffer its = request.scratch.buffer();
        AtomicCommand.writeCount(its, 0, request.step);
        return finish(its, 0, request.scratch.stepsTo(), CommandType.ATOMIC, steps.level(), room.results(steps.replyBytes()));
    }

    private boolean writeBinding(final CommandType type) {
        final String problem = Topic.problemOfBinding(request.topic);
        if (problem != null) {
            return refusal.refuse(Member.TOPIC, "'topic' " + problem);
        }
        final int bytes = BindingCommand.write(small, 0, request.topic.buffer(), request.topic.length(), request.queue.buffer(),
            request.queue.length());
        return finish(small, 0, bytes, type, settings.durabilityDefault(), 0);
    }

    private boolean writeConfigure() {
        final Name queue = request.queue;
        final SettingsReader its = request.settings;
        if (request.has(Member.LEASE_MS)) {
            if (request.leaseMs == 0) {
                return refusal.refuse(Member.LEASE_MS, "'lease_ms' is 0, must be at least 1");
            }
            its.give(Setting.LEASE_MS, request.leaseMs);
        }
        if (request.has(Member.TTL_MS)) {
            its.give(Setting.TTL_MS, request.ttlMs);
        }
        if (Arrays.equals(queue.bytes(), 0, queue.length(), its.deadLetter.bytes(), 0, its.deadLetter.length())) {
            return refusal.refuse(Member.DEAD_LETTER, "'dead_letter' is the queue itself; name another, or \"\" for none");
        }
        final int bytes = ConfigureCommand.write(small, 0, its.given(), its.settings, queue.buffer(), queue.length());
        return finish(small, 0, bytes, CommandType.CONFIGURE, settings.durabilityDefault(), ReplyRoom.QUEUE);
    }

    private boolean writeQueue(final CommandType type, final int argument, final Durability level, final int reply) {
        final int bytes = QueueCommand.write(small, 0, argument, request.queue.buffer(), 0, request.queue.length());
        return finish(small, 0, bytes, type, level, reply);
    }

    private boolean writeQueues() {
        final int max = request.has(Member.MAX) ? request.max : QUEUES_MAX_DEFAULT;
        final int bytes = QueuesCommand.write(small, 0, max, room.list(), request.prefix.buffer(), request.prefix.length(),
            request.after.buffer(), request.after.length());
        return finish(small, 0, bytes, CommandType.QUEUES, Durability.MEMORY, room.queues(max));
    }

    private boolean writePlain(final CommandType type) {
        return finish(small, 0, CommandHeader.LENGTH, type, Durability.MEMORY, ReplyRoom.SMALL);
    }

    private void writeReject() {
        presentation &= Presentation.ONE_SHOT | Presentation.CLOSE;
        promisedBytes = 0;
        final String operation = request.operation == null ? "" : request.operation.word();
        final int bytes = RejectCommand.write(small, 0, refusal, operation, request.queue.toString());
        finish(small, 0, bytes, CommandType.REJECT, Durability.MEMORY, RejectCommand.LENGTH_MAX * 6);
    }
}
