package io.gmq.transport.codec;

import io.gmq.engine.api.AtomicCommand;
import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.ConsumerCommand;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.PublishCommand;
import io.gmq.engine.api.RefusalCode;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/** Writes the object behind {@code "error"}: the stable code, what to do about it, and the numbers. */
final class ErrorWriter {
    private static final byte[] CODE = JsonWriter.ascii("{\"code\":\"");
    private static final byte[] MESSAGE = JsonWriter.ascii("\",\"message\":");
    private static final byte[] QUEUE = JsonWriter.ascii(",\"queue\":");
    private static final byte[] MEMBER = JsonWriter.ascii(",\"member\":");
    private static final byte[] LIMIT = JsonWriter.ascii(",\"limit\":");
    private static final byte[] ACTUAL = JsonWriter.ascii(",\"actual\":");
    private static final byte[] OFFSET = JsonWriter.ascii(",\"offset\":");
    private static final byte[] RETRY = JsonWriter.ascii(",\"retry_after_ms\":");
    private static final byte[] STEP = JsonWriter.ascii(",\"step\":");
    private static final int NO_STEP = -1;
    private static final int RETRY_AFTER_MS = 100;
    /** Where nothing can be stored: that takes longer to pass. */
    private static final int RETRY_WHEN_AWAY_MS = 1000;

    private final JsonWriter json;
    private final PublishCommand publish = new PublishCommand();
    private final AtomicCommand atomic = new AtomicCommand();
    private DirectBuffer command;
    private int commandOffset;
    private int step = NO_STEP;
    private String text = "";

    ErrorWriter(final JsonWriter json) {
        this.json = json;
    }

    /** The refusal that follows is one of this command, or of this step of it. */
    void onCommand(final DirectBuffer buffer, final int offset, final int index) {
        command = buffer;
        commandOffset = offset;
        step = index;
        if (index >= 0 && CommandHeader.type(buffer, offset) == CommandType.ATOMIC) {
            atomic.wrap(buffer, offset);
            for (int i = 0; i <= index; i++) {
                atomic.next();
            }
            commandOffset = atomic.stepOffset();
        }
    }

    /** A refusal by the engine, of what {@link #onCommand} was told of. */
    void write(final RefusalCode code, final DirectBuffer name, final int offset, final int length, final long limit, final long actual) {
        final byte[] bytes = new byte[length];
        name.getBytes(offset, bytes);
        final String queue = new String(bytes, StandardCharsets.UTF_8);
        begin(code, text(code, queue, limit, actual));
        if (length > 0) {
            json.raw(QUEUE).string(queue);
        }
        if (code == RefusalCode.BAD_REQUEST) {
            json.raw(MEMBER).string(Member.CONSUMER.word());
        }
        number(STEP, step);
        number(LIMIT, limit);
        number(ACTUAL, actual);
        if (code == RefusalCode.QUEUE_FULL || code == RefusalCode.OVERLOADED) {
            number(RETRY, limit < 0 && code == RefusalCode.OVERLOADED ? RETRY_WHEN_AWAY_MS : RETRY_AFTER_MS);
        }
        json.raw('}');
    }

    /** A refusal by the decoder. */
    void write(final RejectCommand reject) {
        begin(reject.code(), reject.text());
        if (!reject.member().isEmpty()) {
            json.raw(MEMBER).string(reject.member());
        }
        number(STEP, reject.step());
        number(LIMIT, reject.limit());
        if (reject.code() == RefusalCode.OVERLOADED) {
            number(RETRY, reject.retryAfterMs() < 0 ? RETRY_AFTER_MS : reject.retryAfterMs());
        }
        number(OFFSET, reject.offset());
        json.raw('}');
    }

    /** A refusal that concerns the connection as a whole. */
    void write(final RefusalCode code, final String text) {
        begin(code, text);
        if (code == RefusalCode.OVERLOADED) {
            number(RETRY, RETRY_AFTER_MS);
        }
        json.raw('}');
    }

    /** What the last refusal says. */
    String text() {
        return text;
    }

    private void begin(final RefusalCode code, final String itsText) {
        text = itsText;
        json.raw(CODE).raw(JsonWriter.ascii(code.word())).raw(MESSAGE).string(itsText);
    }

    private void number(final byte[] name, final long value) {
        if (value >= 0) {
            json.raw(name).number(value);
        }
    }

    private String text(final RefusalCode code, final String queue, final long limit, final long actual) {
        return switch (code) {
            case QUEUE_FULL -> "queue '" + queue + "' holds " + actual + " of " + limit
                + " messages; try again when some are settled, or raise its capacity or queue.max_queue_capacity";
            case MESSAGE_TOO_LARGE -> "the message has " + actual + " bytes, queue '" + queue + "' takes up to " + limit
                + "; send less, or raise max_message_length of the queue or the broker";
            case TOO_MANY_QUEUES -> "there are " + actual + " of " + limit + " queues; use one that exists, or raise queue.max_queue_number";
            case NO_SUCH_QUEUE -> "there is no queue '" + queue + "'; a publish creates it";
            case NOT_LEASED -> "that message of queue '" + queue + "' is not leased, or not in that attempt; its lease may have ended";
            case NOT_EMPTY -> "queue '" + queue + "' holds " + actual + (actual == 1 ? " message" : " messages")
                + "; purge it first, or leave 'if_empty' out";
            case BAD_REQUEST -> "this connection has no consumer " + ConsumerCommand.consumer(command, commandOffset)
                + "; the reply to 'consume' gives its number";
            case STORAGE_FULL -> "there is too little room on disk to publish; taking and settling go on, try again when there is room";
            case OVERLOADED -> overloaded(limit, actual);
            default -> code.word();
        };
    }

    /** Each command can meet one bound, and one that publishes to topics some more, which are told apart by their numbers. */
    private String overloaded(final long limit, final long actual) {
        if (limit < 0) {
            return "the database does not answer, so nothing can be changed at present; what is here is safe, try again later";
        }
        return switch (CommandHeader.type(command, commandOffset)) {
            case PUBLISH -> overloadedByMessages(publish.wrap(command, commandOffset).isTopic(), limit, actual);
            case ACK, NACK, PARK -> "the ranges of the request look at " + actual + " leases, " + limit + " are allowed; send fewer steps at once";
            case TAKE -> actual + " of " + limit + " takes are waiting; try again when some are answered, or without 'wait_ms'";
            case CONSUME -> "there are " + actual + " of " + limit + " consumers; cancel one first, or try again later";
            case BIND -> "there are " + actual + " of " + limit + " bindings, or their topics have too many words; unbind some first";
            default -> "the broker holds " + actual + " of " + limit + "; try again later";
        };
    }

    private static String overloadedByMessages(final boolean isTopic, final long limit, final long actual) {
        if (isTopic && limit == Limits.COPIES_MAX) {
            return "the request would make " + actual + " copies for topics' queues, " + limit + " are allowed; send fewer messages at once";
        }
        if (isTopic && limit == Limits.MET_MAX) {
            return "the request meets more than " + limit + " bindings on its way; unbind some that overlap, or send fewer steps at once";
        }
        return "messages would hold " + actual + " bytes of " + limit + "; try again when some are settled, or raise queue.max_held_bytes";
    }
}
