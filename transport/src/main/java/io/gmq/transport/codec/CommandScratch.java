package io.gmq.transport.codec;

import io.gmq.engine.api.AtomicCommand;
import io.gmq.engine.api.Headers;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.PublishCommand;
import io.gmq.engine.api.SettleCommand;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Where the messages of a publish are put together, in the form of {@link PublishCommand}, while their request is read, and
 * the steps of an {@link AtomicCommand}, one behind the other. Room for a publish's prefix is kept before its messages, so that
 * the whole command lies in one piece in the end. Headers may come before the payload in JSON and stand behind it in the
 * command; they wait beside it until their message ends.
 *
 * <pre>
 *   atomic's prefix | step … | room for the prefix of a step | prefix of a publish, from its right end | message …
 * </pre>
 */
final class CommandScratch {
    private static final int INITIAL_LENGTH = 64 * 1024;
    /** Beside a frame's bytes: a message takes no more in a command than in JSON, ids do. */
    private static final int STEP_ROOM = AtomicCommand.STEP_PREFIX_LENGTH + Math.max(PublishCommand.PREFIX_LENGTH_MAX
        + PublishCommand.MESSAGE_HEADER_LENGTH + PublishCommand.MESSAGE_TRAILER_LENGTH_MAX,
        SettleCommand.PREFIX_LENGTH_MAX + Limits.BATCH_MAX * Long.BYTES);

    private final byte[] headers = new byte[Headers.ENCODED_LENGTH_MAX];
    private byte[] bytes = new byte[INITIAL_LENGTH];
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private int frameLength;
    private int stepsTo;
    private int messageFrom;
    private int firstFrom;
    private int payloadTo;
    private int headersLength;
    private int count;

    /** Starts over for a frame of so many bytes, whose messages are sure to fit. */
    void reset(final int itsLength) {
        frameLength = itsLength;
        stepsTo = AtomicCommand.PREFIX_LENGTH;
        beginCommand();
    }

    /** Forgets the messages there are, and makes room for those of the request or the step that is read next. */
    void beginCommand() {
        final int needed = stepsTo + STEP_ROOM + frameLength;
        if (bytes.length < needed) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
            buffer.wrap(bytes);
        }
        firstFrom = stepFrom() + PublishCommand.PREFIX_LENGTH_MAX;
        messageFrom = firstFrom;
        count = 0;
        begin();
    }

    private void begin() {
        payloadTo = payloadFrom();
        headersLength = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    /** Where the payload of the current message goes. */
    int payloadFrom() {
        return messageFrom + PublishCommand.MESSAGE_HEADER_LENGTH;
    }

    void payloadTo(final int to) {
        payloadTo = to;
    }

    /** Where the headers of the current message are put together. */
    byte[] headers() {
        return headers;
    }

    void headersLength(final int length) {
        headersLength = length;
    }

    /** Ends the current message and begins the next. */
    void endMessage(final int priority, final long delayMs, final long ttlMs) {
        System.arraycopy(headers, 0, bytes, payloadTo, headersLength);
        messageFrom = PublishCommand.writeMessage(buffer, messageFrom, payloadTo - payloadFrom(), headersLength, priority, delayMs, ttlMs);
        count++;
        begin();
    }

    /** Messages ended so far. */
    int count() {
        return count;
    }

    /** Where the first message begins; before it there is room for a prefix. */
    int messagesFrom() {
        return firstFrom;
    }

    /** Where the last message that was ended ends. */
    int messagesTo() {
        return messageFrom;
    }

    /** Where the command of the next step belongs. */
    int stepFrom() {
        return stepsTo + AtomicCommand.STEP_PREFIX_LENGTH;
    }

    /** Adds a command that lies somewhere behind the steps there are to them. */
    void addStep(final int from, final int length) {
        System.arraycopy(bytes, from, bytes, stepFrom(), length);
        AtomicCommand.writeStepPrefix(buffer, stepsTo, length);
        stepsTo = stepFrom() + length;
    }

    /** Where the last step ends. */
    int stepsTo() {
        return stepsTo;
    }
}
