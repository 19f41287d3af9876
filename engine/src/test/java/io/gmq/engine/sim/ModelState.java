package io.gmq.engine.sim;

import io.gmq.engine.api.Limits;
import io.gmq.engine.api.PublishCommand;
import io.gmq.engine.api.ReplyTo;
import io.gmq.engine.api.TakeCommand;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.agrona.DirectBuffer;

/** The state of {@link ReferenceModel}: plain objects in plain collections. Names are strings of one character a byte, so that they sort as bytes. */
final class ModelState {
    final TreeMap<String, Queue> queues = new TreeMap<>();
    final NavigableMap<Long, Message> messages = new TreeMap<>();
    /** Leased and delayed messages in the order in which they are due. */
    final SortedSet<Message> due =
        new TreeSet<>(Comparator.<Message>comparingLong(message -> message.deadlineMs).thenComparingLong(message -> message.id));
    final SortedSet<Waiter> waiters =
        new TreeSet<>(Comparator.<Waiter>comparingLong(waiter -> waiter.deadlineMs).thenComparingLong(waiter -> waiter.number));
    final TreeMap<Long, Session> sessions = new TreeMap<>();
    final Deque<Session> closing = new ArrayDeque<>();
    final Set<Queue> touched = new LinkedHashSet<>();
    long heldBytes;
    long nextId = 1;
    private long nextWaiter;

    static String text(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** A name as people read it. */
    static String readable(final String name) {
        return new String(name.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    Queue queueOf(final String name) {
        return queues.computeIfAbsent(name, Queue::new);
    }

    Session sessionOf(final long connection) {
        return sessions.computeIfAbsent(connection, Session::new);
    }

    Message add(final Queue queue, final DirectBuffer command, final PublishCommand draft, final long atMs) {
        final Message message = new Message(nextId++, queue, atMs);
        message.payload = new byte[draft.payloadLength()];
        message.headers = new byte[draft.headersLength()];
        command.getBytes(draft.payloadOffset(), message.payload);
        command.getBytes(draft.payloadOffset() + draft.payloadLength(), message.headers);
        message.priority = draft.priority();
        heldBytes += message.payload.length + message.headers.length + Limits.MESSAGE_OVERHEAD;
        messages.put(message.id, message);
        return message;
    }

    /** Takes a message out of wherever its state puts it. */
    private void leaveState(final Message message) {
        if (message.state == State.READY) {
            message.queue.ready.remove(message);
        } else if (message.state == State.LEASED) {
            message.queue.leased--;
            due.remove(message);
        } else if (message.state == State.DELAYED) {
            message.queue.delayed--;
            due.remove(message);
        }
    }

    void makeReady(final Message message) {
        leaveState(message);
        message.state = State.READY;
        message.queue.ready.add(message);
    }

    void delay(final Message message, final long untilMs) {
        leaveState(message);
        message.state = State.DELAYED;
        message.deadlineMs = untilMs;
        message.queue.delayed++;
        due.add(message);
    }

    void lease(final Message message, final long connection, final long untilMs, final boolean keep) {
        leaveState(message);
        message.state = State.LEASED;
        message.deadlineMs = untilMs;
        message.keep = keep;
        message.connection = connection;
        message.queue.leased++;
        due.add(message);
        sessionOf(connection).leases.add(message);
    }

    void extend(final Message message, final long untilMs) {
        due.remove(message);
        message.deadlineMs = untilMs;
        due.add(message);
    }

    /** The lease is nobody's any more. */
    void orphan(final Message message) {
        if (message.connection != 0) {
            final Session session = sessions.get(message.connection);
            session.leases.remove(message);
            forgetIfEmpty(session);
            message.connection = 0;
            message.keep = false;
        }
    }

    void forget(final Message message) {
        leaveState(message);
        messages.remove(message.id);
        heldBytes -= message.payload.length + message.headers.length + Limits.MESSAGE_OVERHEAD;
    }

    void wait(final Waiter waiter) {
        waiter.number = nextWaiter++;
        waiter.queue.waiters.addLast(waiter);
        waiter.session.waiters.addFirst(waiter);
        waiters.add(waiter);
    }

    void remove(final Waiter waiter) {
        waiter.queue.waiters.remove(waiter);
        waiter.session.waiters.remove(waiter);
        waiters.remove(waiter);
        forgetIfEmpty(waiter.session);
    }

    private void forgetIfEmpty(final Session session) {
        if (session.leases.isEmpty() && session.waiters.isEmpty() && !session.isClosing) {
            sessions.remove(session.connection);
        }
    }

    enum State { NEW, READY, DELAYED, LEASED }

    /** A message, wherever it is. */
    static final class Message {
        final long id;
        final Queue queue;
        final long publishedMs;
        byte[] payload;
        byte[] headers;
        int priority;
        int attempt;
        State state = State.NEW;
        long deadlineMs;
        /** Who has leased it; 0 for nobody, or somebody who is gone. */
        long connection;
        boolean keep;

        Message(final long id, final Queue queue, final long publishedMs) {
            this.id = id;
            this.queue = queue;
            this.publishedMs = publishedMs;
        }
    }

    /** A queue, never removed. */
    static final class Queue {
        final String name;
        final TreeSet<Message> ready =
            new TreeSet<>(Comparator.<Message>comparingInt(message -> -message.priority).thenComparingLong(message -> message.id));
        final Deque<Waiter> waiters = new ArrayDeque<>();
        int delayed;
        int leased;

        Queue(final String name) {
            this.name = name;
        }

        int length() {
            return ready.size() + delayed + leased;
        }
    }

    /** A connection that holds something. */
    static final class Session {
        final long connection;
        final Set<Message> leases = new LinkedHashSet<>();
        final Deque<Waiter> waiters = new ArrayDeque<>();
        boolean isClosing;

        Session(final long connection) {
            this.connection = connection;
        }
    }

    /** A take that waits. */
    static final class Waiter {
        final ReplyTo to = new ReplyTo();
        final Queue queue;
        final Session session;
        final int max;
        final int room;
        final int expansion;
        final long leaseMs;
        final boolean keep;
        final long deadlineMs;
        long number;

        Waiter(final ReplyTo asked, final Queue queue, final TakeCommand take, final long deadlineMs, final Session session) {
            to.set(asked.connection(), asked.correlation(), asked.presentation(), asked.level());
            this.queue = queue;
            this.session = session;
            this.deadlineMs = deadlineMs;
            max = take.max();
            room = take.replyBytesMax();
            expansion = take.expansion();
            leaseMs = take.leaseMs();
            keep = take.keep();
        }
    }
}
