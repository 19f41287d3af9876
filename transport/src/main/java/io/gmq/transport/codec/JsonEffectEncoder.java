package io.gmq.transport.codec;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.Durability;
import io.gmq.engine.api.EffectSink;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.Payloads;
import io.gmq.engine.api.Presentation;
import io.gmq.engine.api.QueueCounts;
import io.gmq.engine.api.QueueSettings;
import io.gmq.engine.api.RefusalCode;
import io.gmq.engine.api.ReplyTo;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Turns effects into frames. Belongs to the thread of the last stage; each finished frame goes to a {@link FrameSink} at once.
 *
 * <p>What a reply repeats of its request it reads from the command ({@link #onCommand}), which is still in the ring.
 */
public final class JsonEffectEncoder implements EffectSink {
    private static final byte[] ID = JsonWriter.ascii("{\"id\":");
    private static final byte[] NEXT_CONFIRMED = JsonWriter.ascii(",\"confirmation\":\"Y\"");
    private static final byte[] FIRST_CONFIRMED = JsonWriter.ascii("{\"confirmation\":\"Y\"");
    private static final byte[] NEXT_REFUSED = JsonWriter.ascii(",\"confirmation\":\"N\",\"error\":");
    private static final byte[] FIRST_REFUSED = JsonWriter.ascii("{\"confirmation\":\"N\",\"error\":");
    private static final byte[] CONFIRMED = JsonWriter.name("confirmed");
    private static final byte[] MESSAGES = JsonWriter.ascii(",\"messages\":[");
    private static final byte[] CONSUMER = JsonWriter.name("consumer");
    private static final byte[] ENDED = JsonWriter.ascii(",\"ended\":\"deleted\"");
    private static final byte[] QUEUE = JsonWriter.name("queue");
    private static final byte[] QUEUES = JsonWriter.ascii(",\"queues\":[");
    private static final byte[] MORE = JsonWriter.ascii(",\"more\":true");
    private static final byte[] RESULTS = JsonWriter.ascii(",\"results\":[");
    private static final byte[][] DURABILITY = new byte[Durability.values().length][];
    private static final byte[] END = JsonWriter.ascii("}\n");

    static {
        for (final Durability level : Durability.values()) {
            DURABILITY[level.code()] = JsonWriter.ascii(",\"durability\":\"" + level.level() + "\"");
        }
    }

    private final FrameSink frames;
    private final byte[] hello;
    private final int maxFrameLength;
    private final JsonWriter json = new JsonWriter();
    private final ErrorWriter errors = new ErrorWriter(json);
    private final RefusalCounts refusals = new RefusalCounts();
    private final MessageWriter messages;
    private final ResultWriter results = new ResultWriter(json);
    private final QueueWriter queues = new QueueWriter(json);
    private final OneShotWriter oneShot;
    private final RejectCommand reject = new RejectCommand();
    private final ReplyTo to = new ReplyTo();
    private final ReplyTo atomicTo = new ReplyTo();

    private DirectBuffer command;
    private int commandOffset;
    private boolean isFirstItem;
    private boolean hasMessage;
    private boolean isFull;
    private boolean isInAtomic;

    public JsonEffectEncoder(final CodecSettings settings, final Payloads payloads, final FrameSink frames) {
        this.frames = frames;
        hello = hello(settings);
        maxFrameLength = settings.maxFrameLength();
        messages = new MessageWriter(json, payloads);
        oneShot = new OneShotWriter(json, errors, maxFrameLength);
    }

    private static byte[] hello(final CodecSettings settings) {
        final Limits limits = settings.limits();
        final JsonWriter members = new JsonWriter();
        members.raw(JsonWriter.ascii(",\"version\":1,\"software\":")).string(settings.software())
            .raw(DURABILITY[settings.durabilityDefault().code()])
            .raw(JsonWriter.ascii(",\"storage\":")).string(settings.storage())
            .raw(JsonWriter.ascii(",\"limits\":{\"max_queue_number\":")).number(limits.maxQueueNumber())
            .raw(JsonWriter.ascii(",\"max_message_length\":")).number(limits.maxMessageLength())
            .raw(JsonWriter.ascii(",\"max_queue_capacity\":")).number(limits.maxQueueCapacity())
            .raw(JsonWriter.ascii(",\"max_frame_length\":")).number(settings.maxFrameLength())
            .raw('}');
        return Arrays.copyOf(members.bytes(), members.length());
    }

    /** The effects that follow belong to this command. */
    public void onCommand(final DirectBuffer buffer, final int offset) {
        command = buffer;
        commandOffset = offset;
    }

    private boolean is(final int looks) {
        return (to.presentation() & looks) != 0;
    }

    private void begin(final ReplyTo asked, final byte[] next, final byte[] first) {
        to.set(asked);
        json.clear();
        if (asked.correlation() == CommandHeader.NO_CORRELATION) {
            json.raw(first);
        } else {
            json.raw(ID).number(asked.correlation()).raw(next);
        }
    }

    private void beginConfirmed(final ReplyTo asked) {
        begin(asked, NEXT_CONFIRMED, FIRST_CONFIRMED);
    }

    /** What changed nothing, or is no reply, waits for no disk. */
    private void setAtOnce(final ReplyTo asked) {
        to.set(asked.connection(), asked.correlation(), asked.presentation(), Durability.MEMORY).promised(asked.promised());
    }

    private void beginRefused(final ReplyTo asked) {
        begin(asked, NEXT_REFUSED, FIRST_REFUSED);
        setAtOnce(asked);
    }

    private void level() {
        if (is(Presentation.NAMED_LEVEL)) {
            json.raw(DURABILITY[to.level().code()]);
        }
    }

    private void end() {
        level();
        json.raw(END);
        send();
    }

    private void send() {
        frames.onReply(to, json.bytes(), json.length());
    }

    private boolean beginOneShot(final ReplyTo asked) {
        to.set(asked);
        if (is(Presentation.ONE_SHOT)) {
            json.clear();
            return true;
        }
        return false;
    }

    private void separate() {
        if (!isFirstItem) {
            json.raw(',');
        }
        isFirstItem = false;
    }

    @Override
    public void published(final ReplyTo asked, final long firstMessage, final int count) {
        if (beginPublished(asked)) {
            results.published(firstMessage, count, to.presentation());
            endPublished();
        }
    }

    @Override
    public void duplicate(final ReplyTo asked, final long firstMessage, final int count) {
        if (beginPublished(asked)) {
            results.duplicate(firstMessage, count, to.presentation());
            endPublished();
        }
    }

    /** Says whether there are members to be written. */
    private boolean beginPublished(final ReplyTo asked) {
        if (isInAtomic) {
            beginResult(asked);
            return true;
        }
        if (beginOneShot(asked)) {
            oneShot.published(command, commandOffset);
            send();
            return false;
        }
        if (is(Presentation.QUIET)) {
            frames.onQuiet(to);
            return false;
        }
        beginConfirmed(asked);
        return true;
    }

    private void endPublished() {
        if (isInAtomic) {
            endResult();
            return;
        }
        final long confirmed = frames.takeConfirmed(to);
        if (confirmed > 0) {
            json.member(CONFIRMED).number(confirmed);
        }
        level();
        json.raw(END);
        frames.onPublished(to, json.bytes(), json.length());
    }

    @Override
    public void beginMessages(final ReplyTo asked) {
        isFirstItem = true;
        hasMessage = false;
        isFull = false;
        if (beginOneShot(asked)) {
            return;
        }
        beginConfirmed(asked);
        if (!is(Presentation.SINGLE)) {
            json.raw(MESSAGES);
        }
    }

    @Override
    public void message(final long message, final int attempt, final int priority, final long payload) {
        hasMessage = true;
        if (is(Presentation.ONE_SHOT)) {
            oneShot.taken(command, commandOffset, messages.view(payload));
        } else if (is(Presentation.SINGLE)) {
            messages.members(message, attempt, priority, payload, to.presentation());
        } else {
            separate();
            json.raw('{');
            messages.members(message, attempt, priority, payload, to.presentation());
            json.raw('}');
        }
    }

    /** Shows fewer where a frame would become too long for the reasons of those that are parked: nothing has been given away. */
    @Override
    public void peeked(
        final long message, final int attempt, final int priority, final long payload, final MessageState state, final long reason) {
        if (isFull) {
            return;
        }
        final int before = json.length();
        final boolean wasFirst = isFirstItem;
        separate();
        json.raw('{');
        messages.members(message, attempt, priority, payload, to.presentation());
        messages.state(state, reason);
        json.raw('}');
        if (!wasFirst && json.length() + 1 + END.length > maxFrameLength) {
            json.cut(before);
            isFull = true;
        }
    }

    @Override
    public void endMessages() {
        if (is(Presentation.ONE_SHOT)) {
            if (!hasMessage) {
                oneShot.nothing(command, commandOffset);
            }
        } else {
            if (!is(Presentation.SINGLE)) {
                json.raw(']');
            }
            level();
            json.raw(END);
        }
        if (!hasMessage) {
            setAtOnce(to);
        }
        send();
    }

    @Override
    public void beginDelivery(final ReplyTo asked, final long consumer, final DirectBuffer queue, final int offset, final int length) {
        to.set(asked);
        isFirstItem = true;
        json.clear();
        json.raw('{').member(CONSUMER).number(consumer).member(QUEUE).string(queue, offset, length).raw(MESSAGES);
    }

    @Override
    public void endDelivery(final long bytes) {
        json.raw(']').raw(END);
        frames.onPush(to, json.bytes(), json.length(), bytes);
    }

    /** The level of a consume is that of its pushes; that there is a consumer is said at once. */
    @Override
    public void consuming(final ReplyTo asked, final long consumer) {
        beginConfirmed(asked);
        setAtOnce(asked);
        json.member(CONSUMER).number(consumer);
        end();
    }

    @Override
    public void consumerEnded(final ReplyTo asked, final long consumer) {
        setAtOnce(asked);
        json.clear();
        json.raw('{').member(CONSUMER).number(consumer).raw(ENDED).raw(END);
        frames.onPush(to, json.bytes(), json.length(), 0);
    }

    @Override
    public void settled(final ReplyTo asked, final CommandType type, final int count, final long[] missing, final int missingCount) {
        if (isInAtomic) {
            beginResult(asked);
            results.settled(type, count, missing, missingCount);
            endResult();
        } else {
            beginConfirmed(asked);
            results.settled(type, count, missing, missingCount);
            end();
        }
    }

    @Override
    public void counted(final ReplyTo asked, final CommandType type, final int count) {
        beginConfirmed(asked);
        results.counted(type, count);
        end();
    }

    @Override
    public void done(final ReplyTo asked) {
        beginConfirmed(asked);
        end();
    }

    @Override
    public void length(final ReplyTo asked, final int ready, final int delayed, final int leased, final int parked) {
        if (beginOneShot(asked)) {
            oneShot.length(command, commandOffset, ready + delayed + leased + parked);
            send();
            return;
        }
        beginConfirmed(asked);
        queues.length(ready, delayed, leased, parked);
        end();
    }

    @Override
    public void configured(final ReplyTo asked, final QueueSettings settings) {
        beginConfirmed(asked);
        queues.settings(settings);
        end();
    }

    @Override
    public void described(final ReplyTo asked, final QueueSettings settings, final QueueCounts counts) {
        beginConfirmed(asked);
        queues.settings(settings);
        queues.counts(counts);
        end();
    }

    @Override
    public void beginQueues(final ReplyTo asked) {
        beginConfirmed(asked);
        json.raw(QUEUES);
        isFirstItem = true;
    }

    @Override
    public void queue(final DirectBuffer name, final int offset, final int length, final QueueCounts counts) {
        separate();
        json.raw('{').member(QUEUE).string(name, offset, length);
        queues.counts(counts);
        json.raw('}');
    }

    @Override
    public void endQueues(final boolean more) {
        json.raw(']');
        if (more) {
            json.raw(MORE);
        }
        end();
    }

    @Override
    public void beginAtomic(final ReplyTo asked) {
        beginConfirmed(asked);
        json.raw(RESULTS);
        isInAtomic = true;
        isFirstItem = true;
        atomicTo.set(asked);
    }

    private void beginResult(final ReplyTo asked) {
        to.set(asked);
        separate();
        json.raw('{');
    }

    private void endResult() {
        level();
        json.raw('}');
    }

    @Override
    public void endAtomic() {
        isInAtomic = false;
        to.set(atomicTo);
        json.raw(']').raw(END);
        send();
    }

    @Override
    public void refused(
        final ReplyTo asked,
        final RefusalCode code,
        final DirectBuffer name,
        final int offset,
        final int length,
        final long limit,
        final long actual,
        final int step) {
        errors.onCommand(command, commandOffset, step);
        if (beginOneShot(asked)) {
            oneShot.refused(command, commandOffset, code, limit, actual);
        } else {
            beginRefused(asked);
            errors.write(code, name, offset, length, limit, actual);
            json.raw(END);
        }
        refusals.add(code, errors.text(), CommandHeader.timestampMs(command, commandOffset));
        send();
    }

    @Override
    public void passed(final ReplyTo asked) {
        final CommandType type = CommandHeader.type(command, commandOffset);
        if (type == CommandType.REJECT) {
            reject.wrap(command, commandOffset);
            if (beginOneShot(asked)) {
                oneShot.rejected(reject);
            } else {
                beginRefused(asked);
                errors.write(reject);
                json.raw(END);
            }
            refusals.add(reject.code(), errors.text(), CommandHeader.timestampMs(command, commandOffset));
            send();
            return;
        }
        beginConfirmed(asked);
        if (type == CommandType.HELLO) {
            json.raw(hello);
        }
        end();
    }

    /** What was refused. */
    public RefusalCounts refusals() {
        return refusals;
    }

    /** A frame that answers no request: why the broker ends a connection. */
    public static byte[] farewell(final RefusalCode code, final String text) {
        final JsonWriter json = new JsonWriter();
        json.raw(FIRST_REFUSED);
        new ErrorWriter(json).write(code, text);
        json.raw(END);
        return Arrays.copyOf(json.bytes(), json.length());
    }
}
