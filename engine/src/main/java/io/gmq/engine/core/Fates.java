package io.gmq.engine.core;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.Count;
import io.gmq.engine.api.Ending;
import io.gmq.engine.api.FateSink;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.Payloads;
import io.gmq.engine.api.PublishCommand;
import io.gmq.engine.api.ReleaseCause;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.collections.LongArrayQueue;
import org.agrona.concurrent.UnsafeBuffer;

/** Every way of a message from one state to another, and out of the world. Nothing else moves messages. All of it is told to a {@link FateSink}. */
final class Fates {
    /** The delay of a message that returns to its place at once. */
    static final long NO_DELAY = -1;
    /** What becomes of a message whose lease ends unsettled. */
    static final int RETURNS = 0;
    /** It is set aside, and goes on to a dead letter queue if there is one. */
    static final int IS_PARKED = 1;
    static final int IS_DROPPED = 2;

    /** That a message was none before. */
    private static final long NO_ORIGIN = 0;
    /** That a message does not become another. */
    private static final long NOTHING = 0;

    private static final DirectBuffer MAX_ATTEMPTS = ascii("max_attempts");
    private static final DirectBuffer EXPIRED = ascii("expired");

    private final Current current;
    private final MessageStore store;
    private final MessageTable table;
    private final HoldTable holds;
    private final Deadlines deadlines;
    private final Sessions sessions;
    private final Consumers consumers;
    private final Touched touched;
    private final StateWriter told;
    private final FateSink sink;
    /** Ids of messages that were set aside and are to go on to a dead letter queue. */
    private final LongArrayQueue toForward = new LongArrayQueue(Long.MIN_VALUE);

    Fates(final State state, final StateWriter told, final FateSink sink) {
        current = state.current();
        store = state.store();
        table = store.table();
        holds = store.holds();
        deadlines = state.deadlines();
        sessions = state.sessions();
        consumers = state.consumers();
        touched = state.touched();
        this.told = told;
        this.sink = sink;
    }

    private static DirectBuffer ascii(final String word) {
        return new UnsafeBuffer(word.getBytes(StandardCharsets.US_ASCII));
    }

    /** A new message in a queue, ready at once or after a delay. */
    void publish(final MessageQueue queue, final long body, final int priority, final long delayMs, final long ttlMs) {
        publish(queue, body, priority, delayMs, ttlMs, NO_ORIGIN, current.to.connection());
    }

    private void publish(
        final MessageQueue queue, final long body, final int priority, final long delayMs, final long ttlMs, final long origin,
        final long connection) {
        final MessageState state = delayMs > 0 ? MessageState.DELAYED : MessageState.READY;
        sink.published(store.nextId(), queue.name(), state, priority, body, origin, connection);
        final int message = store.add(body, priority);
        queue.count(Count.PUBLISHED, 1);
        final long lives = ttlMs == PublishCommand.QUEUE_TTL ? queue.config.ttlMs() : ttlMs;
        if (lives > 0) {
            holds.expiryMs(store.holdOf(message), current.atMs + lives);
        }
        if (delayMs > 0) {
            delay(message, queue, current.atMs + delayMs);
        } else {
            makeReady(message, queue);
        }
    }

    private void makeReady(final int message, final MessageQueue queue) {
        queue.add(message, MessageState.READY, store.payloadLength(message));
        final int hold = table.hold(message);
        if (hold != HoldTable.NONE) {
            if (holds.expiryMs(hold) == 0) {
                deadlines.clear(hold);
                store.dropHold(message);
            } else {
                deadlines.set(hold, holds.expiryMs(hold));
            }
        }
        touched.add(queue);
    }

    private void delay(final int message, final MessageQueue queue, final long untilMs) {
        queue.add(message, MessageState.DELAYED, store.payloadLength(message));
        final int hold = store.holdOf(message);
        holds.deadlineMs(hold, untilMs);
        deadlines.set(hold, Deadlines.dueMs(MessageState.DELAYED, untilMs, holds.expiryMs(hold)));
    }

    /** Gives a ready message to a connection until a time, and counts the attempt. */
    void lease(final int message, final int attempt, final Session session, final Taker taker, final long untilMs) {
        told.changing(message);
        sink.delivered(table.id(message), attempt, session.connection, current.atMs);
        table.attempt(message, attempt);
        final MessageQueue queue = taker.queue;
        final int bytes = store.payloadLength(message);
        queue.remove(message, store.laneOf(message), bytes);
        queue.add(message, MessageState.LEASED, bytes);
        final int hold = store.holdOf(message);
        holds.connection(hold, session.connection);
        holds.keep(hold, taker.keep);
        if (taker instanceof Consumer consumer) {
            holds.consumer(hold, consumer.slot);
            consumer.leases++;
        }
        holds.leasePrev(hold, session.leaseLast);
        holds.leaseNext(hold, HoldTable.NONE);
        if (session.leaseLast == HoldTable.NONE) {
            session.leaseFirst = hold;
        } else {
            holds.leaseNext(session.leaseLast, hold);
        }
        session.leaseLast = hold;
        session.leaseCount++;
        extend(message, untilMs);
    }

    /** Gives a ready message to a connection for good. */
    void giveAway(final int message, final int attempt, final Taker taker) {
        final long connection = taker.to.connection();
        sink.delivered(table.id(message), attempt, connection, current.atMs);
        remove(message, taker.queue, Ending.ACKED, connection);
    }

    /** Sets when a lease ends. */
    void extend(final int message, final long untilMs) {
        told.changing(message);
        final int hold = table.hold(message);
        holds.deadlineMs(hold, untilMs);
        deadlines.set(hold, untilMs);
    }

    /** Unbinds a lease from its connection and gives the credit back that it cost. */
    private void unlease(final int hold) {
        orphan(hold);
        final int slot = holds.consumer(hold);
        if (slot != HoldTable.NONE) {
            holds.consumer(hold, HoldTable.NONE);
            final Consumer consumer = consumers.get(slot);
            consumer.leases--;
            if (consumer.isGone) {
                consumers.forgetIfDone(consumer);
            } else {
                consumer.addCredit(1);
                touched.joinLine(consumer);
            }
        }
    }

    /** Lets a lease stand without its connection. */
    void orphan(final int hold) {
        final long connection = holds.connection(hold);
        if (connection == 0) {
            return;
        }
        told.changing(holds.message(hold));
        final Session session = sessions.find(connection);
        final int prev = holds.leasePrev(hold);
        final int next = holds.leaseNext(hold);
        if (next != HoldTable.NONE) {
            told.changing(holds.message(next)); // it names the lease before its own
        }
        if (prev == HoldTable.NONE) {
            session.leaseFirst = next;
        } else {
            holds.leaseNext(prev, next);
        }
        if (next == HoldTable.NONE) {
            session.leaseLast = prev;
        } else {
            holds.leasePrev(next, prev);
        }
        session.leaseCount--;
        holds.connection(hold, 0);
        holds.keep(hold, false);
        sessions.forgetIfEmpty(session);
    }

    /** What {@link #release} would do with a leased message: {@link #RETURNS}, {@link #IS_PARKED} or {@link #IS_DROPPED}. */
    int onRelease(final int message, final MessageQueue queue) {
        if (isUsedUp(message, queue)) {
            return IS_PARKED;
        }
        if (!isExpired(message)) {
            return RETURNS;
        }
        return queue.config.hasDeadLetter() ? IS_PARKED : IS_DROPPED;
    }

    private boolean isUsedUp(final int message, final MessageQueue queue) {
        final long max = queue.config.maxAttempts();
        return max > 0 && table.attempt(message) >= max;
    }

    /** Ends a lease that was not settled for good: the message returns, unless it has been tried often enough or is too old. */
    void release(
        final int message, final MessageQueue queue, final int priority, final long delayMs, final ReleaseCause cause) {
        final long by = releasedBy(message, cause);
        unlease(table.hold(message));
        if (isUsedUp(message, queue)) {
            leave(message, queue);
            setAside(message, queue, MAX_ATTEMPTS, by);
        } else if (isExpired(message)) {
            expire(message, queue);
        } else {
            leave(message, queue);
            table.priority(message, priority);
            sink.released(table.id(message), delayMs == NO_DELAY ? MessageState.READY : MessageState.DELAYED, cause, by, current.atMs);
            if (delayMs == NO_DELAY) {
                makeReady(message, queue);
            } else {
                delay(message, queue, current.atMs + delayMs);
            }
        }
    }

    private long releasedBy(final int message, final ReleaseCause cause) {
        return switch (cause) {
            case NACKED -> current.to.connection();
            case LEASE_ENDED -> CommandHeader.HOST;
            case CONNECTION_CLOSED -> holds.connection(table.hold(message));
        };
    }

    private void leave(final int message, final MessageQueue queue) {
        told.changing(message);
        queue.remove(message, store.laneOf(message), store.payloadLength(message));
    }

    boolean isExpired(final int message) {
        final long expiryMs = store.expiryMs(message);
        return expiryMs != 0 && expiryMs <= current.atMs;
    }

    /** Deals with a message whose time to live is over and that nobody has leased. */
    void expire(final int message, final MessageQueue queue) {
        queue.count(Count.EXPIRED, 1);
        leave(message, queue);
        if (queue.config.hasDeadLetter()) {
            setAside(message, queue, EXPIRED, CommandHeader.HOST);
        } else {
            forget(message, Ending.EXPIRED, CommandHeader.HOST);
        }
    }

    /** Parks what has no way back, and lets it go on to the dead letter queue at the end of the command. */
    private void setAside(final int message, final MessageQueue queue, final DirectBuffer reason, final long by) {
        toParked(message, queue, reason, 0, reason.capacity(), by);
        if (queue.config.hasDeadLetter()) {
            toForward.addLong(table.id(message));
        }
    }

    /** What is to go on to a dead letter queue, oldest first; {@link DeadLetters} empties it before the command ends. */
    LongArrayQueue toForward() {
        return toForward;
    }

    /** Sets a leased message aside for a reason. */
    void park(final int message, final MessageQueue queue, final DirectBuffer reason, final int offset, final int length) {
        unlease(table.hold(message));
        leave(message, queue);
        toParked(message, queue, reason, offset, length, current.to.connection());
    }

    private void toParked(
        final int message, final MessageQueue queue, final DirectBuffer reason, final int offset, final int length, final long by) {
        sink.parked(table.id(message), reason, offset, length, by, current.atMs);
        queue.add(message, MessageState.PARKED, store.payloadLength(message));
        final int hold = store.holdOf(message);
        deadlines.clear(hold);
        if (length == 0) {
            store.dropHold(message);
        } else {
            holds.expiryMs(hold, 0);
            holds.reason(hold, store.slab().put(reason, offset, length, 0, current.atMs));
        }
    }

    /** Makes a parked message ready, as if it had never been given out; it lives as long as it takes. */
    void kick(final int message, final MessageQueue queue) {
        sink.kicked(table.id(message), current.to.connection(), current.atMs);
        leave(message, queue);
        dropReason(message);
        store.dropHold(message);
        table.attempt(message, 0);
        makeReady(message, queue);
    }

    private void dropReason(final int message) {
        final int hold = table.hold(message);
        if (hold != HoldTable.NONE && holds.reason(hold) != Payloads.NONE) {
            store.slab().free(holds.reason(hold), current.sequence);
            holds.reason(hold, Payloads.NONE);
        }
    }

    /** A leased message is done with. */
    void ack(final int message, final MessageQueue queue) {
        unlease(table.hold(message));
        queue.count(Count.ACKED, 1);
        remove(message, queue, Ending.ACKED, current.to.connection());
    }

    private void remove(final int message, final MessageQueue queue, final Ending ending, final long by) {
        leave(message, queue);
        forget(message, ending, by);
    }

    /** A parked message goes on to another queue, as a new one with the bytes that say where it comes from. */
    void passOn(final int message, final MessageQueue from, final MessageQueue to, final long body) {
        final long origin = table.id(message);
        final int priority = table.priority(message);
        leave(message, from);
        sink.ended(origin, Ending.DEAD_LETTERED, store.nextId(), CommandHeader.HOST, current.atMs);
        forget(message);
        publish(to, body, priority, 0, PublishCommand.QUEUE_TTL, origin, CommandHeader.HOST);
    }

    private void forget(final int message, final Ending ending, final long by) {
        sink.ended(table.id(message), ending, NOTHING, by, current.atMs);
        forget(message);
    }

    private void forget(final int message) {
        dropReason(message);
        final int hold = table.hold(message);
        if (hold != HoldTable.NONE) {
            deadlines.clear(hold);
        }
        store.remove(message, current.sequence);
    }

    /**
     * Makes room for messages in a queue that drops its oldest: those that are not leased go, lowest id first. Where the
     * capacity was lowered by much, only a part of what is too many goes at a time, but never less than what comes.
     */
    void makeRoom(final MessageQueue queue, final int count, final int capacity) {
        int left = Math.min(queue.length() + count - capacity, count + Current.WORK_MAX);
        while (left > 0) {
            queue.count(Count.DROPPED, 1);
            remove(queue.oldestNotLeased(), queue, Ending.DROPPED, current.to.connection());
            left--;
        }
    }

    /** Gives back what a message of a dead lane still holds. */
    void reap(final int message) {
        told.changing(message);
        final Lane lane = store.laneOf(message);
        if (lane.state() == MessageState.LEASED) {
            unlease(table.hold(message));
        }
        lane.remove(message, store.payloadLength(message));
        sink.ended(table.id(message), lane.ending(), NOTHING, lane.endedBy(), lane.endedMs());
        forget(message);
    }

    /** Does what is due about a message by time. */
    void onDue(final int message) {
        final Lane lane = store.laneOf(message);
        if (lane.isDead()) {
            reap(message);
            return;
        }
        final MessageQueue queue = lane.queue();
        if (lane.state() == MessageState.LEASED) {
            release(message, queue, table.priority(message), NO_DELAY, ReleaseCause.LEASE_ENDED);
        } else if (isExpired(message)) {
            expire(message, queue);
        } else {
            sink.ready(table.id(message), current.atMs);
            leave(message, queue);
            makeReady(message, queue);
        }
    }
}
