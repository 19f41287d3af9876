package io.gmq.transport.codec;

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
    private static final int RETRY_AFTER_MS = 100;

    private final JsonWriter json;

    ErrorWriter(final JsonWriter json) {
        this.json = json;
    }

    /** A refusal by the engine. */
    void write(final RefusalCode code, final DirectBuffer name, final int offset, final int length, final long limit, final long actual) {
        final byte[] bytes = new byte[length];
        name.getBytes(offset, bytes);
        final String queue = new String(bytes, StandardCharsets.UTF_8);
        begin(code, text(code, queue, limit, actual));
        json.raw(QUEUE).string(queue);
        number(LIMIT, limit);
        number(ACTUAL, actual);
        if (code == RefusalCode.QUEUE_FULL || code == RefusalCode.OVERLOADED) {
            number(RETRY, RETRY_AFTER_MS);
        }
        json.raw('}');
    }

    /** A refusal by the decoder. */
    void write(final RejectCommand reject) {
        begin(reject.code(), reject.text());
        if (!reject.member().isEmpty()) {
            json.raw(MEMBER).string(reject.member());
        }
        number(LIMIT, reject.limit());
        if (reject.code() == RefusalCode.OVERLOADED) {
            number(RETRY, RETRY_AFTER_MS);
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

    private void begin(final RefusalCode code, final String text) {
        json.raw(CODE).raw(JsonWriter.ascii(code.word())).raw(MESSAGE).string(text);
    }

    private void number(final byte[] name, final long value) {
        if (value >= 0) {
            json.raw(name).number(value);
        }
    }

    private static String text(final RefusalCode code, final String queue, final long limit, final long actual) {
        return switch (code) {
            case QUEUE_FULL -> "queue '" + queue + "' holds " + actual + " of " + limit + " messages; try again when some are settled";
            case MESSAGE_TOO_LARGE -> "the message has " + actual + " bytes, queue '" + queue + "' takes up to " + limit
                + "; send less, or raise queue.max_message_length";
            case TOO_MANY_QUEUES -> "there are " + actual + " of " + limit + " queues; use one that exists, or raise queue.max_queue_number";
            case NO_SUCH_QUEUE -> "there is no queue '" + queue + "'; a publish creates it";
            case NOT_LEASED -> "that message of queue '" + queue + "' is not leased, or not in that attempt; its lease may have ended";
            case OVERLOADED -> "the broker holds " + actual + " of " + limit + "; try again when some is settled";
            default -> code.word();
        };
    }
}
