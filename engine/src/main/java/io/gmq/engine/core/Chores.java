package io.gmq.engine.core;

import java.util.ArrayDeque;

/**
 * What is left over from requests that touch more than one command may: closing connections, deleted queues, messages whose
 * lane is dead. A slice of it is done by the command that caused it, the rest by ticks.
 */
final class Chores {
    private final Current current;
    private final MessageStore store;
    private final Sessions sessions;
    private final Consumers consumers;
    private final Topics topics;
    private final Serving serving;
    private final Fates fates;
    /** Deleted queues whose takers and bindings are not dealt with yet. */
    private final ArrayDeque<MessageQueue> deadQueues = new ArrayDeque<>();

    Chores(
        final Current current, final MessageStore store, final Sessions sessions, final Consumers consumers, final Topics topics,
        final Serving serving, final Fates fates) {
        this.current = current;
        this.store = store;
        this.sessions = sessions;
        this.consumers = consumers;
        this.topics = topics;
        this.serving = serving;
        this.fates = fates;
    }

    boolean isEmpty() {
        return sessions.firstClosing() == null && deadQueues.isEmpty() && store.lanes().firstDead() == null;
    }

    /** A queue that nobody finds any more, and whose messages are gone. */
    void bury(final MessageQueue queue) {
        queue.die();
        deadQueues.add(queue);
    }

    /** Does a slice; says whether there was anything to do. */
    boolean work() {
        int work = 0;
        while (work < Current.WORK_MAX && (closeSession() || clearQueue() || reapMessage())) {
            work++;
        }
        return work > 0;
    }

    private boolean closeSession() {
        final Session session = sessions.firstClosing();
        if (session == null) {
            return false;
        }
        if (session.firstWaiter != null) {
            serving.forget(session.firstWaiter);
        } else if (session.lastConsumer != null) {
            consumers.end(session.lastConsumer);
        } else if (session.leaseFirst != HoldTable.NONE) {
            giveBack(session.leaseFirst);
        } else {
            sessions.removeFirstClosing();
        }
        return true;
    }

    private void giveBack(final int hold) {
        final HoldTable holds = store.holds();
        final int message = holds.message(hold);
        final Lane lane = store.laneOf(message);
        if (lane.isDead()) {
            fates.reap(message);
        } else if (holds.keep(hold)) {
            fates.orphan(hold);
        } else {
            fates.release(message, lane.queue(), store.table().priority(message), Fates.NO_DELAY);
        }
    }

    private boolean clearQueue() {
        final MessageQueue queue = deadQueues.peek();
        if (queue == null) {
            return false;
        }
        final Taker taker = queue.line.first();
        if (taker instanceof Waiter waiter) {
            if (waiter.session.isClosing) {
                serving.forget(waiter);
            } else {
                serving.giveUp(waiter);
            }
        } else if (queue.firstConsumer != null) {
            end(taker == null ? queue.firstConsumer : (Consumer) taker);
        } else if (queue.firstBinding != null) {
            topics.unbind(queue.firstBinding);
        } else {
            deadQueues.remove();
        }
        return true;
    }

    private void end(final Consumer consumer) {
        if (!consumer.session.isClosing) {
            current.effects.consumerEnded(consumer.to, consumer.number);
        }
        consumers.end(consumer);
    }

    private boolean reapMessage() {
        final Lane lane = store.lanes().firstDead();
        if (lane == null) {
            return false;
        }
        fates.reap(lane.first());
        return true;
    }

    /** The deleted queues, for the digest. */
    Iterable<MessageQueue> deadQueues() {
        return deadQueues;
    }
}
