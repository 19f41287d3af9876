package io.gmq.engine.core;

import io.gmq.engine.api.ConsumeCommand;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.RefusalCode;

/** Begins and ends consumers, and gives them credit. */
final class Consuming {
    private final Current current;
    private final QueueTable queues;
    private final Sessions sessions;
    private final Consumers consumers;
    private final Touched touched;

    Consuming(
        final Current current, final QueueTable queues, final Sessions sessions, final Consumers consumers, final Touched touched) {
        this.current = current;
        this.queues = queues;
        this.sessions = sessions;
        this.consumers = consumers;
        this.touched = touched;
    }

    boolean consume(final ConsumeCommand asked) {
        MessageQueue queue = queues.find(current.command, asked.nameOffset(), asked.nameLength());
        if (queue == null && !current.mayAdd(queues, asked.nameOffset(), asked.nameLength())) {
            return false;
        }
        if (consumers.isFull()) {
            return current.refuse(RefusalCode.OVERLOADED, asked.nameOffset(), asked.nameLength(), Limits.CONSUMERS_MAX, Limits.CONSUMERS_MAX);
        }
        final Session known = sessions.find(current.to.connection());
        final int max = Limits.CONSUMERS_OF_CONNECTION_MAX;
        if (known != null && known.consumers() == max) {
            return current.refuse(RefusalCode.OVERLOADED, asked.nameOffset(), asked.nameLength(), max, max);
        }
        if (queue == null) {
            queue = queues.add(current.command, asked.nameOffset(), asked.nameLength());
        }
        final Consumer consumer = consumers.claim();
        consumer.set(current.to, asked, queue, sessions.findOrAdd(current.to.connection()));
        consumers.add(consumer);
        current.effects.consuming(current.to, consumer.number);
        touched.joinLine(consumer);
        return true;
    }

    boolean credit(final long number, final int credit) {
        final Consumer consumer = find(number);
        if (consumer == null) {
            return current.refuse(RefusalCode.BAD_REQUEST, 0, 0);
        }
        consumer.addCredit(credit);
        current.effects.done(current.to);
        touched.joinLine(consumer);
        return true;
    }

    boolean cancel(final long number) {
        final Consumer consumer = find(number);
        if (consumer == null) {
            return current.refuse(RefusalCode.BAD_REQUEST, 0, 0);
        }
        consumers.end(consumer);
        current.effects.done(current.to);
        return true;
    }

    private Consumer find(final long number) {
        final Session session = sessions.find(current.to.connection());
        return session == null ? null : session.consumer(number);
    }

    /** Reckons that so many bytes of pushes have gone out; consumers that had no room for more come back into their lines. */
    boolean drained(final long bytes) {
        final Session session = sessions.find(current.to.connection());
        if (session == null || session.unread == 0) {
            return false;
        }
        session.unread = Math.max(0, session.unread - bytes);
        if (session.hasRoom()) {
            for (Consumer consumer = session.firstConsumer; consumer != null; consumer = consumer.sessionNext) {
                touched.joinLine(consumer);
            }
        }
        return true;
    }
}
