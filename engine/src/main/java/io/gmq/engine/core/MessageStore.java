package io.gmq.engine.core;

import io.gmq.engine.api.Limits;
import java.util.function.IntConsumer;
import org.agrona.DirectBuffer;

/** The messages themselves: their records, the way from an id to a record, and their bytes, which copies of a message share. */
final class MessageStore {
    private final MessageTable table = new MessageTable();
    private final HoldTable holds = new HoldTable();
    private final Lanes lanes = new Lanes(table);
    private final MessageIndex index = new MessageIndex();
    private final Slab slab = new Slab();
    private long nextId = 1;
    private long bodyBytes;

    MessageTable table() {
        return table;
    }

    HoldTable holds() {
        return holds;
    }

    Lanes lanes() {
        return lanes;
    }

    Slab slab() {
        return slab;
    }

    /** What all messages held count where memory is bounded. */
    long heldBytes() {
        return bodyBytes + (long) table.size() * Limits.MESSAGE_OVERHEAD;
    }

    /** The id that the next message gets. */
    long nextId() {
        return nextId;
    }

    /** Stores the bytes of a message, payload and then headers, for the first message that {@link #add} gives them to. */
    long putBody(
        final DirectBuffer source, final int offset, final int payloadLength, final int headersLength, final long publishedMs) {
        bodyBytes += payloadLength + headersLength;
        return slab.put(source, offset, payloadLength, headersLength, publishedMs);
    }

    /** Stores the payload of another message with other headers. */
    long copyBody(final long body, final DirectBuffer headers, final int headersLength, final long publishedMs) {
        bodyBytes += slab.payloadLength(body) + headersLength;
        return slab.copy(body, headers, headersLength, publishedMs);
    }

    /** A message with the next id, in no lane yet. */
    int add(final long body, final int priority) {
        final long id = nextId++;
        final int message = table.add(id, priority, body);
        index.put(id, message);
        return message;
    }

    /** A message with the id that it had, in no lane yet. */
    int restore(final long id, final long body, final int priority, final int attempt) {
        final int message = table.add(id, priority, body);
        table.attempt(message, attempt);
        index.put(id, message);
        return message;
    }

    void nextId(final long id) {
        nextId = id;
    }

    /** All messages in the order of their ids. */
    void forEach(final IntConsumer consumer) {
        index.forEach(table::id, consumer);
    }

    /** The record of an id, or {@link MessageTable#NONE}; it may be in a dead lane. */
    int find(final long id) {
        return index.get(id);
    }

    /** The lane in which a message stands. */
    Lane laneOf(final int message) {
        return lanes.get(table.lane(message));
    }

    /** Its hold, which is added where there is none. */
    int holdOf(final int message) {
        int hold = table.hold(message);
        if (hold == HoldTable.NONE) {
            hold = holds.add(message);
            table.hold(message, hold);
        }
        return hold;
    }

    /** Drops its hold, if there is one. */
    void dropHold(final int message) {
        final int hold = table.hold(message);
        if (hold != HoldTable.NONE) {
            holds.remove(hold);
            table.hold(message, HoldTable.NONE);
        }
    }

    /** When its time to live is over; 0 for never. */
    long expiryMs(final int message) {
        final int hold = table.hold(message);
        return hold == HoldTable.NONE ? 0 : holds.expiryMs(hold);
    }

    int payloadLength(final int message) {
        return slab.payloadLength(table.payload(message));
    }

    /** Forgets a message that has left its lane; its bytes stay readable until {@code sequence} is reclaimed. */
    void remove(final int message, final long sequence) {
        final long body = table.payload(message);
        final int length = slab.length(body);
        if (slab.free(body, sequence)) {
            bodyBytes -= length;
        }
        dropHold(message);
        index.remove(table.id(message));
        table.remove(message);
    }
}
