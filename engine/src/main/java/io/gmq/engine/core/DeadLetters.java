package io.gmq.engine.core;

import io.gmq.engine.api.Count;
import io.gmq.engine.api.Headers;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.OnFull;
import io.gmq.engine.api.Payloads;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.collections.LongArrayQueue;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Sends what was set aside on to the dead letter queue of its queue, as a new message that says where it comes from. Where that
 * queue can't take it, it stays parked where it is.
 */
final class DeadLetters {
    private static final byte[] ORIGIN_QUEUE = ascii("gmq-origin-queue");
    private static final byte[] ORIGIN_MESSAGE = ascii("gmq-origin-message");
    private static final byte[] REASON = ascii("gmq-reason");
    private static final byte[][] OWN = {ORIGIN_QUEUE, ORIGIN_MESSAGE, REASON};

    private final Current current;
    private final MessageStore store;
    private final MessageTable table;
    private final QueueTable queues;
    private final Fates fates;
    private final Payloads.View view = new Payloads.View();
    private final UnsafeBuffer headers = new UnsafeBuffer(new byte[Headers.ENCODED_LENGTH_MAX + Headers.DEAD_LETTER_LENGTH_MAX]);
    private int headersLength;

    DeadLetters(final Current current, final MessageStore store, final QueueTable queues, final Fates fates) {
        this.current = current;
        this.store = store;
        table = store.table();
        this.queues = queues;
        this.fates = fates;
    }

    private static byte[] ascii(final String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }

    /** Sends all on that are to go; the last part of every command that set any aside. */
    void forwardAll() {
        final LongArrayQueue ids = fates.toForward();
        while (!ids.isEmpty()) {
            final int message = store.find(ids.pollLong());
            if (message != MessageTable.NONE) {
                final Lane lane = store.laneOf(message);
                if (!lane.isDead() && lane.state() == MessageState.PARKED) {
                    forward(message, lane.queue());
                }
            }
        }
    }

    private void forward(final int message, final MessageQueue from) {
        final MessageQueue to = makeRoom(from.config.deadLetter());
        if (to == null) {
            return;
        }
        final long body = table.payload(message);
        writeHeaders(message, body, from);
        final long copy = store.copyBody(body, headers, headersLength, current.atMs);
        from.count(Count.DEAD_LETTERED, 1);
        fates.passOn(message, from, to, copy);
    }

    /** The dead letter queue with room for one more, or {@code null} where there is none. */
    private MessageQueue makeRoom(final DirectBuffer name) {
        final MessageQueue queue = queues.find(name, 0, name.capacity());
        final Limits limits = current.limits;
        if (queue == null) {
            return queues.size() < limits.maxQueueNumber() ? queues.add(name, 0, name.capacity()) : null;
        }
        final int capacity = queue.config.capacity(limits);
        if (queue.length() >= capacity && (queue.config.onFull() == OnFull.REJECT || queue.leased() >= capacity)) {
            return null;
        }
        fates.makeRoom(queue, 1, capacity);
        return queue;
    }

    private void writeHeaders(final int message, final long body, final MessageQueue from) {
        headersLength = 0;
        store.slab().view(body, view);
        keepOthers(view.buffer(), view.headersOffset(), view.headersOffset() + view.headersLength());
        put(ORIGIN_QUEUE);
        put(from.name(), 0, from.nameLength());
        put(ORIGIN_MESSAGE);
        final int digits = headers.putLongAscii(headersLength + Short.BYTES, table.id(message));
        headers.putShort(headersLength, (short) digits);
        headersLength += Short.BYTES + digits;
        put(REASON);
        store.slab().view(store.holds().reason(table.hold(message)), view);
        put(view.buffer(), view.payloadOffset(), view.payloadLength());
    }

    private void keepOthers(final DirectBuffer buffer, final int from, final int to) {
        int at = from;
        while (at < to) {
            final int nameLength = buffer.getShort(at) & 0xFFFF;
            final int value = at + Short.BYTES + nameLength;
            final int valueLength = buffer.getShort(value) & 0xFFFF;
            if (!isOwn(buffer, at + Short.BYTES, nameLength)) {
                put(buffer, at + Short.BYTES, nameLength);
                put(buffer, value + Short.BYTES, valueLength);
            }
            at = value + Short.BYTES + valueLength;
        }
    }

    private static boolean isOwn(final DirectBuffer buffer, final int offset, final int length) {
        for (final byte[] own : OWN) {
            if (own.length == length) {
                int i = 0;
                while (i < length && buffer.getByte(offset + i) == own[i]) {
                    i++;
                }
                if (i == length) {
                    return true;
                }
            }
        }
        return false;
    }

    private void put(final byte[] part) {
        headers.putShort(headersLength, (short) part.length);
        headers.putBytes(headersLength + Short.BYTES, part);
        headersLength += Short.BYTES + part.length;
    }

    private void put(final DirectBuffer buffer, final int offset, final int length) {
        headers.putShort(headersLength, (short) length);
        headers.putBytes(headersLength + Short.BYTES, buffer, offset, length);
        headersLength += Short.BYTES + length;
    }
}
