package io.gmq.engine.core;

import io.gmq.engine.api.Limits;
import org.agrona.DirectBuffer;

/** The messages themselves: their records, the way from an id to a record, and their bytes. */
final class MessageStore {
    private final MessageTable table = new MessageTable();
    private final MessageIndex index = new MessageIndex();
    private final Slab slab = new Slab();
    private long nextId = 1;

    MessageTable table() {
        return table;
    }

    Slab slab() {
        return slab;
    }

    /** What all messages held count where memory is bounded. */
    long heldBytes() {
        return slab.heldBytes() + (long) table.size() * Limits.MESSAGE_OVERHEAD;
    }

    /** The id that the next message gets. */
    long nextId() {
        return nextId;
    }

    /** Stores a new message and gives it the next id. */
    int add(
        final DirectBuffer source,
        final int offset,
        final int payloadLength,
        final int headersLength,
        final long publishedMs,
        final int queue,
        final int priority) {
        final long id = nextId++;
        final long payload = slab.put(source, offset, payloadLength, headersLength);
        final int message = table.add(id, payload, publishedMs, queue, priority);
        index.put(id, message);
        return message;
    }

    /** The record of an id, or {@link MessageTable#NONE}. */
    int find(final long id) {
        return index.get(id);
    }

    /** Forgets a message; its bytes stay readable until {@code sequence} is reclaimed. */
    void remove(final int message, final long sequence) {
        slab.free(table.payload(message), sequence);
        index.remove(table.id(message));
        table.remove(message);
    }
}
