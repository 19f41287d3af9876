package io.gmq.transport.codec;

import io.gmq.engine.api.Headers;
import io.gmq.engine.api.PublishCommand;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Where the messages of a publish are put together, in the form of {@link PublishCommand}, while their request is read. Room
 * for the command's prefix is kept before them, so that the whole command lies in one piece in the end. Headers may come
 * before the payload in JSON and stand behind it in the command; they wait beside it until their message ends.
 */
final class MessageScratch {
    private static final int INITIAL_LENGTH = 64 * 1024;
    /** A batch's shortest message takes 12 bytes of JSON and 16 of a command. */
    private static final int GROWTH = 2;

    private final byte[] headers = new byte[Headers.ENCODED_LENGTH_MAX];
    private byte[] bytes = new byte[INITIAL_LENGTH];
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private int messageFrom;
    private int payloadTo;
    private int headersLength;
    private int count;

    /** Starts over for a frame of so many bytes, whose messages are sure to fit. */
    void reset(final int frameLength) {
        final int needed = PublishCommand.PREFIX_LENGTH_MAX + PublishCommand.MESSAGE_HEADER_LENGTH + frameLength * GROWTH;
        if (bytes.length < needed) {
            bytes = new byte[Math.max(needed, bytes.length * 2)];
            buffer.wrap(bytes);
        }
        messageFrom = PublishCommand.PREFIX_LENGTH_MAX;
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
    void endMessage(final int priority, final long delayMs) {
        System.arraycopy(headers, 0, bytes, payloadTo, headersLength);
        PublishCommand.writeMessageHeader(buffer, messageFrom, payloadTo - payloadFrom(), headersLength, priority, delayMs);
        messageFrom = payloadTo + headersLength;
        count++;
        begin();
    }

    /** Messages ended so far. */
    int count() {
        return count;
    }

    /** Where the last message that was ended ends. */
    int end() {
        return messageFrom;
    }
}
