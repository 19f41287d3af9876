package io.gmq.engine.core;

import io.gmq.engine.api.DrainedCommand;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * What the engine knows of one connection: the leases it holds, oldest first, its takes that wait, its consumers, and how much
 * of what was pushed to it has not gone out yet. Pooled by {@link Sessions}.
 */
final class Session {
    long connection;
    int leaseFirst = HoldTable.NONE;
    int leaseLast = HoldTable.NONE;
    int leaseCount;
    /** The newest. */
    Waiter firstWaiter;
    /** In the order of their numbers. */
    Consumer firstConsumer;
    Consumer lastConsumer;
    /** How many consumers there ever were. */
    long consumersSeen;
    /** Reckoned bytes of pushes that have not been sent yet. */
    long unread;
    boolean isClosing;
    /** Where it stands in the list of all sessions. */
    int slot;

    private Long2ObjectHashMap<Consumer> consumers;

    /** Whether more may be pushed to it. */
    boolean hasRoom() {
        return unread < DrainedCommand.WINDOW;
    }

    void addWaiter(final Waiter waiter) {
        waiter.session = this;
        waiter.sessionPrev = null;
        waiter.sessionNext = firstWaiter;
        if (firstWaiter != null) {
            firstWaiter.sessionPrev = waiter;
        }
        firstWaiter = waiter;
    }

    void removeWaiter(final Waiter waiter) {
        if (waiter.sessionPrev == null) {
            firstWaiter = waiter.sessionNext;
        } else {
            waiter.sessionPrev.sessionNext = waiter.sessionNext;
        }
        if (waiter.sessionNext != null) {
            waiter.sessionNext.sessionPrev = waiter.sessionPrev;
        }
        waiter.session = null;
        waiter.sessionPrev = null;
        waiter.sessionNext = null;
    }

    /** How many consumers it has. */
    int consumers() {
        return consumers == null ? 0 : consumers.size();
    }

    /** The consumer of that number, or {@code null}. */
    Consumer consumer(final long number) {
        return consumers == null ? null : consumers.get(number);
    }

    /** Adds a consumer and gives it its number. */
    void addConsumer(final Consumer consumer) {
        consumer.number = ++consumersSeen;
        enterConsumer(consumer);
    }

    /** Adds a consumer that has its number, in the order of numbers. */
    void enterConsumer(final Consumer consumer) {
        if (consumers == null) {
            consumers = new Long2ObjectHashMap<>();
        }
        consumers.put(consumer.number, consumer);
        Consumer before = lastConsumer;
        while (before != null && before.number > consumer.number) {
            before = before.sessionPrev;
        }
        consumer.sessionPrev = before;
        consumer.sessionNext = before == null ? firstConsumer : before.sessionNext;
        if (before == null) {
            firstConsumer = consumer;
        } else {
            before.sessionNext = consumer;
        }
        if (consumer.sessionNext == null) {
            lastConsumer = consumer;
        } else {
            consumer.sessionNext.sessionPrev = consumer;
        }
    }

    void removeConsumer(final Consumer consumer) {
        consumers.remove(consumer.number);
        if (consumer.sessionPrev == null) {
            firstConsumer = consumer.sessionNext;
        } else {
            consumer.sessionPrev.sessionNext = consumer.sessionNext;
        }
        if (consumer.sessionNext == null) {
            lastConsumer = consumer.sessionPrev;
        } else {
            consumer.sessionNext.sessionPrev = consumer.sessionPrev;
        }
        consumer.sessionNext = null;
        consumer.sessionPrev = null;
    }

    /** Whether there is nothing to know of it. Numbers of consumers are not given twice, so one that had any is remembered. */
    boolean isEmpty() {
        return leaseCount == 0 && firstWaiter == null && consumersSeen == 0;
    }

    /** Makes it as good as new, when all it had is gone. */
    void reset() {
        isClosing = false;
        consumersSeen = 0;
        unread = 0;
    }
}
