package io.gmq.engine.core;

import java.util.ArrayDeque;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The producers that publish with a sequence. It is not forgotten by time. Where there are too many, those go first whose last
 * accepted publish lies furthest back.
 */
final class Producers {
    private final Long2ObjectHashMap<Producer> byHash = new Long2ObjectHashMap<>();
    private final ArrayDeque<Producer> pool = new ArrayDeque<>();
    private Producer oldest;
    private Producer newest;
    private int size;

    /** Who would be forgotten first, or {@code null}; the others follow by {@link Producer#newer}. */
    Producer oldest() {
        return oldest;
    }

    /** The producer of that name, or {@code null}. */
    Producer find(final DirectBuffer buffer, final int offset, final int length) {
        Producer producer = byHash.get(QueueTable.hash(buffer, offset, length));
        while (producer != null && !QueueTable.equal(producer.name, buffer, offset, length)) {
            producer = producer.sameHash;
        }
        return producer;
    }

    /** Remembers an accepted publish. */
    void accept(
        final DirectBuffer buffer, final int offset, final int length, final long sequence, final long firstMessage, final int count) {
        Producer producer = find(buffer, offset, length);
        if (producer == null) {
            producer = add(buffer, offset, length);
        } else {
            unlink(producer);
        }
        producer.sequence = sequence;
        producer.firstMessage = firstMessage;
        producer.count = count;
        producer.older = newest;
        producer.newer = null;
        if (newest == null) {
            oldest = producer;
        } else {
            newest.newer = producer;
        }
        newest = producer;
    }

    private Producer add(final DirectBuffer buffer, final int offset, final int length) {
        final Producer producer = pool.isEmpty() ? new Producer() : pool.pop();
        if (producer.bytes.length < length) {
            producer.bytes = new byte[length];
        }
        buffer.getBytes(offset, producer.bytes, 0, length);
        producer.name.wrap(producer.bytes, 0, length);
        producer.hash = QueueTable.hash(buffer, offset, length);
        producer.sameHash = byHash.put(producer.hash, producer);
        size++;
        return producer;
    }

    private void unlink(final Producer producer) {
        if (producer.older == null) {
            oldest = producer.newer;
        } else {
            producer.older.newer = producer.newer;
        }
        if (producer.newer == null) {
            newest = producer.older;
        } else {
            producer.newer.older = producer.older;
        }
    }

    /** Forgets those that are too many; says whether there were any. */
    boolean trim(final int max) {
        final boolean hasTooMany = size > max;
        while (size > max) {
            forget(oldest);
        }
        return hasTooMany;
    }

    private void forget(final Producer producer) {
        unlink(producer);
        Producer other = byHash.remove(producer.hash);
        while (other != null) {
            final Producer next = other.sameHash;
            if (other != producer) {
                other.sameHash = byHash.put(producer.hash, other);
            }
            other = next;
        }
        producer.sameHash = null;
        pool.push(producer);
        size--;
    }

    /** All with what is known of them, in the order in which they would be forgotten. */
    long digest() {
        long hash = 0;
        for (Producer producer = oldest; producer != null; producer = producer.newer) {
            hash = Digest.chain(Digest.ofBytes(hash, producer.name, 0, producer.name.capacity()), producer.sequence);
            hash = Digest.chain(Digest.chain(hash, producer.firstMessage), producer.count);
        }
        return hash;
    }
}
