package io.gmq.engine.sim;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.LengthCommand;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.PublishCommand;
import io.gmq.engine.api.QueuesCommand;
import io.gmq.engine.api.RefusalCode;
import io.gmq.engine.api.ReplyTo;
import io.gmq.engine.api.SettleCommand;
import io.gmq.engine.api.TakeCommand;
import io.gmq.engine.kit.EffectText;
import io.gmq.engine.sim.ModelState.Message;
import io.gmq.engine.sim.ModelState.Queue;
import io.gmq.engine.sim.ModelState.Session;
import io.gmq.engine.sim.ModelState.State;
import io.gmq.engine.sim.ModelState.Waiter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** What the engine should do, told with sorted sets and lists and no thought of speed. Shares no code with it but the commands' form. */
final class ReferenceModel {
    private static final int WORK_MAX = 1000;

    private final ModelState state = new ModelState();
    private final EffectText effects = new EffectText(true);
    private final ReplyTo to = new ReplyTo();
    private Limits limits;
    private long nowMs;
    private long atMs;
    private UnsafeBuffer command;

    EffectText effects() {
        return effects;
    }

    long highestId() {
        return state.nextId - 1;
    }

    long highestConnection() {
        return state.sessions.isEmpty() ? 0 : state.sessions.lastKey();
    }

    long messages() {
        return state.messages.size();
    }

    long nextDeadlineMs() {
        if (!state.closing.isEmpty()) {
            return 0;
        }
        return Math.min(state.due.isEmpty() ? Long.MAX_VALUE : state.due.first().deadlineMs,
            state.waiters.isEmpty() ? Long.MAX_VALUE : state.waiters.first().deadlineMs);
    }

    /** Applies one command; the effects are in {@link #effects} until the next. */
    boolean apply(final byte[] bytes) {
        effects.clear();
        command = new UnsafeBuffer(bytes);
        to.set(command, 0);
        atMs = Math.max(nowMs, CommandHeader.timestampMs(command, 0));
        final CommandType type = CommandHeader.type(command, 0);
        final boolean changed = switch (type) {
            case START -> start(Limits.read(command, CommandHeader.LENGTH));
            case CLOSE -> close();
            case TICK -> tick();
            case PUBLISH -> publish(new PublishCommand().wrap(command, 0));
            case TAKE -> take(new TakeCommand().wrap(command, 0));
            case ACK, NACK, EXTEND -> settle(type, new SettleCommand().wrap(command, 0));
            case LENGTH -> length(text(LengthCommand.nameOffset(0), LengthCommand.nameLength(command, 0)));
            case QUEUES -> queues(new QueuesCommand().wrap(command, 0));
            case HELLO, PING, REJECT -> {
                effects.passed(to);
                yield false;
            }
        };
        if (changed) {
            nowMs = atMs;
        }
        return changed;
    }

    private String text(final int offset, final int length) {
        return ModelState.text(command, offset, length);
    }

    private boolean start(final Limits its) {
        final boolean isNew = !its.equals(limits);
        limits = its;
        for (final Session session : new ArrayList<>(state.sessions.values())) {
            beginClosing(session);
        }
        return workOff() || isNew;
    }

    private boolean close() {
        final Session session = state.sessions.get(to.connection());
        if (session == null || session.isClosing) {
            return false;
        }
        beginClosing(session);
        return workOff();
    }

    private void beginClosing(final Session session) {
        if (session.leases.isEmpty() && session.waiters.isEmpty()) {
            state.sessions.remove(session.connection);
        } else if (!session.isClosing) {
            session.isClosing = true;
            state.closing.add(session);
        }
    }

    private boolean workOff() {
        int work = 0;
        while (!state.closing.isEmpty() && work < WORK_MAX) {
            final Session session = state.closing.getFirst();
            if (!session.waiters.isEmpty()) {
                state.remove(session.waiters.getFirst());
            } else if (session.leases.isEmpty()) {
                state.closing.removeFirst();
                state.sessions.remove(session.connection);
            } else {
                final Message message = session.leases.iterator().next();
                if (message.keep) {
                    state.orphan(message);
                } else {
                    becomeReady(message);
                }
            }
            work++;
        }
        serveTouched();
        return work > 0;
    }

    private boolean tick() {
        int work = 0;
        while (!state.due.isEmpty() && state.due.first().deadlineMs <= atMs && work < WORK_MAX) {
            becomeReady(state.due.first());
            work++;
        }
        serveTouched();
        while (!state.waiters.isEmpty() && state.waiters.first().deadlineMs <= atMs && work < WORK_MAX) {
            effects.beginMessages(state.waiters.first().to);
            state.remove(state.waiters.first());
            work++;
        }
        return workOff() || work > 0;
    }

    private void becomeReady(final Message message) {
        if (message.state == State.LEASED) {
            state.orphan(message);
        }
        state.makeReady(message);
        touch(message.queue);
    }

    private void touch(final Queue queue) {
        if (!queue.waiters.isEmpty()) {
            state.touched.add(queue);
        }
    }

    private void serveTouched() {
        state.touched.forEach(this::serve);
        state.touched.clear();
    }

    private void serve(final Queue queue) {
        while (!queue.waiters.isEmpty() && !queue.ready.isEmpty()) {
            final Waiter waiter = queue.waiters.getFirst();
            if (!waiter.session.isClosing) {
                give(queue, waiter.to, waiter.max, waiter.room, waiter.expansion, waiter.leaseMs, waiter.keep);
            }
            state.remove(waiter);
        }
    }

    private boolean refuse(final RefusalCode code, final String queue, final long limit, final long actual) {
        effects.refused(to, code, ModelState.readable(queue), limit, actual);
        return false;
    }

    private boolean publish(final PublishCommand batch) {
        final String name = text(batch.nameOffset(), batch.nameLength());
        long bytes = 0;
        for (int i = 0; i < batch.count(); i++) {
            batch.next();
            if (batch.payloadLength() > limits.maxMessageLength()) {
                return refuse(RefusalCode.MESSAGE_TOO_LARGE, name, limits.maxMessageLength(), batch.payloadLength());
            }
            bytes += batch.payloadLength() + batch.headersLength() + Limits.MESSAGE_OVERHEAD;
        }
        final Queue found = state.queues.get(name);
        if (found == null && state.queues.size() >= limits.maxQueueNumber()) {
            return refuse(RefusalCode.TOO_MANY_QUEUES, name, limits.maxQueueNumber(), state.queues.size());
        }
        final int held = found == null ? 0 : found.length();
        if (held + batch.count() > limits.maxQueueCapacity()) {
            return refuse(RefusalCode.QUEUE_FULL, name, limits.maxQueueCapacity(), held);
        }
        if (state.heldBytes + bytes > limits.maxHeldBytes()) {
            return refuse(RefusalCode.OVERLOADED, name, limits.maxHeldBytes(), state.heldBytes);
        }
        final Queue queue = state.queueOf(name);
        effects.published(to, state.nextId, batch.count());
        batch.rewind();
        for (int i = 0; i < batch.count(); i++) {
            batch.next();
            final Message message = state.add(queue, command, batch, atMs);
            if (batch.delayMs() > 0) {
                state.delay(message, atMs + batch.delayMs());
            } else {
                state.makeReady(message);
            }
        }
        serve(queue);
        return true;
    }

    private boolean take(final TakeCommand asked) {
        final String name = text(asked.nameOffset(), asked.nameLength());
        final Queue found = state.queues.get(name);
        if (found != null && !found.ready.isEmpty()) {
            give(found, to, asked.max(), asked.replyBytesMax(), asked.expansion(), asked.leaseMs(), asked.keep());
            return true;
        }
        if (asked.waitMs() == 0) {
            if (found == null) {
                return refuse(RefusalCode.NO_SUCH_QUEUE, name, -1, -1);
            }
            effects.beginMessages(to);
            return false;
        }
        if (found == null && state.queues.size() >= limits.maxQueueNumber()) {
            return refuse(RefusalCode.TOO_MANY_QUEUES, name, limits.maxQueueNumber(), state.queues.size());
        }
        state.wait(new Waiter(to, state.queueOf(name), asked, atMs + asked.waitMs(), state.sessionOf(to.connection())));
        return true;
    }

    private void give(
        final Queue queue,
        final ReplyTo taker,
        final int max,
        final int room,
        final int expansion,
        final long leaseMs,
        final boolean keep) {
        effects.beginMessages(taker);
        long bytes = 0;
        for (int given = 0; given < max && !queue.ready.isEmpty(); given++) {
            final Message message = queue.ready.first();
            bytes += TakeCommand.MESSAGE_OVERHEAD + (long) Math.ceil(message.payload.length * expansion / 3.0)
                + 6L * message.headers.length;
            if (bytes > room && given > 0) {
                break;
            }
            message.attempt++;
            tell(message);
            if (leaseMs == 0) {
                state.forget(message);
            } else {
                state.lease(message, taker.connection(), atMs + leaseOf(leaseMs), keep);
            }
        }
    }

    private void tell(final Message message) {
        effects.message(message.id, message.attempt, message.priority, message.publishedMs);
        for (final byte octet : message.payload) {
            effects.octet(octet);
        }
        if (message.headers.length > 0) {
            effects.headers();
            for (final byte octet : message.headers) {
                effects.octet(octet);
            }
        }
    }

    private long leaseOf(final long leaseMs) {
        return leaseMs == TakeCommand.DEFAULT_LEASE ? limits.leaseMs() : leaseMs;
    }

    private boolean settle(final CommandType type, final SettleCommand asked) {
        final String name = text(asked.nameOffset(), asked.nameLength());
        final Queue queue = state.queues.get(name);
        if (queue == null) {
            return refuse(RefusalCode.NO_SUCH_QUEUE, name, -1, -1);
        }
        final List<Long> missing = new ArrayList<>();
        int count = 0;
        if (asked.selection() == SettleCommand.RANGE) {
            for (final Message message : leasedBetween(asked.id(0), asked.id(1))) {
                if (message.queue == queue) {
                    settle(type, asked, message, count++);
                }
            }
        } else {
            for (int i = 0; i < asked.count(); i++) {
                final Message message = state.messages.get(asked.id(i));
                final boolean isLeased = message != null && message.queue == queue && message.state == State.LEASED;
                if (isLeased && (asked.attempt() == SettleCommand.ANY_ATTEMPT || asked.attempt() == message.attempt)) {
                    settle(type, asked, message, count++);
                } else {
                    missing.add(asked.id(i));
                }
            }
        }
        if (asked.selection() == SettleCommand.ONE && count == 0) {
            return refuse(RefusalCode.NOT_LEASED, name, -1, -1);
        }
        effects.settled(to, type, count, missing.stream().mapToLong(Long::longValue).toArray(), missing.size());
        serveTouched();
        return count > 0;
    }

    /** What this connection has leased: by their ids if there are fewer ids than leases, else in the order of leasing. */
    private List<Message> leasedBetween(final long from, final long to) {
        final Session session = state.sessions.get(this.to.connection());
        if (session == null) {
            return List.of();
        }
        final List<Message> leased = new ArrayList<>(session.leases);
        leased.removeIf(message -> message.id < from || message.id > to);
        if (Math.min(to, highestId()) - from < session.leases.size()) {
            leased.sort(Comparator.comparingLong(message -> message.id));
        }
        return leased;
    }

    private void settle(final CommandType type, final SettleCommand asked, final Message message, final int before) {
        if (type == CommandType.EXTEND) {
            state.extend(message, atMs + leaseOf(asked.durationMs()));
            return;
        }
        state.orphan(message);
        if (type == CommandType.ACK) {
            state.forget(message);
            return;
        }
        message.priority = asked.priority() == SettleCommand.SAME_PRIORITY ? message.priority : asked.priority();
        if (asked.durationMs() > 0 || before >= WORK_MAX) {
            state.delay(message, atMs + asked.durationMs());
        } else {
            becomeReady(message);
        }
    }

    private boolean length(final String name) {
        final Queue queue = state.queues.get(name);
        if (queue == null) {
            return refuse(RefusalCode.NO_SUCH_QUEUE, name, -1, -1);
        }
        effects.length(to, queue.ready.size(), queue.delayed, queue.leased, 0);
        return false;
    }

    private boolean queues(final QueuesCommand asked) {
        final String prefix = text(asked.prefixOffset(), asked.prefixLength());
        final String after = text(asked.afterOffset(), asked.afterLength());
        effects.beginQueues(to);
        int given = 0;
        int bytes = 0;
        boolean more = false;
        for (final Queue queue : state.queues.values()) {
            if (!queue.name.startsWith(prefix) || !after.isEmpty() && queue.name.compareTo(after) <= 0) {
                continue;
            }
            bytes += QueuesCommand.QUEUE_OVERHEAD + 2 * queue.name.length();
            if (given == asked.max() || given > 0 && bytes > asked.replyBytesMax()) {
                more = true;
                break;
            }
            effects.queue(ModelState.readable(queue.name), queue.ready.size(), queue.delayed, queue.leased, 0);
            given++;
        }
        effects.endQueues(more);
        return false;
    }
}
