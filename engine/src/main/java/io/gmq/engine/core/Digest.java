package io.gmq.engine.core;

import io.gmq.engine.api.Count;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.Payloads;
import org.agrona.DirectBuffer;

/**
 * A hash over the whole state that depends on what the state is and not on how it came about: messages, queues and sessions are
 * hashed one by one and summed, so that records may lie anywhere; only what has an order (the line of a queue, the leases and
 * consumers of a connection, producers, what is left over) is chained.
 *
 * <p>The mixing function is the finalizer of splitmix64 (Steele, Lea, Flood, 2014).
 */
final class Digest {
    private static final long GONE = 0x6F6E65;

    private final MessageStore store;
    private final MessageTable table;
    private final HoldTable holds;
    private final Payloads.View view = new Payloads.View();

    Digest(final MessageStore store) {
        this.store = store;
        table = store.table();
        holds = store.holds();
    }

    long of(
        final long nowMs, final Limits limits, final QueueTable queues, final Sessions sessions, final Producers producers,
        final Touched touched, final Chores chores) {
        long digest = mix(chain(store.nextId(), nowMs));
        if (limits != null) {
            digest += mix(limits.maxQueueNumber()) + mix(chain(2, limits.maxMessageLength())) + mix(chain(3, limits.maxQueueCapacity()))
                + mix(chain(4, limits.leaseMs())) + mix(chain(5, limits.maxHeldBytes())) + mix(chain(6, limits.maxProducers()));
        }
        for (int rank = 0; rank < queues.size(); rank++) {
            digest += ofQueue(queues.atRank(rank));
        }
        for (int message = 0; message < table.high(); message++) {
            if (table.lane(message) != MessageTable.NONE) {
                digest += ofMessage(message);
            }
        }
        for (final Session session : sessions.all()) {
            digest += ofSession(session);
        }
        long order = producers.digest();
        for (final MessageQueue queue : touched.all()) {
            order = chain(order, queue.nameHash());
        }
        for (final Session session : sessions.closing()) {
            order = chain(order, session.connection);
        }
        for (final MessageQueue queue : chores.deadQueues()) {
            order = chain(order, ofQueue(queue));
        }
        return digest + mix(order);
    }

    /** A session's leases in the order in which they are handed back, its consumers in that of their numbers. */
    private long ofSession(final Session session) {
        long hash = chain(session.connection, session.unread);
        hash = chain(hash, session.consumersSeen);
        for (int hold = session.leaseFirst; hold != HoldTable.NONE; hold = holds.leaseNext(hold)) {
            hash = chain(hash, table.id(holds.message(hold)));
        }
        for (Consumer consumer = session.firstConsumer; consumer != null; consumer = consumer.sessionNext) {
            hash = chain(hash, consumer.number);
            hash = chain(hash, consumer.credit);
            hash = chain(hash, consumer.leases);
            hash = chain(hash, consumer.isInLine ? 1 : 0);
            hash = ofTaker(chain(hash, consumer.queue.nameHash()), consumer);
        }
        return mix(hash);
    }

    private static long ofTaker(final long seed, final Taker taker) {
        long hash = chain(seed, taker.to.connection());
        hash = chain(hash, taker.to.correlation());
        hash = chain(hash, taker.to.presentation() | taker.to.level().code() << 8 | (taker.keep ? 1 << 16 : 0));
        hash = chain(hash, taker.to.promised());
        hash = chain(hash, taker.bytesMax);
        hash = chain(hash, taker.expansion);
        return chain(hash, taker.leaseMs);
    }

    private static long ofQueue(final MessageQueue queue) {
        long hash = chain(queue.nameHash(), queue.number);
        hash = chain(hash, queue.ready());
        hash = chain(hash, queue.delayed());
        hash = chain(hash, queue.leased());
        hash = chain(hash, queue.parked());
        for (final Count count : MessageQueue.COUNTED) {
            hash = chain(hash, queue.count(count));
        }
        hash = queue.config.digest(hash);
        for (Taker taker = queue.line.first(); taker != null; taker = taker.lineNext) {
            hash = ofTaker(hash, taker);
            if (taker instanceof Waiter waiter) {
                hash = chain(hash, waiter.number);
                hash = chain(hash, waiter.max);
                hash = chain(hash, waiter.deadlineMs);
            } else {
                hash = chain(hash, ((Consumer) taker).number);
            }
        }
        for (Consumer consumer = queue.firstConsumer; consumer != null; consumer = consumer.queueNext) {
            hash = chain(chain(hash, consumer.session.connection), consumer.number);
        }
        return mix(chain(hash, Topics.digest(queue)));
    }

    private long ofMessage(final int message) {
        final Lane lane = store.laneOf(message);
        if (lane.isDead()) {
            return mix(chain(table.id(message), GONE));
        }
        long hash = chain(table.id(message), lane.queue().nameHash());
        hash = chain(hash, lane.state().ordinal() | table.priority(message) << 8);
        hash = chain(hash, table.attempt(message));
        final int hold = table.hold(message);
        if (hold != HoldTable.NONE) {
            hash = chain(hash, holds.expiryMs(hold));
            if (lane.state() == MessageState.LEASED || lane.state() == MessageState.DELAYED) {
                hash = chain(hash, holds.deadlineMs(hold));
                hash = chain(hash, holds.connection(hold) + (holds.keep(hold) ? GONE : 0));
            }
            if (holds.reason(hold) != Payloads.NONE) {
                store.slab().view(holds.reason(hold), view);
                hash = ofBytes(hash, view.buffer(), view.payloadOffset(), view.payloadLength());
            }
        }
        store.slab().view(table.payload(message), view);
        hash = chain(hash, view.payloadLength());
        hash = chain(hash, view.publishedMs());
        return ofBytes(hash, view.buffer(), view.payloadOffset(), view.payloadLength() + view.headersLength());
    }

    static long ofBytes(final long seed, final DirectBuffer buffer, final int offset, final int length) {
        long hash = seed;
        int at = offset;
        final int end = offset + length;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            hash = chain(hash, buffer.getLong(at));
        }
        for (; at < end; at++) {
            hash = chain(hash, buffer.getByte(at));
        }
        return chain(hash, length);
    }

    static long chain(final long hash, final long value) {
        return mix(hash * 0x9E3779B97F4A7C15L + value);
    }

    static long mix(final long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
