package io.gmq.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The messages that the broker pushes from one queue. Whoever wants them asks for the next ones, on any thread and in its own time.
 *
 * <p>They wait here meanwhile, never more than the credit. Their leases run: one whose lease has ended comes again, and what waits
 * beyond the credit because of that is forgotten, the oldest first.
 *
 * <pre>
 *   Consumer consumer = client.consume("orders", ConsumeOptions.credit(100)).join();
 *   for (List&lt;Message&gt; messages = consumer.next(); !messages.isEmpty(); messages = consumer.next()) {
 *       messages.forEach(this::work);
 *       client.ack(Leases.of(messages));
 *   }
 * </pre>
 *
 * <p>Settling a message, with the methods of the client, makes room for another. Several threads may ask; each message is given to one
 * of them.
 */
public final class Consumer {
    private final Connection connection;
    private final String queue;
    private final long number;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<List<Message>> waiting = new ArrayDeque<>();
    private long waitingCount;
    private long granted;
    private String ended;
    private GmqException failure;

    Consumer(final Connection connection, final String queue, final long number, final int credit) {
        this.connection = connection;
        this.queue = queue;
        this.number = number;
        granted = credit;
    }

    /** The queue that it consumes. */
    public String queue() {
        return queue;
    }

    /** Its number on this connection. */
    public long number() {
        return number;
    }

    /**
     * Waits for messages: at least one, unless the consumer has ended; then none, from then on.
     *
     * @throws GmqConnectionException if the connection has ended.
     * @throws IllegalStateException  if it would wait in the callback of a future, which holds up what it waits for.
     */
    public List<Message> next() throws InterruptedException {
        return poll(Duration.ofNanos(Long.MAX_VALUE));
    }

    /**
     * Waits for messages for a time; none if none came, or if the consumer has ended.
     *
     * @throws GmqConnectionException if the connection has ended.
     * @throws IllegalStateException  if it would wait in the callback of a future, which holds up what it waits for.
     */
    public List<Message> poll(final Duration wait) throws InterruptedException {
        long leftNs = nanos(wait);
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && ended == null && failure == null && leftNs > 0) {
                if (connection.onReaderThread()) {
                    throw new IllegalStateException("waiting for messages in the callback of a future; use one of its Async methods");
                }
                leftNs = changed.awaitNanos(leftNs);
            }
            final List<Message> messages = waiting.poll();
            if (messages != null) {
                waitingCount -= messages.size();
                return messages;
            }
            if (failure != null) {
                throw failure;
            }
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    private static long nanos(final Duration wait) {
        final long ms = Checks.millis("wait", wait);
        return ms >= TimeUnit.NANOSECONDS.toMillis(Long.MAX_VALUE) ? Long.MAX_VALUE : wait.toNanos();
    }

    /** Why there will be no more than what waits here: {@code deleted} with its queue, or {@code cancelled}. Empty while it goes on. */
    public Optional<String> ended() {
        lock.lock();
        try {
            return Optional.ofNullable(ended);
        } finally {
            lock.unlock();
        }
    }

    /** Lets this many more messages come, 1 to 100,000; needed only with a lease of zero, or to have more unsettled at a time. */
    public CompletableFuture<Void> credit(final int messages) {
        ConsumeOptions.checked(messages);
        grant(messages);
        return connection.send(new Pending<>(queue, reply -> null), out -> QueueRequests.credit(out, number, messages));
    }

    /** Ends it: no more is pushed. What has been is still given out by {@link #next}, and stays leased until it is settled. */
    public CompletableFuture<Void> cancel() {
        return connection.send(new Pending<>(queue, reply -> {
            connection.consumers().end(number, "cancelled");
            return null;
        }), out -> QueueRequests.cancel(out, number));
    }

    private void grant(final int messages) {
        lock.lock();
        try {
            granted += messages;
        } finally {
            lock.unlock();
        }
    }

    void deliver(final List<Message> messages) {
        lock.lock();
        try {
            waiting.add(messages);
            waitingCount += messages.size();
            forgetExcess();
        } finally {
            lock.unlock();
        }
    }

    /** Wakes those who wait for what was delivered. */
    void wake() {
        lock.lock();
        try {
            if (waiting.size() > 1) {
                changed.signalAll();
            } else {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** There are no more leases than credit, so those of the excess have ended. */
    private void forgetExcess() {
        while (waitingCount > granted) {
            final List<Message> oldest = waiting.remove();
            final int excess = (int) Math.min(oldest.size(), waitingCount - granted);
            if (excess < oldest.size()) {
                waiting.addFirst(oldest.subList(excess, oldest.size()));
            }
            waitingCount -= excess;
        }
    }

    void end(final String reason) {
        lock.lock();
        try {
            if (ended == null) {
                ended = reason;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void fail(final GmqException cause) {
        lock.lock();
        try {
            if (ended == null && failure == null) {
                failure = cause;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return "consumer " + number + " of queue '" + queue + "'";
    }
}
