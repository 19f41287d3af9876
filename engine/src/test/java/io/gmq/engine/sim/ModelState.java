package io.gmq.engine.sim;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.DrainedCommand;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.OnFull;
import io.gmq.engine.api.ReplyTo;
import io.gmq.engine.api.Setting;
import io.gmq.engine.api.StorageState;
import io.gmq.engine.api.TakeCommand;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The state of {@link ReferenceModel}: plain objects in plain collections. Names are strings of one character a byte, so that they sort as bytes. */
final class ModelState {
    static final long NEVER = Long.MAX_VALUE;
    private static final int DROPPED_MAX = 1000;

    final TreeMap<String, Queue> queues = new TreeMap<>();
    final Map<Long, Message> messages = new HashMap<>();
    /** Messages with a time at which something happens to them, in the order in which they are due. */
    final NavigableSet<Message> due =
        new TreeSet<>(Comparator.<Message>comparingLong(message -> message.dueMs).thenComparingLong(message -> message.id));
    final NavigableSet<WaitingTake> waiting =
        new TreeSet<>(Comparator.<WaitingTake>comparingLong(take -> take.deadlineMs).thenComparingLong(take -> take.number));
    final TreeMap<Long, Session> sessions = new TreeMap<>();
    /** Last accepted publish furthest back first. */
    final Map<String, Producer> producers = new LinkedHashMap<>();

    /** Connections that hand back what they hold. */
    final Deque<Session> closing = new ArrayDeque<>();
    /** Deleted queues that still have somebody to tell. */
    final Deque<Queue> deleted = new ArrayDeque<>();
    /** Purged messages and those of deleted queues, until they are dealt with. */
    final Set<Message> dead = new LinkedHashSet<>();
    /** Queues that have something for those in their lines. */
    final Set<Queue> touched = new LinkedHashSet<>();
    /** Parked messages that shall go to a dead letter queue when the command has been done. */
    final Deque<Message> failed = new ArrayDeque<>();

    Limits limits;
    StorageState storage = StorageState.READY;
    /** The time of the last command that changed anything. */
    long nowMs;
    /** The time of the command that is being done. */
    long atMs;
    long heldBytes;
    long nextId = 1;
    long nextQueue;
    long nextTake;

    static String text(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static byte[] bytes(final String name) {
        return name.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A name as people read it. */
    static String readable(final String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    // ---------------------------------------------------------------- queues and connections

    Queue addQueue(final String name) {
        final Queue queue = new Queue(name, nextQueue++);
        queues.put(name, queue);
        return queue;
    }

    Queue queueOf(final String name) {
        final Queue queue = queues.get(name);
        return queue == null ? addQueue(name) : queue;
    }

    boolean hasToServe() {
        return !touched.isEmpty() && storage != StorageState.AWAY;
    }

    boolean isFullOfQueues() {
        return queues.size() >= limits.maxQueueNumber();
    }

    // what is not set, and what is beyond the broker's own, is the broker's own; there may be no queue yet

    int capacityOf(final Queue queue) {
        return (int) orLess(limits.maxQueueCapacity(), queue, Setting.CAPACITY);
    }

    int maxMessageLengthOf(final Queue queue) {
        return (int) orLess(limits.maxMessageLength(), queue, Setting.MAX_MESSAGE_LENGTH);
    }

    long leaseMsOf(final Queue queue) {
        final long its = queue.setting(Setting.LEASE_MS);
        return its == 0 ? limits.leaseMs() : its;
    }

    private static long orLess(final long limit, final Queue queue, final Setting setting) {
        final long its = queue == null ? 0 : queue.setting(setting);
        return its == 0 ? limit : Math.min(its, limit);
    }

    /** Whether a queue can take so many more, even if it must drop old ones. */
    boolean hasRoom(final Queue queue, final int count) {
        if (queue == null) {
            return count <= capacityOf(null);
        }
        final int staying = OnFull.of(queue.setting(Setting.ON_FULL)) == OnFull.DROP_OLDEST ? queue.count(State.LEASED) : queue.length();
        return staying + count <= capacityOf(queue);
    }

    /** Drops what must go before so many more can come: as many as come, and a slice of what was too many before. */
    void makeRoom(final Queue queue, final int count) {
        for (int left = count + DROPPED_MAX; left > 0 && queue.length() + count > capacityOf(queue); left--) {
            Message oldest = null;
            for (final State state : State.values()) {
                if (state != State.LEASED && queue.count(state) > 0) {
                    final Message candidate = Collections.min(queue.in(state), Comparator.comparingLong(message -> message.id));
                    oldest = oldest == null || candidate.id < oldest.id ? candidate : oldest;
                }
            }
            forget(oldest);
            queue.dropped++;
        }
    }

    /** Says that a queue may have something for those in its line. */
    void touch(final Queue queue) {
        if (!queue.line.isEmpty() && !queue.isPaused() && !queue.isDeleted) {
            touched.add(queue);
        }
    }

    Session sessionOf(final long connection) {
        return sessions.computeIfAbsent(connection, Session::new);
    }

    private void forgetIfEmpty(final Session session) {
        if (session.leases.isEmpty() && session.takes.isEmpty() && session.lastConsumer == 0 && !session.isClosing) {
            sessions.remove(session.connection);
        }
    }

    void wait(final WaitingTake take) {
        take.number = nextTake++;
        take.session.takes.addFirst(take);
        waiting.add(take);
        take.queue.line.add(take);
        touch(take.queue);
    }

    void remove(final WaitingTake take) {
        take.queue.line.remove(take);
        take.session.takes.remove(take);
        waiting.remove(take);
        forgetIfEmpty(take.session);
    }

    /** Puts a consumer at the end of its line, if it may be given something and is not there. */
    void joinLine(final Consumer consumer) {
        if (consumer.mayGet() && consumer.queue.line.add(consumer)) {
            touch(consumer.queue);
        }
    }

    void remove(final Consumer consumer) {
        consumer.isGone = true;
        consumer.queue.line.remove(consumer);
        consumer.queue.consumers.remove(consumer);
        consumer.session.consumers.remove(consumer.number);
    }

    // ---------------------------------------------------------------- messages

    Message add(final Queue queue, final Body body, final int priority, final long expiryMs) {
        final Message message = new Message(nextId++, queue, body);
        message.priority = priority;
        message.expiryMs = expiryMs;
        if (body.copies++ == 0) {
            heldBytes += body.bytes.capacity();
        }
        heldBytes += Limits.MESSAGE_OVERHEAD;
        messages.put(message.id, message);
        queue.published++;
        return message;
    }

    private void leaveState(final Message message) {
        due.remove(message);
        if (message.state != null) {
            message.queue.in(message.state).remove(message);
        }
    }

    private void enterState(final Message message, final State state, final long dueMs) {
        message.state = state;
        message.dueMs = dueMs;
        message.queue.in(state).add(message);
        if (dueMs != NEVER) {
            due.add(message);
        }
    }

    void makeReady(final Message message) {
        leaveState(message);
        enterState(message, State.READY, message.expiryMs);
        touch(message.queue);
    }

    void delay(final Message message, final long untilMs) {
        leaveState(message);
        enterState(message, State.DELAYED, Math.min(untilMs, message.expiryMs));
    }

    void park(final Message message, final String reason) {
        leaveState(message);
        message.reason = reason;
        enterState(message, State.PARKED, NEVER);
    }

    void lease(final Message message, final Session session, final Consumer consumer, final long untilMs, final boolean keep) {
        leaveState(message);
        enterState(message, State.LEASED, untilMs);
        message.keep = keep;
        message.session = session;
        message.consumer = consumer;
        session.leases.add(message);
    }

    void extend(final Message message, final long untilMs) {
        leaveState(message);
        enterState(message, State.LEASED, untilMs);
    }

    /** The lease is nobody's any more, whatever becomes of the message; a consumer gets its credit back. */
    void endLease(final Message message) {
        if (message.session != null) {
            message.session.leases.remove(message);
            forgetIfEmpty(message.session);
        }
        final Consumer consumer = message.consumer;
        message.session = null;
        message.consumer = null;
        message.keep = false;
        if (consumer != null && !consumer.isGone) {
            consumer.credit = Math.min(Limits.CREDIT_HELD_MAX, consumer.credit + 1);
            joinLine(consumer);
        }
    }

    /** Takes a message out of its queue and leaves its bytes, its time and its lease to {@link #reap}. */
    void bury(final Message message) {
        message.queue.in(message.state).remove(message);
        messages.remove(message.id);
        message.state = null;
        dead.add(message);
    }

    void reap(final Message message) {
        due.remove(message);
        dead.remove(message);
        free(message);
    }

    private void free(final Message message) {
        heldBytes -= Limits.MESSAGE_OVERHEAD;
        if (--message.body.copies == 0) {
            heldBytes -= message.body.bytes.capacity();
        }
        endLease(message);
    }

    /** The message is gone. */
    void forget(final Message message) {
        leaveState(message);
        messages.remove(message.id);
        message.state = null;
        free(message);
    }

    /** The order is that of {@link io.gmq.engine.api.MessageState}. */
    enum State { DELAYED, READY, LEASED, PARKED }

    /** The bytes of a message, shared by the copies that a topic made. */
    static final class Body {
        final UnsafeBuffer bytes;
        final int payloadLength;
        final long publishedMs;
        int copies;

        /** @param bytes payload and headers. */
        Body(final UnsafeBuffer bytes, final int payloadLength, final long publishedMs) {
            this.bytes = bytes;
            this.payloadLength = payloadLength;
            this.publishedMs = publishedMs;
        }

        int headersLength() {
            return bytes.capacity() - payloadLength;
        }
    }

    /** A message, wherever it is. */
    static final class Message {
        final long id;
        final Queue queue;
        final Body body;
        int priority;
        /** How often it has been given out. */
        int attempt;
        /** {@code null} for new or gone. */
        State state;
        /** When something happens to it in its state. */
        long dueMs = NEVER;
        long expiryMs;
        /** Whose lease it is; {@code null} where nobody's, or of somebody who is gone. */
        Session session;
        /** To whom it was pushed, if it was. */
        Consumer consumer;
        boolean keep;
        String reason = "";

        Message(final long id, final Queue queue, final Body body) {
            this.id = id;
            this.queue = queue;
            this.body = body;
        }
    }

    /** A queue with its settings (0 or empty for those that are not set) and counts. */
    static final class Queue {
        final String name;
        final String readable;
        /** Later ones are higher. */
        final long number;
        /** By state; ready ones in the order in which they are given, others by id. */
        final List<NavigableSet<Message>> states = new ArrayList<>();
        /** Who wants messages and may be given some, waiting takes and consumers, first come first. */
        final LinkedHashSet<Taker> line = new LinkedHashSet<>();
        final Set<Consumer> consumers = new LinkedHashSet<>();
        final Set<String> topics = new LinkedHashSet<>();
        final long[] settings = new long[Setting.values().length];
        String deadLetter = "";
        boolean isDeleted;
        long published;
        long delivered;
        long acked;
        long expired;
        long deadLettered;
        long dropped;

        Queue(final String name, final long number) {
            this.name = name;
            this.number = number;
            readable = readable(name);
            for (final State state : State.values()) {
                states.add(new TreeSet<>(state == State.READY
                    ? Comparator.<Message>comparingInt(message -> -message.priority).thenComparingLong(message -> message.id)
                    : Comparator.<Message>comparingLong(message -> message.id)));
            }
        }

        NavigableSet<Message> in(final State state) {
            return states.get(state.ordinal());
        }

        NavigableSet<Message> ready() {
            return in(State.READY);
        }

        int count(final State state) {
            return in(state).size();
        }

        int length() {
            return count(State.DELAYED) + count(State.READY) + count(State.LEASED) + count(State.PARKED);
        }

        long setting(final Setting setting) {
            return settings[setting.ordinal()];
        }

        boolean isPaused() {
            return setting(Setting.PAUSED) != 0;
        }
    }

    /** A connection that holds something, or has had a consumer. */
    static final class Session {
        final long connection;
        /** Oldest first. */
        final Set<Message> leases = new LinkedHashSet<>();
        /** Newest first. */
        final Deque<WaitingTake> takes = new ArrayDeque<>();
        final TreeMap<Long, Consumer> consumers = new TreeMap<>();
        long lastConsumer;
        /** Reckoned bytes pushed and not reported as drained. */
        long unread;
        boolean isClosing;

        Session(final long connection) {
            this.connection = connection;
        }
    }

    /** Somebody who may stand in a line. */
    abstract static class Taker {
        final ReplyTo to = new ReplyTo();
        final Queue queue;
        final Session session;
        final int room;
        final int expansion;
        final long leaseMs;
        final boolean keep;

        Taker(
            final ReplyTo asked,
            final Queue queue,
            final Session session,
            final int room,
            final int expansion,
            final long leaseMs,
            final boolean keep) {
            to.set(asked);
            this.queue = queue;
            this.session = session;
            this.room = room;
            this.expansion = expansion;
            this.leaseMs = leaseMs;
            this.keep = keep;
        }
    }

    /** A take, which may wait. */
    static final class WaitingTake extends Taker {
        final int max;
        final long deadlineMs;
        long number;

        WaitingTake(final ReplyTo asked, final Queue queue, final TakeCommand take, final long deadlineMs, final Session session) {
            super(asked, queue, session, take.replyBytesMax(), take.expansion(), take.leaseMs(), take.keep());
            this.deadlineMs = deadlineMs;
            max = take.max();
        }

        WaitingTake(final WaitingTake other, final Queue queue, final Session session) {
            super(other.to, queue, session, other.room, other.expansion, other.leaseMs, other.keep);
            deadlineMs = other.deadlineMs;
            max = other.max;
            number = other.number;
        }
    }

    /** Somebody to whom messages are pushed. */
    static final class Consumer extends Taker {
        final long number;
        int credit;
        boolean isGone;

        Consumer(
            final ReplyTo asked,
            final Queue queue,
            final Session session,
            final long number,
            final int credit,
            final int room,
            final int expansion,
            final long leaseMs,
            final boolean keep) {
            super(asked, queue, session, room, expansion, leaseMs, keep);
            // a push is no reply: it answers no request and none has set room aside for it
            to.set(asked.connection(), CommandHeader.NO_CORRELATION, asked.presentation(), asked.level());
            this.number = number;
            this.credit = credit;
        }

        boolean mayGet() {
            return credit > 0 && session.unread < DrainedCommand.WINDOW && !isGone && !session.isClosing;
        }
    }

    /** What is known of one who publishes with sequences: the last one accepted, and what was answered. */
    record Producer(long sequence, long first, int count) {
    }
}
