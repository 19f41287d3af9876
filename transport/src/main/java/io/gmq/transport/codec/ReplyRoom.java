package io.gmq.transport.codec;

import io.gmq.engine.api.Headers;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.QueuesCommand;
import io.gmq.engine.api.TakeCommand;

/** How many bytes replies and pushes may have and can have, known before there are any. */
final class ReplyRoom {
    /** For a reply of a few numbers. */
    static final int SMALL = 512;
    /** For the settings and counts of a queue, and the name of its dead letter queue. */
    static final int QUEUE = 2048;
    /** For a refusal, which names a queue twice; each byte of the name may be escaped. */
    static final int REFUSAL = SMALL + 4 * Limits.NAME_LENGTH_MAX;
    /** What a step's result has beside a list of ids. */
    static final int RESULT = 160;
    static final int ID = 20;

    /** What three bytes become as base64, and as text in the worst case (six characters a byte). */
    private static final int PAYLOAD_EXPANSION = 4;
    private static final int TEXT_EXPANSION = 18;
    /** What a reply has beside its list; a push also names its queue. */
    private static final int ENVELOPE = 256;
    /** What a message that is shown can say beside what one that is given does: its state, and why it is parked. */
    private static final int PEEKED = 32 + Limits.NAME_LENGTH_MAX * TakeCommand.HEADER_EXPANSION;
    /** The headers of a dead letter that had as many as it could before. */
    private static final int HEADERS = (Headers.ENCODED_LENGTH_MAX + Headers.DEAD_LETTER_LENGTH_MAX) * TakeCommand.HEADER_EXPANSION;
    /** Replies to takes that wait are kept shorter, so that many can be promised at once. */
    private static final int WAITING = 256 * 1024;

    private final int maxFrameLength;
    private final int maxMessageLength;

    ReplyRoom(final CodecSettings settings) {
        maxFrameLength = settings.maxFrameLength();
        maxMessageLength = settings.limits().maxMessageLength();
    }

    static int expansion(final boolean isText) {
        return isText ? TEXT_EXPANSION : PAYLOAD_EXPANSION;
    }

    /** The most that one message can have. */
    private long message(final int expansion) {
        return TakeCommand.MESSAGE_OVERHEAD + (long) maxMessageLength * expansion / 3 + HEADERS;
    }

    /** What the list of a reply may have. */
    int list() {
        return maxFrameLength - ENVELOPE;
    }

    /** What the list of the reply to a take may have. */
    int taken(final int expansion, final boolean mayWait) {
        return mayWait ? (int) Math.min(list(), Math.max(WAITING, message(expansion))) : list();
    }

    /** What the list of a push may have, for a queue of that name. */
    int pushed(final Name queue) {
        return list() - queue.length() * QueuesCommand.NAME_EXPANSION;
    }

    /** The most that a reply with up to so many messages can have, of which all may have {@code room}. */
    int messages(final int max, final int expansion, final int room) {
        return (int) Math.min(room, max * message(expansion)) + ENVELOPE;
    }

    int peeked(final int max, final int expansion) {
        return (int) Math.min(list(), max * (message(expansion) + PEEKED)) + ENVELOPE;
    }

    int queues(final int max) {
        return Math.min(maxFrameLength, ENVELOPE + max * (QueuesCommand.QUEUE_OVERHEAD + Limits.NAME_LENGTH_MAX * QueuesCommand.NAME_EXPANSION));
    }

    int results(final long bytes) {
        return (int) Math.max(REFUSAL, Math.min(maxFrameLength, ENVELOPE + bytes));
    }
}
