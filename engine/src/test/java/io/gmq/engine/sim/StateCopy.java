package io.gmq.engine.sim;

import io.gmq.engine.sim.ModelState.Body;
import io.gmq.engine.sim.ModelState.Consumer;
import io.gmq.engine.sim.ModelState.Message;
import io.gmq.engine.sim.ModelState.Queue;
import io.gmq.engine.sim.ModelState.Session;
import io.gmq.engine.sim.ModelState.State;
import io.gmq.engine.sim.ModelState.Taker;
import io.gmq.engine.sim.ModelState.WaitingTake;
import java.util.IdentityHashMap;
import java.util.Map;

/** A second {@link ModelState} that is as the first was: how an atomic request whose third step is refused forgets the first two. */
final class StateCopy {
    private static final int OBJECTS = 300;

    private final Map<Object, Object> copies = new IdentityHashMap<>(OBJECTS);

    private StateCopy() {
    }

    static ModelState of(final ModelState state) {
        return new StateCopy().copy(state);
    }

    private ModelState copy(final ModelState from) {
        final ModelState to = new ModelState();
        to.limits = from.limits;
        to.storage = from.storage;
        to.nowMs = from.nowMs;
        to.atMs = from.atMs;
        to.heldBytes = from.heldBytes;
        to.nextId = from.nextId;
        to.nextQueue = from.nextQueue;
        to.nextTake = from.nextTake;
        to.producers.putAll(from.producers);
        from.queues.values().forEach(queue -> to.queues.put(queue.name, copy(queue)));
        from.deleted.forEach(queue -> to.deleted.add(copy(queue)));
        from.sessions.values().forEach(session -> to.sessions.put(session.connection, copy(session)));
        from.closing.forEach(session -> to.closing.add(copy(session)));
        from.messages.values().forEach(message -> to.messages.put(message.id, copy(message)));
        from.dead.forEach(message -> to.dead.add(copy(message)));
        from.failed.forEach(message -> to.failed.add(copy(message)));
        from.due.forEach(message -> to.due.add(copy(message)));
        from.waiting.forEach(take -> to.waiting.add((WaitingTake) copy(take)));
        from.touched.forEach(queue -> to.touched.add(copy(queue)));
        return to;
    }

    private Queue copy(final Queue from) {
        final Queue known = (Queue) copies.get(from);
        if (known != null) {
            return known;
        }
        final Queue to = new Queue(from.name, from.number);
        copies.put(from, to);
        System.arraycopy(from.settings, 0, to.settings, 0, from.settings.length);
        to.deadLetter = from.deadLetter;
        to.isDeleted = from.isDeleted;
        to.published = from.published;
        to.delivered = from.delivered;
        to.acked = from.acked;
        to.expired = from.expired;
        to.deadLettered = from.deadLettered;
        to.dropped = from.dropped;
        to.topics.addAll(from.topics);
        from.line.forEach(taker -> to.line.add(copy(taker)));
        from.consumers.forEach(consumer -> to.consumers.add((Consumer) copy(consumer)));
        for (final State state : State.values()) {
            from.in(state).forEach(message -> to.in(state).add(copy(message)));
        }
        return to;
    }

    private Session copy(final Session from) {
        if (from == null) {
            return null;
        }
        final Session known = (Session) copies.get(from);
        if (known != null) {
            return known;
        }
        final Session to = new Session(from.connection);
        copies.put(from, to);
        to.lastConsumer = from.lastConsumer;
        to.unread = from.unread;
        to.isClosing = from.isClosing;
        from.leases.forEach(message -> to.leases.add(copy(message)));
        from.takes.forEach(take -> to.takes.add((WaitingTake) copy(take)));
        from.consumers.values().forEach(consumer -> to.consumers.put(consumer.number, (Consumer) copy(consumer)));
        return to;
    }

    private Taker copy(final Taker from) {
        if (from == null) {
            return null;
        }
        final Taker known = (Taker) copies.get(from);
        if (known != null) {
            return known;
        }
        final Taker to;
        if (from instanceof WaitingTake) {
            to = new WaitingTake((WaitingTake) from, copy(from.queue), copy(from.session));
        } else {
            final Consumer consumer = (Consumer) from;
            final Consumer same = new Consumer(from.to, copy(from.queue), copy(from.session), consumer.number, consumer.credit, from.room,
                from.expansion, from.leaseMs, from.keep);
            same.isGone = consumer.isGone;
            to = same;
        }
        // a queue or session that was copied on the way here has come back to this taker: the first copy counts
        final Taker first = (Taker) copies.putIfAbsent(from, to);
        return first == null ? to : first;
    }

    private Body copy(final Body from) {
        final Body known = (Body) copies.get(from);
        if (known != null) {
            return known;
        }
        final Body to = new Body(from.bytes, from.payloadLength, from.publishedMs);
        to.copies = from.copies;
        copies.put(from, to);
        return to;
    }

    private Message copy(final Message from) {
        final Message known = (Message) copies.get(from);
        if (known != null) {
            return known;
        }
        final Message to = new Message(from.id, copy(from.queue), copy(from.body));
        return copies.containsKey(from) ? (Message) copies.get(from) : filled(from, to);
    }

    private Message filled(final Message from, final Message to) {
        copies.put(from, to);
        to.priority = from.priority;
        to.attempt = from.attempt;
        to.state = from.state;
        to.dueMs = from.dueMs;
        to.expiryMs = from.expiryMs;
        to.keep = from.keep;
        to.reason = from.reason;
        to.session = copy(from.session);
        to.consumer = (Consumer) copy(from.consumer);
        return to;
    }
}
