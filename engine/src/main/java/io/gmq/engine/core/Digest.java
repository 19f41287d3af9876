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
    /** Stands for the queue of a message whose lane is dead. */
    static final long GONE = 0x6F6E65;

    private final State state;
    private final MessageStore store;
    private final MessageTable table;
    private final HoldTable holds;
    private final Payloads.View view = new Payloads.View();

    Digest(final State state) {
        this.state = state;
        store = state.store();
        table = store.table();
        holds = store.holds();
    }

    /** Of all there is. */
    long of() {
        long digest = ofRest();
        for (int message = 0; message < table.high(); message++) {
            if (table.lane(message) != MessageTable.NONE) {
                final Lane lane = store.laneOf(message);
                digest += ofMessage(message, lane.isDead() ? GONE : lane.queue().nameHash(), lane.state());
            }
        }
        return digest;
    }

    /** Of all but the messages: to this, the hashes of all messages are to be added. */
    long ofRest() {
        final QueueTable queues = state.queues();
        final Limits limits = state.current().limits;
        long digest = mix(chain(store.nextId(), state.current().nowMs)) + mix(chain(7, state.current().storage.code()))
            + mix(chain(8, queues.nextNumber())) + mix(chain(9, state.waiters().nextNumber())) + mix(chain(10, store.heldBytes()));
        if (limits != null) {
            digest += mix(limits.maxQueueNumber()) + mix(chain(2, limits.maxMessageLength())) + mix(chain(3, limits.maxQueueCapacity()))
                + mix(chain(4, limits.leaseMs())) + mix(chain(5, limits.maxHeldBytes())) + mix(chain(6, limits.maxProducers()));
        }
        for (int rank = 0; rank < queues.size(); rank++) {
            digest += ofQueue(queues.atRank(rank));
        }
        for (final Session session : state.sessions().all()) {
            digest += ofSession(session);
        }
        long order = state.producers().digest();
        for (final MessageQueue queue : state.touched().all()) {
            order = chain(order, queue.nameHash());
        }
        for (final Session session : state.sessions().closing()) {
            order = chain(order, session.connection);
        }
        for (final MessageQueue queue : state.queues().dead()) {
            order = chain(order, ofQueue(queue));
        }
        return digest + mix(order);
    }

    /** A session with its consumers in the order of their numbers; the order of its leases is a matter of the messages. */
    private long ofSession(final Session session) {
        long hash = chain(session.connection, session.unread);
        hash = chain(hash, session.consumersSeen);
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

    /**
     * Of one message.
     *
     * @param queue the hash of its queue's name, or {@link #GONE}.
     * @param its   the state it is in.
     */
    long ofMessage(final int message, final long queue, final MessageState its) {
        if (queue == GONE) {
            return mix(chain(table.id(message), GONE));
        }
        long hash = chain(table.id(message), queue);
        hash = chain(hash, its.ordinal() | table.priority(message) << 8);
        hash = chain(hash, table.attempt(message));
        final int hold = table.hold(message);
        if (hold != HoldTable.NONE) {
            hash = chain(hash, holds.expiryMs(hold));
            if (its == MessageState.LEASED || its == MessageState.DELAYED) {
                hash = chain(hash, holds.deadlineMs(hold));
            }
            if (its == MessageState.LEASED && holds.connection(hold) != 0) {
                hash = chain(hash, holds.connection(hold) + (holds.keep(hold) ? GONE : 0));
                hash = chain(hash, leaseBefore(hold));
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

    /** The id of the message whose lease stands before this one's in the order of its connection, 0 for the first. */
    long leaseBefore(final int hold) {
        final int before = holds.leasePrev(hold);
        return before == HoldTable.NONE ? 0 : table.id(holds.message(before));
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
