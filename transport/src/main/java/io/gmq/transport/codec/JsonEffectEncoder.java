package io.gmq.transport.codec;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.Durability;
import io.gmq.engine.api.EffectSink;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.Payloads;
import io.gmq.engine.api.Presentation;
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
    private static final byte[] MESSAGE = JsonWriter.ascii(",\"message\":");
    private static final byte[] FIRST = JsonWriter.ascii(",\"first\":");
    private static final byte[] COUNT = JsonWriter.ascii(",\"count\":");
    private static final byte[] MESSAGES = JsonWriter.ascii(",\"messages\":[");
    private static final byte[] LISTED_MESSAGE = JsonWriter.ascii("{\"message\":");
    private static final byte[] PAYLOAD = JsonWriter.ascii(",\"payload\":");
    private static final byte[] TEXT = JsonWriter.ascii(",\"text\":");
    private static final byte[] ATTEMPT = JsonWriter.ascii(",\"attempt\":");
    private static final byte[] PRIORITY = JsonWriter.ascii(",\"priority\":");
    private static final byte[] PUBLISHED = JsonWriter.ascii(",\"published_ms\":");
    private static final byte[] HEADERS = JsonWriter.ascii(",\"headers\":{");
    private static final byte[] ACKED = JsonWriter.ascii(",\"acked\":");
    private static final byte[] NACKED = JsonWriter.ascii(",\"nacked\":");
    private static final byte[] EXTENDED = JsonWriter.ascii(",\"extended\":");
    private static final byte[] MISSING = JsonWriter.ascii(",\"missing\":[");
    private static final byte[] LENGTH = JsonWriter.ascii(",\"length\":");
    private static final byte[] READY = JsonWriter.ascii(",\"ready\":");
    private static final byte[] DELAYED = JsonWriter.ascii(",\"delayed\":");
    private static final byte[] LEASED = JsonWriter.ascii(",\"leased\":");
    private static final byte[] PARKED = JsonWriter.ascii(",\"parked\":");
    private static final byte[] QUEUES = JsonWriter.ascii(",\"queues\":[");
    private static final byte[] LISTED_QUEUE = JsonWriter.ascii("{\"queue\":");
    private static final byte[] MORE = JsonWriter.ascii(",\"more\":true");
    private static final byte[][] DURABILITY = new byte[Durability.values().length][];
    private static final byte[] END = JsonWriter.ascii("}\n");

    static {
        for (final Durability level : Durability.values()) {
            DURABILITY[level.code()] = JsonWriter.ascii(",\"durability\":\"" + level.level() + "\"");
        }
    }

    private final Payloads payloads;
    private final FrameSink frames;
    private final byte[] hello;
    private final JsonWriter json = new JsonWriter();
    private final ErrorWriter errors = new ErrorWriter(json);
    private final OneShotWriter oneShot;
    private final Payloads.View view = new Payloads.View();
    private final RejectCommand reject = new RejectCommand();
    private final ReplyTo to = new ReplyTo();

    private DirectBuffer command;
    private int commandOffset;
    private boolean isFirstItem;
    private boolean hasMessage;

    public JsonEffectEncoder(final CodecSettings settings, final Payloads payloads, final FrameSink frames) {
        this.payloads = payloads;
        this.frames = frames;
        hello = hello(settings);
        oneShot = new OneShotWriter(json, errors, settings.maxFrameLength());
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

    /** A refusal changed nothing and so waits for no disk. */
    private void beginRefused(final ReplyTo asked) {
        begin(asked, NEXT_REFUSED, FIRST_REFUSED);
        to.set(asked.connection(), asked.correlation(), asked.presentation(), Durability.MEMORY).promised(asked.promised());
    }

    private void end() {
        if (is(Presentation.NAMED_LEVEL)) {
            json.raw(DURABILITY[to.level().code()]);
        }
        json.raw(END);
        send();
    }

    private void send() {
        frames.onFrame(to, json.bytes(), json.length());
    }

    private boolean beginOneShot(final ReplyTo asked) {
        to.set(asked);
        if (is(Presentation.ONE_SHOT)) {
            json.clear();
            return true;
        }
        return false;
    }

    @Override
    public void published(final ReplyTo asked, final long firstMessage, final int count) {
        if (beginOneShot(asked)) {
            oneShot.published(command, commandOffset);
            send();
            return;
        }
        beginConfirmed(asked);
        if (is(Presentation.BATCH)) {
            json.raw(FIRST).number(firstMessage).raw(COUNT).number(count);
        } else {
            json.raw(MESSAGE).number(firstMessage);
        }
        end();
    }

    @Override
    public void beginMessages(final ReplyTo asked) {
        isFirstItem = true;
        hasMessage = false;
        if (beginOneShot(asked)) {
            return;
        }
        beginConfirmed(asked);
        if (!is(Presentation.SINGLE)) {
            json.raw(MESSAGES);
        }
    }

    @Override
    public void message(final long message, final int attempt, final int priority, final long publishedMs, final long payload) {
        payloads.view(payload, view);
        hasMessage = true;
        if (is(Presentation.ONE_SHOT)) {
            oneShot.taken(command, commandOffset, view);
            return;
        }
        if (is(Presentation.SINGLE)) {
            json.raw(MESSAGE).number(message);
        } else {
            separate();
            json.raw(LISTED_MESSAGE).number(message);
        }
        if (is(Presentation.TEXT) && json.isUtf8(view.buffer(), view.payloadOffset(), view.payloadLength())) {
            json.raw(TEXT).string(view.buffer(), view.payloadOffset(), view.payloadLength());
        } else {
            json.raw(PAYLOAD).base64(view.buffer(), view.payloadOffset(), view.payloadLength());
        }
        final boolean isDetailed = is(Presentation.DETAILS);
        if (isDetailed || attempt != 1) {
            json.raw(ATTEMPT).number(attempt);
        }
        if (isDetailed || priority != Limits.PRIORITY_DEFAULT) {
            json.raw(PRIORITY).number(priority);
        }
        if (isDetailed) {
            json.raw(PUBLISHED).number(publishedMs);
        }
        if (view.headersLength() > 0) {
            headers();
        }
        if (!is(Presentation.SINGLE)) {
            json.raw('}');
        }
    }

    private void separate() {
        if (!isFirstItem) {
            json.raw(',');
        }
        isFirstItem = false;
    }

    private void headers() {
        json.raw(HEADERS);
        int at = view.headersOffset();
        final int to = at + view.headersLength();
        boolean isFirst = true;
        while (at < to) {
            if (!isFirst) {
                json.raw(',');
            }
            isFirst = false;
            at = headerPart(at);
            json.raw(':');
            at = headerPart(at);
        }
        json.raw('}');
    }

    private int headerPart(final int at) {
        final int length = view.buffer().getShort(at) & 0xFFFF;
        json.string(view.buffer(), at + Short.BYTES, length);
        return at + Short.BYTES + length;
    }

    @Override
    public void endMessages() {
        if (is(Presentation.ONE_SHOT)) {
            if (!hasMessage) {
                oneShot.nothing(command, commandOffset);
            }
            send();
            return;
        }
        if (!is(Presentation.SINGLE)) {
            json.raw(']');
        }
        end();
    }

    @Override
    public void settled(final ReplyTo asked, final CommandType type, final int count, final long[] missing, final int missingCount) {
        beginConfirmed(asked);
        json.raw(type == CommandType.ACK ? ACKED : type == CommandType.NACK ? NACKED : EXTENDED).number(count);
        if (missingCount > 0) {
            json.raw(MISSING);
            isFirstItem = true;
            for (int i = 0; i < missingCount; i++) {
                separate();
                json.number(missing[i]);
            }
            json.raw(']');
        }
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
        counts(ready, delayed, leased, parked);
        end();
    }

    private void counts(final int ready, final int delayed, final int leased, final int parked) {
        json.raw(LENGTH).number(ready + delayed + leased + parked).raw(READY).number(ready).raw(DELAYED).number(delayed).raw(LEASED)
            .number(leased).raw(PARKED).number(parked);
    }

    @Override
    public void beginQueues(final ReplyTo asked) {
        beginConfirmed(asked);
        json.raw(QUEUES);
        isFirstItem = true;
    }

    @Override
    public void queue(
        final DirectBuffer name,
        final int offset,
        final int length,
        final int ready,
        final int delayed,
        final int leased,
        final int parked) {
        separate();
        json.raw(LISTED_QUEUE).string(name, offset, length);
        counts(ready, delayed, leased, parked);
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
    public void refused(
        final ReplyTo asked,
        final RefusalCode code,
        final DirectBuffer name,
        final int offset,
        final int length,
        final long limit,
        final long actual) {
        if (beginOneShot(asked)) {
            oneShot.refused(command, commandOffset, code, limit, actual);
            send();
            return;
        }
        beginRefused(asked);
        errors.write(code, name, offset, length, limit, actual);
        json.raw(END);
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
            send();
            return;
        }
        beginConfirmed(asked);
        if (type == CommandType.HELLO) {
            json.raw(hello);
        }
        end();
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
