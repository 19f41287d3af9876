package io.gmq.client;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/**
 * The requests on their way, by id. Ids are given here, growing by one; a request stands at the place its id has modulo the size
 * of the table, and an id whose place is still taken (by a take that waits long, say) is passed over. So looking up is one read,
 * nothing is hashed, and nothing allocated.
 *
 * <p>{@link #add} is called by one thread at a time, under the connection's lock; the other methods by any thread.
 */
final class PendingTable {
    private final AtomicReferenceArray<Pending<?>> slots;
    private final int mask;
    private long lastId;

    /** @param max how many requests there can be at once; the table has twice as many places at least. */
    PendingTable(final int max) {
        final int size = Integer.highestOneBit(Math.max(2, max * 2 - 1)) << 1;
        slots = new AtomicReferenceArray<>(size);
        mask = size - 1;
    }

    /** Gives it an id and a place; there must be fewer than the maximum in the table. */
    void add(final Pending<?> pending) {
        long id = lastId + 1;
        while (slots.get((int) id & mask) != null) {
            id++;
        }
        lastId = id;
        pending.id = id;
        slots.setRelease((int) id & mask, pending);
    }

    /** The request of an id, or {@code null} if it is not on its way (any more). */
    Pending<?> get(final long id) {
        final Pending<?> pending = slots.get((int) id & mask);
        return pending != null && pending.id == id ? pending : null;
    }

    /** Whether it was in the table and this call took it out: only one caller hears yes, and that one completes it. */
    boolean remove(final Pending<?> pending) {
        return slots.compareAndSet((int) pending.id & mask, pending, null);
    }

    void forEach(final Consumer<Pending<?>> action) {
        for (int i = 0; i <= mask; i++) {
            final Pending<?> pending = slots.get(i);
            if (pending != null) {
                action.accept(pending);
            }
        }
    }
}
