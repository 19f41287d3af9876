package io.gmq.engine.core;

import io.gmq.engine.api.ReleaseCause;

/**
 * What is left over from requests that touch more than one command may: closing connections, deleted queues, messages whose
 * lane is dead. A slice of it is done by the command that caused it, the rest by ticks.
 */
final class Chores {
    private final Current current;
    private final MessageStore store;
    private final QueueTable queues;
    private final Sessions sessions;
    private final Consumers consumers;
    private final Topics topics;
    private final Serving serving;
    private final Fates fates;

    Chores(final State state, final Serving serving, final Fates fates) {
        current = state.current();
        store = state.store();
        queues = state.queues();
        sessions = state.sessions();
        consumers = state.consumers();
        topics = state.topics();
        this.serving = serving;
        this.fates = fates;
    }

    boolean isEmpty() {
        return sessions.firstClosing() == null && queues.firstDead() == null && store.lanes().firstDead() == null;
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
            fates.release(message, lane.queue(), store.table().priority(message), Fates.NO_DELAY, ReleaseCause.CONNECTION_CLOSED);
        }
    }

    private boolean clearQueue() {
        final MessageQueue queue = queues.firstDead();
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
            queues.removeFirstDead();
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
}
