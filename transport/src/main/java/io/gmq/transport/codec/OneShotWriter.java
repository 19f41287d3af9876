package io.gmq.transport.codec;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.Payloads;
import io.gmq.engine.api.PublishCommand;
import io.gmq.engine.api.QueueCommand;
import io.gmq.engine.api.RefusalCode;
import io.gmq.engine.api.TakeCommand;
import org.agrona.DirectBuffer;

/**
 * Writes replies in the form of the original GMQ: always the same six members in the same order, the queue and (for a publish)
 * the payload repeated from the request, credentials never. No LF behind it: the connection's end ends it.
 */
final class OneShotWriter {
    /** The most that a refusal has beside the payload: two names of 255 bytes, escaped, and the error. */
    private static final int REFUSAL_LENGTH_MAX = 4096;
    private static final byte[] OPERATION = JsonWriter.ascii("{\"operation\":");
    private static final byte[] QUEUE = JsonWriter.ascii(",\"queue\":");
    private static final byte[] PAYLOAD = JsonWriter.ascii(",\"payload\":");
    private static final byte[] CONFIRMED = JsonWriter.ascii(",\"confirmation\":\"Y\",\"error\":null");
    private static final byte[] REFUSED = JsonWriter.ascii(",\"confirmation\":\"N\",\"error\":");
    private static final byte[] AUTH = JsonWriter.ascii(",\"auth\":{\"user\":\"\",\"password\":\"\"}}");
    private static final byte[] EMPTY = JsonWriter.ascii("\"\"");

    private final JsonWriter json;
    private final ErrorWriter errors;
    private final int repeatedMax;
    private final PublishCommand publish = new PublishCommand();
    private final TakeCommand take = new TakeCommand();

    /** @param maxFrameLength a payload that would make a refusal longer than this is not repeated. */
    OneShotWriter(final JsonWriter json, final ErrorWriter errors, final int maxFrameLength) {
        this.json = json;
        this.errors = errors;
        repeatedMax = maxFrameLength - REFUSAL_LENGTH_MAX;
    }

    void published(final DirectBuffer command, final int offset) {
        head(command, offset);
        repeatPayload(command, offset);
        json.raw(CONFIRMED).raw(AUTH);
    }

    void taken(final DirectBuffer command, final int offset, final Payloads.View view) {
        head(command, offset);
        json.raw(PAYLOAD).base64(view.buffer(), view.payloadOffset(), view.payloadLength()).raw(CONFIRMED).raw(AUTH);
    }

    /** The queue was empty, or there is none. */
    void nothing(final DirectBuffer command, final int offset) {
        head(command, offset);
        json.raw(PAYLOAD).raw(EMPTY).raw(CONFIRMED).raw(AUTH);
    }

    void length(final DirectBuffer command, final int offset, final int length) {
        head(command, offset);
        json.raw(PAYLOAD).raw('"').number(length).raw('"').raw(CONFIRMED).raw(AUTH);
    }

    void refused(final DirectBuffer command, final int offset, final RefusalCode code, final long limit, final long actual) {
        final CommandType type = CommandHeader.type(command, offset);
        if (type == CommandType.TAKE && code == RefusalCode.NO_SUCH_QUEUE) {
            nothing(command, offset);
            return;
        }
        head(command, offset);
        if (type == CommandType.PUBLISH && isRepeatable(command, offset)) {
            repeatPayload(command, offset);
        } else {
            json.raw(PAYLOAD).raw(EMPTY);
        }
        json.raw(REFUSED);
        errors.write(code, command, nameOffset(command, offset), nameLength(command, offset), limit, actual);
        json.raw(AUTH);
    }

    void rejected(final RejectCommand reject) {
        json.raw(OPERATION).string(reject.operation()).raw(QUEUE).string(reject.queue()).raw(PAYLOAD).raw(EMPTY).raw(REFUSED);
        errors.write(reject);
        json.raw(AUTH);
    }

    private void head(final DirectBuffer command, final int offset) {
        json.raw(OPERATION).string(switch (CommandHeader.type(command, offset)) {
            case PUBLISH -> Operation.P.word();
            case TAKE -> Operation.S.word();
            default -> Operation.L.word();
        });
        json.raw(QUEUE).string(command, nameOffset(command, offset), nameLength(command, offset));
    }

    private boolean isRepeatable(final DirectBuffer command, final int offset) {
        publish.wrap(command, offset).next();
        return Base64Codec.encodedLength(publish.payloadLength()) <= repeatedMax;
    }

    private void repeatPayload(final DirectBuffer command, final int offset) {
        publish.wrap(command, offset).next();
        json.raw(PAYLOAD).base64(command, publish.payloadOffset(), publish.payloadLength());
    }

    private int nameOffset(final DirectBuffer command, final int offset) {
        return switch (CommandHeader.type(command, offset)) {
            case PUBLISH -> publish.wrap(command, offset).nameOffset();
            case TAKE -> take.wrap(command, offset).nameOffset();
            default -> QueueCommand.nameOffset(offset);
        };
    }

    private int nameLength(final DirectBuffer command, final int offset) {
        return switch (CommandHeader.type(command, offset)) {
            case PUBLISH -> publish.wrap(command, offset).nameLength();
            case TAKE -> take.wrap(command, offset).nameLength();
            default -> QueueCommand.nameLength(command, offset);
        };
    }
}
