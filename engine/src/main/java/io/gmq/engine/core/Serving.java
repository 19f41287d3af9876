package io.gmq.engine.core;

import io.gmq.engine.api.Count;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.RefusalCode;
import io.gmq.engine.api.TakeCommand;

/** Gives messages out: to whoever asks, and to those in line, each in turn. */
final class Serving {
    private final Current current;
    private final MessageStore store;
    private final MessageTable table;
    private final QueueTable queues;
    private final Sessions sessions;
    private final Waiters waiters;
    private final Fates fates;
    private final Touched touched;
    private final Waiter now = new Waiter(MessageTable.NONE);

    private int given;
    private long givenBytes;

    Serving(
        final Current current, final MessageStore store, final QueueTable queues, final Sessions sessions, final Waiters waiters,
        final Fates fates, final Touched touched) {
        this.current = current;
        this.store = store;
        table = store.table();
        this.queues = queues;
        this.sessions = sessions;
        this.waiters = waiters;
        this.fates = fates;
        this.touched = touched;
    }

    boolean take(final TakeCommand asked) {
        MessageQueue queue = queues.find(current.command, asked.nameOffset(), asked.nameLength());
        boolean hasExpired = false;
        if (queue != null && !queue.config.isPaused() && (queue.line.isEmpty() || asked.waitMs() == 0)) {
            final int ready = queue.ready();
            if (firstFresh(queue) != MessageTable.NONE) {
                now.set(current.to, asked, queue);
                giveToTake(now);
                return true;
            }
            hasExpired = queue.ready() < ready;
        }
        if (asked.waitMs() == 0) {
            if (queue == null) {
                return current.refuse(RefusalCode.NO_SUCH_QUEUE, asked.nameOffset(), asked.nameLength());
            }
            current.effects.beginMessages(current.to);
            current.effects.endMessages();
            return hasExpired;
        }
        if (queue == null && !current.mayAdd(queues, asked.nameOffset(), asked.nameLength())) {
            return false;
        }
        if (waiters.isFull()) {
            current.refuse(RefusalCode.OVERLOADED, asked.nameOffset(), asked.nameLength(), Waiters.MAX, Waiters.MAX);
            return hasExpired;
        }
        if (queue == null) {
            queue = queues.add(current.command, asked.nameOffset(), asked.nameLength());
        }
        final Waiter waiter = waiters.claim();
        waiter.set(current.to, asked, queue);
        waiters.add(waiter, sessions.findOrAdd(current.to.connection()), current.atMs + asked.waitMs());
        touched.add(queue);
        return true;
    }

    /** The next message of a queue that may be given out, or {@link MessageTable#NONE}; whatever is too old goes. */
    private int firstFresh(final MessageQueue queue) {
        int message = queue.firstReady();
        while (message != MessageTable.NONE && fates.isExpired(message)) {
            if (!current.mayExpire()) {
                return MessageTable.NONE;
            }
            fates.expire(message, queue);
            message = queue.firstReady();
        }
        return message;
    }

    private void giveToTake(final Waiter waiter) {
        current.effects.beginMessages(waiter.to);
        give(waiter, waiter.max);
        current.effects.endMessages();
    }

    /** Gives the first of a queue's messages to whoever takes them, of which there is at least one. */
    private void give(final Taker taker, final int max) {
        final MessageQueue queue = taker.queue;
        final boolean isLeased = taker.leaseMs != 0;
        final Session session = isLeased ? sessions.findOrAdd(taker.to.connection()) : null;
        final long untilMs = current.atMs + queue.config.leaseMs(taker.leaseMs, current.limits);
        given = 0;
        givenBytes = 0;
        int message = firstFresh(queue);
        while (message != MessageTable.NONE) {
            final long body = table.payload(message);
            final long bytes = replyBytes(store.slab(), body, taker.expansion);
            if (given > 0 && givenBytes + bytes > taker.bytesMax) {
                break;
            }
            givenBytes += bytes;
            given++;
            final int attempt = Math.min(table.attempt(message) + 1, Limits.ATTEMPT_MAX);
            current.effects.message(table.id(message), attempt, table.priority(message), body);
            if (isLeased) {
                fates.lease(message, attempt, session, taker, untilMs);
            } else {
                fates.giveAway(message, attempt, taker);
            }
            message = given < max ? firstFresh(queue) : MessageTable.NONE;
        }
        queue.count(Count.DELIVERED, given);
        if (!isLeased) {
            queue.count(Count.ACKED, given);
        }
    }

    /** What a message is reckoned at in a reply or a push. */
    static long replyBytes(final Slab slab, final long body, final int expansion) {
        return TakeCommand.MESSAGE_OVERHEAD + ((long) slab.payloadLength(body) * expansion + 2) / 3
            + (long) slab.headersLength(body) * TakeCommand.HEADER_EXPANSION;
    }

    /** Serves the lines of all touched queues, a turn each at a time, as far as one command may; says whether there was any. */
    boolean serveTouched() {
        final boolean hasAny = !touched.isEmpty();
        while (!touched.isEmpty() && current.mayServe()) {
            final MessageQueue queue = touched.first();
            if (queue.isServing() && firstFresh(queue) != MessageTable.NONE) {
                serve(queue, queue.line.first());
            }
            if (queue.isServing()) {
                touched.rotate();
            } else {
                touched.removeFirst();
            }
        }
        return hasAny;
    }

    /** Gives somebody a turn. */
    private void serve(final MessageQueue queue, final Taker taker) {
        if (taker instanceof Consumer consumer) {
            if (consumer.isEligible()) {
                push(queue, consumer);
            } else {
                queue.line.leave(consumer);
            }
            return;
        }
        final Waiter waiter = (Waiter) taker;
        if (!waiter.session.isClosing) {
            giveToTake(waiter);
            current.countServed(given, givenBytes);
        }
        forget(waiter);
    }

    /** Pushes a consumer its share and lets it stand at the end of the line. */
    private void push(final MessageQueue queue, final Consumer consumer) {
        final int share = (queue.ready() - 1) / queue.line.length() + 1;
        queue.line.leave(consumer);
        current.effects.beginDelivery(consumer.to, consumer.number, queue.name(), 0, queue.nameLength());
        give(consumer, Math.min(consumer.credit, share));
        current.effects.endDelivery(givenBytes);
        current.countServed(given, givenBytes);
        consumer.credit -= given;
        final Session session = consumer.session;
        session.unread += givenBytes;
        if (session.hasRoom()) {
            touched.joinLine(consumer);
        } else {
            for (Consumer other = session.firstConsumer; other != null; other = other.sessionNext) {
                other.queue.line.leave(other);
            }
        }
    }

    /** Forgets a take that has waited. */
    void forget(final Waiter waiter) {
        final Session session = waiter.session;
        waiters.remove(waiter);
        sessions.forgetIfEmpty(session);
    }

    /** Tells a take that has waited for nothing. */
    void giveUp(final Waiter waiter) {
        final MessageQueue queue = waiter.queue;
        if (queue.isDead()) {
            current.effects.refused(waiter.to, RefusalCode.NO_SUCH_QUEUE, queue.name(), 0, queue.nameLength(), -1, -1, -1);
        } else {
            current.effects.beginMessages(waiter.to);
            current.effects.endMessages();
        }
        forget(waiter);
    }
}
