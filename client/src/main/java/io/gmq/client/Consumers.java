package io.gmq.client;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The consumers of a connection, by number. Added to and ended by the reader thread, so that nothing that is pushed comes before its
 * consumer is known; failed by whichever thread ends the connection.
 */
final class Consumers {
    private final Map<Long, Consumer> byNumber = new ConcurrentHashMap<>();
    private volatile GmqException failure;
    /** Has got messages and does not know it yet; the reader thread's. */
    private Consumer unaware;

    /** Its messages are given to it from now on. */
    void add(final Consumer consumer) {
        byNumber.put(consumer.number(), consumer);
        // First added, then looked: fail() does it the other way round.
        if (failure != null) {
            consumer.fail(failure);
        }
    }

    /** The queue of a consumer, or {@code null} where there is no such consumer. */
    String queue(final long number) {
        final Consumer consumer = byNumber.get(number);
        return consumer == null ? null : consumer.queue();
    }

    /** Gives messages to a consumer; whoever waits for them hears of it with the next {@link #wake} at the latest. */
    void deliver(final long number, final List<Message> messages) {
        final Consumer consumer = byNumber.get(number);
        if (consumer != null && !messages.isEmpty()) {
            if (consumer != unaware) {
                wake();
                unaware = consumer;
            }
            consumer.deliver(messages);
        }
    }

    /** Called when all is read that has come, so that a consumer is woken for all of its messages at once. */
    void wake() {
        if (unaware != null) {
            unaware.wake();
            unaware = null;
        }
    }

    void end(final long number, final String reason) {
        final Consumer consumer = byNumber.remove(number);
        if (consumer != null) {
            consumer.end(reason);
        }
    }

    void fail(final GmqException cause) {
        failure = cause;
        byNumber.values().forEach(consumer -> consumer.fail(cause));
    }
}
