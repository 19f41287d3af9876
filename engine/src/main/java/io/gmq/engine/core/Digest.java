package io.gmq.engine.core;

import io.gmq.engine.api.Limits;
import io.gmq.engine.api.Payloads;
import org.agrona.DirectBuffer;

/**
 * A hash over the whole state that depends on what the state is and not on how it came about: messages and queues are hashed
 * one by one and summed, so that records may lie anywhere; only what has an order (waiters of a queue, leases of a
 * connection, closing connections) is chained.
 *
 * <p>The mixing function is the finalizer of splitmix64 (Steele, Lea, Flood, 2014).
 */
final class Digest {
    private final Payloads.View view = new Payloads.View();

    long of(
        final long nowMs, final Limits limits, final MessageStore messages, final QueueTable queues, final Sessions sessions,
        final Iterable<MessageQueue> touched) {
        long digest = mix(chain(messages.nextId(), nowMs));
        if (limits != null) {
            digest += mix(limits.maxQueueNumber()) + mix(chain(2, limits.maxMessageLength()))
                + mix(chain(3, limits.maxQueueCapacity())) + mix(chain(4, limits.leaseMs())) + mix(chain(5, limits.maxHeldBytes()));
        }
        for (int rank = 0; rank < queues.size(); rank++) {
            digest += ofQueue(queues.atRank(rank));
        }
        final MessageTable table = messages.table();
        for (int message = 0; message < table.high(); message++) {
            if (table.state(message) != MessageTable.FREE) {
                digest += ofMessage(message, table, messages.slab(), queues);
            }
        }
        for (final Session session : sessions.all()) {
            digest += ofLeases(session, messages.table());
        }
        long order = 0;
        for (final MessageQueue queue : touched) {
            order = chain(order, queue.nameHash());
        }
        long closing = order;
        for (final Session session : sessions.closing()) {
            closing = chain(closing, session.connection);
        }
        return digest + closing;
    }

    /** The order of a session's leases, which is the order in which they are handed back. */
    private static long ofLeases(final Session session, final MessageTable table) {
        long hash = 0;
        for (int message = session.leaseFirst; message != MessageTable.NONE; message = table.leaseNext(message)) {
            hash = chain(hash, table.id(message));
        }
        return hash;
    }

    private static long ofQueue(final MessageQueue queue) {
        long hash = chain(queue.nameHash(), queue.ready());
        hash = chain(hash, queue.delayed());
        hash = chain(hash, queue.leased());
        hash = chain(hash, queue.parked());
        for (Waiter waiter = queue.firstWaiter(); waiter != null; waiter = waiter.queueNext) {
            hash = chain(hash, waiter.to.connection());
            hash = chain(hash, waiter.to.correlation());
            hash = chain(hash, waiter.to.presentation() | waiter.to.level().code() << 8 | (waiter.keep ? 1 << 16 : 0));
            hash = chain(hash, waiter.number);
            hash = chain(hash, waiter.to.promised());
            hash = chain(hash, waiter.max);
            hash = chain(hash, waiter.replyBytesMax);
            hash = chain(hash, waiter.expansion);
            hash = chain(hash, waiter.leaseMs);
            hash = chain(hash, waiter.deadlineMs);
        }
        return hash;
    }

    private long ofMessage(final int message, final MessageTable table, final Slab slab, final QueueTable queues) {
        long hash = chain(table.id(message), queues.get(table.queue(message)).nameHash());
        hash = chain(hash, table.state(message) | table.priority(message) << 8 | (table.keep(message) ? 1 << 16 : 0));
        hash = chain(hash, table.attempt(message));
        hash = chain(hash, table.publishedMs(message));
        hash = chain(hash, table.connection(message));
        if (table.place(message) != MessageTable.NONE) {
            hash = chain(hash, table.deadlineMs(message));
        }
        slab.view(table.payload(message), view);
        hash = chain(hash, view.payloadLength());
        return ofBytes(hash, view.buffer(), view.payloadOffset(), view.payloadLength() + view.headersLength());
    }

    private static long ofBytes(final long seed, final DirectBuffer buffer, final int offset, final int length) {
        long hash = seed;
        int at = offset;
        final int end = offset + length;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            hash = chain(hash, buffer.getLong(at));
        }
        for (; at < end; at++) {
            hash = chain(hash, buffer.getByte(at));
        }
        return hash;
    }

    private static long chain(final long hash, final long value) {
        return mix(hash * 0x9E3779B97F4A7C15L + value);
    }

    private static long mix(final long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
