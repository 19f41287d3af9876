package io.gmq.engine.core;

import java.util.ArrayDeque;

/** The queues whose line is to be served, since they have got something or somebody, in the order in which that happened. */
final class Touched {
    private final ArrayDeque<MessageQueue> queues = new ArrayDeque<>();

    boolean isEmpty() {
        return queues.isEmpty();
    }

    /** Who is to be served next; there must be one. */
    MessageQueue first() {
        return queues.peek();
    }

    /** Puts the first at the end: it has had its turn. */
    void rotate() {
        if (queues.size() > 1) {
            queues.add(queues.remove());
        }
    }

    void removeFirst() {
        queues.remove().untouch();
    }

    void add(final MessageQueue queue) {
        if (queue.isAwaited() && queue.touch()) {
            queues.add(queue);
        }
    }

    /** Puts a queue at the end that stood in the line before. */
    void restore(final MessageQueue queue) {
        queue.touch();
        queues.add(queue);
    }

    /** Lets a consumer that may be given something stand at the end of its line, unless it is there. */
    void joinLine(final Consumer consumer) {
        if (!consumer.isInLine && consumer.isEligible()) {
            consumer.queue.line.join(consumer);
            add(consumer.queue);
        }
    }

    /** All, for the digest. */
    Iterable<MessageQueue> all() {
        return queues;
    }
}
