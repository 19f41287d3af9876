package io.gmq.engine.core;

import io.gmq.engine.api.Limits;
import java.util.Arrays;

/** All consumers, by the slot that leases name; one that is gone keeps its slot until its last lease has ended. */
final class Consumers {
    private Consumer[] all = new Consumer[16];
    private int created;
    private Consumer free;
    private int size;

    boolean isFull() {
        return size == Limits.CONSUMERS_MAX;
    }

    Consumer get(final int slot) {
        return all[slot];
    }

    /** A consumer to fill in and {@link #add}. */
    Consumer claim() {
        if (free != null) {
            final Consumer consumer = free;
            free = consumer.sessionNext;
            consumer.sessionNext = null;
            return consumer;
        }
        if (created == all.length) {
            all = Arrays.copyOf(all, created * 2);
        }
        final Consumer consumer = new Consumer(created);
        all[created++] = consumer;
        return consumer;
    }

    void add(final Consumer consumer) {
        consumer.session.addConsumer(consumer);
        enter(consumer);
    }

    /** Adds a consumer that its session knows, or will know soon. */
    void enter(final Consumer consumer) {
        size++;
        final MessageQueue queue = consumer.queue;
        consumer.queueNext = null;
        consumer.queuePrev = queue.lastConsumer;
        if (queue.lastConsumer == null) {
            queue.firstConsumer = consumer;
        } else {
            queue.lastConsumer.queueNext = consumer;
        }
        queue.lastConsumer = consumer;
        queue.consumers++;
    }

    /** Ends a consumer; what is leased to it stays so. */
    void end(final Consumer consumer) {
        size--;
        final MessageQueue queue = consumer.queue;
        queue.line.leave(consumer);
        if (consumer.queuePrev == null) {
            queue.firstConsumer = consumer.queueNext;
        } else {
            consumer.queuePrev.queueNext = consumer.queueNext;
        }
        if (consumer.queueNext == null) {
            queue.lastConsumer = consumer.queuePrev;
        } else {
            consumer.queueNext.queuePrev = consumer.queuePrev;
        }
        queue.consumers--;
        consumer.session.removeConsumer(consumer);
        consumer.isGone = true;
        forgetIfDone(consumer);
    }

    /** Frees the slot of one that is gone when nothing is leased to it any more. */
    void forgetIfDone(final Consumer consumer) {
        if (consumer.isGone && consumer.leases == 0) {
            consumer.queue = null;
            consumer.session = null;
            consumer.queueNext = null;
            consumer.queuePrev = null;
            consumer.sessionNext = free;
            free = consumer;
        }
    }
}
