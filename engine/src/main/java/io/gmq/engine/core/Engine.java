package io.gmq.engine.core;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.EffectSink;
import io.gmq.engine.api.LengthCommand;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.Payloads;
import io.gmq.engine.api.PublishCommand;
import io.gmq.engine.api.QueuesCommand;
import io.gmq.engine.api.RefusalCode;
import io.gmq.engine.api.ReplyTo;
import io.gmq.engine.api.SettleCommand;
import io.gmq.engine.api.StateMachine;
import io.gmq.engine.api.TakeCommand;
import java.util.ArrayDeque;
import org.agrona.DirectBuffer;

/**
 * The broker's state and the one place where it changes. Owned by the thread that calls {@link #apply}; only
 * {@link #payloads} may be read from elsewhere, under its own rule. Refuses by telling the sink; throws only for bytes that
 * are no command.
 *
 * <p>Each command does a bounded amount of work, but for the settling of a range, which looks at all leases of its connection.
 * What is left over (many leases that end at once, many who wait) is continued by the ticks that {@link #nextDeadlineMs} asks
 * for.
 */
public final class Engine implements StateMachine {
    /** Messages and waiters that one command moves beyond those it names. */
    private static final int WORK_MAX = 1000;
    /** Bytes of replies that one command gives to those who wait; the next tick goes on. */
    private static final long SERVED_BYTES_MAX = 4L << 20;
    private static final long NEVER = Long.MAX_VALUE;
    private static final long AT_ONCE = 0;

    private final MessageStore messages = new MessageStore();
    private final MessageTable table = messages.table();
    private final Slab slab = messages.slab();
    private final QueueTable queues = new QueueTable(table);
    private final Sessions sessions = new Sessions();
    private final Leases leases = new Leases(table, sessions);
    private final Waiters waiters = new Waiters();
    private final Digest digest = new Digest();

    private final ReplyTo to = new ReplyTo();
    private final PublishCommand publish = new PublishCommand();
    private final TakeCommand take = new TakeCommand();
    private final SettleCommand settle = new SettleCommand();
    private final QueuesCommand list = new QueuesCommand();
    private final long[] missing = new long[Limits.BATCH_MAX];
    /** Queues that have got something while takes wait there, to be served in this order. */
    private final ArrayDeque<MessageQueue> touched = new ArrayDeque<>();

    private Limits limits;
    /** The time of the last command that changed anything. */
    private long nowMs;

    /* Of the command being applied. */
    private long sequence;
    private long atMs;
    private long servedBytes;
    private DirectBuffer command;
    private EffectSink effects;

    @Override
    public boolean apply(final long sequence, final DirectBuffer buffer, final int offset, final int length, final EffectSink effects) {
        this.sequence = sequence;
        this.command = buffer;
        this.effects = effects;
        servedBytes = 0;
        atMs = Math.max(nowMs, CommandHeader.timestampMs(buffer, offset));
        to.set(buffer, offset);
        final CommandType type = CommandHeader.type(buffer, offset);
        if (limits == null && type != CommandType.START) {
            throw new IllegalStateException("the first command must be a start, not a " + type.operation());
        }
        final boolean changed = switch (type) {
            case START -> start(Limits.read(buffer, offset + CommandHeader.LENGTH));
            case CLOSE -> close();
            case TICK -> tick();
            case PUBLISH -> publish(publish.wrap(buffer, offset));
            case TAKE -> take(take.wrap(buffer, offset));
            case ACK, NACK, EXTEND -> settle(type, settle.wrap(buffer, offset));
            case LENGTH -> length(LengthCommand.nameOffset(offset), LengthCommand.nameLength(buffer, offset));
            case QUEUES -> queues(list.wrap(buffer, offset));
            case HELLO, PING, REJECT -> pass();
        };
        if (changed) {
            nowMs = atMs;
        }
        return changed;
    }

    private boolean start(final Limits its) {
        final boolean isNew = !its.equals(limits);
        limits = its;
        sessions.closeAll();
        return workOff() || isNew;
    }

    private boolean close() {
        final Session session = sessions.find(to.connection());
        if (session == null || session.isClosing) {
            return false;
        }
        sessions.close(session);
        workOff();
        return true;
    }

    private boolean tick() {
        int work = 0;
        int message = leases.firstDue();
        while (message != MessageTable.NONE && table.deadlineMs(message) <= atMs && work < WORK_MAX) {
            becomeReady(message);
            work++;
            message = leases.firstDue();
        }
        final boolean hasServed = serveTouched();
        Waiter waiter = waiters.firstDue();
        while (waiter != null && waiter.deadlineMs <= atMs && work < WORK_MAX) {
            effects.beginMessages(waiter.to);
            effects.endMessages();
            forget(waiter);
            work++;
            waiter = waiters.firstDue();
        }
        return workOff() || hasServed || work > 0;
    }

    /** Continues what closing connections left over; says whether there was anything. */
    private boolean workOff() {
        int work = 0;
        Session session = sessions.firstClosing();
        while (session != null && work < WORK_MAX) {
            if (session.firstWaiter != null) {
                forget(session.firstWaiter);
            } else if (session.leaseFirst == MessageTable.NONE) {
                sessions.removeFirstClosing();
                session = sessions.firstClosing();
            } else if (table.keep(session.leaseFirst)) {
                leases.orphan(session.leaseFirst);
            } else {
                becomeReady(session.leaseFirst);
            }
            work++;
        }
        serveTouched();
        return work > 0;
    }

    private boolean publish(final PublishCommand batch) {
        final int count = batch.count();
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            batch.next();
            if (batch.payloadLength() > limits.maxMessageLength()) {
                return refuse(RefusalCode.MESSAGE_TOO_LARGE, batch.nameOffset(), batch.nameLength(), limits.maxMessageLength(),
                    batch.payloadLength());
            }
            bytes += batch.payloadLength() + batch.headersLength() + Limits.MESSAGE_OVERHEAD;
        }
        MessageQueue queue = queues.find(command, batch.nameOffset(), batch.nameLength());
        if (queue == null && queues.size() >= limits.maxQueueNumber()) {
            return refuse(RefusalCode.TOO_MANY_QUEUES, batch.nameOffset(), batch.nameLength(), limits.maxQueueNumber(), queues.size());
        }
        final int held = queue == null ? 0 : queue.length();
        if (held + count > limits.maxQueueCapacity()) {
            return refuse(RefusalCode.QUEUE_FULL, batch.nameOffset(), batch.nameLength(), limits.maxQueueCapacity(), held);
        }
        if (messages.heldBytes() + bytes > limits.maxHeldBytes()) {
            return refuse(RefusalCode.OVERLOADED, batch.nameOffset(), batch.nameLength(), limits.maxHeldBytes(), messages.heldBytes());
        }
        if (queue == null) {
            queue = queues.add(command, batch.nameOffset(), batch.nameLength());
        }
        effects.published(to, messages.nextId(), count);
        batch.rewind();
        for (int i = 0; i < count; i++) {
            batch.next();
            add(batch, queue);
        }
        touch(queue);
        serveTouched();
        return true;
    }

    private void add(final PublishCommand batch, final MessageQueue queue) {
        final int message = messages.add(command, batch.payloadOffset(), batch.payloadLength(), batch.headersLength(), atMs,
            queue.index(), batch.priority());
        if (batch.delayMs() > 0) {
            leases.delay(message, queue, atMs + batch.delayMs());
        } else {
            queue.addReady(message);
        }
    }

    private boolean take(final TakeCommand asked) {
        MessageQueue queue = queues.find(command, asked.nameOffset(), asked.nameLength());
        if (queue != null && queue.ready() > 0 && (queue.firstWaiter() == null || asked.waitMs() == 0)) {
            give(queue, to, asked.max(), asked.replyBytesMax(), asked.expansion(), asked.leaseMs(), asked.keep());
            return true;
        }
        if (asked.waitMs() == 0) {
            if (queue == null) {
                return refuse(RefusalCode.NO_SUCH_QUEUE, asked.nameOffset(), asked.nameLength());
            }
            effects.beginMessages(to);
            effects.endMessages();
            return false;
        }
        if (queue == null && queues.size() >= limits.maxQueueNumber()) {
            return refuse(RefusalCode.TOO_MANY_QUEUES, asked.nameOffset(), asked.nameLength(), limits.maxQueueNumber(), queues.size());
        }
        if (waiters.isFull()) {
            return refuse(RefusalCode.OVERLOADED, asked.nameOffset(), asked.nameLength(), Waiters.MAX, Waiters.MAX);
        }
        if (queue == null) {
            queue = queues.add(command, asked.nameOffset(), asked.nameLength());
        }
        final Waiter waiter = waiters.claim();
        waiter.set(to, asked, queue, atMs + asked.waitMs());
        waiters.add(waiter, sessions.findOrAdd(to.connection()));
        return true;
    }

    /** Gives the first ready messages of a queue, of which there is at least one, to whoever asked. */
    private void give(
        final MessageQueue queue,
        final ReplyTo taker,
        final int max,
        final int replyBytesMax,
        final int expansion,
        final long leaseMs,
        final boolean keep) {
        effects.beginMessages(taker);
        long room = replyBytesMax;
        int given = 0;
        int message = queue.firstReady();
        while (given < max && message != MessageTable.NONE) {
            final long payload = table.payload(message);
            final long bytes = replyBytes(payload, expansion);
            room -= bytes;
            if (room < 0 && given > 0) {
                break;
            }
            servedBytes += bytes;
            queue.removeFirstReady();
            final int attempt = table.attempt(message) + 1;
            table.attempt(message, attempt);
            effects.message(table.id(message), attempt, table.priority(message), table.publishedMs(message), payload);
            if (leaseMs == 0) {
                messages.remove(message, sequence);
            } else {
                leases.lease(message, queue, taker.connection(), atMs + leaseOf(leaseMs), keep);
            }
            given++;
            message = queue.firstReady();
        }
        effects.endMessages();
    }

    private long replyBytes(final long payload, final int expansion) {
        return TakeCommand.MESSAGE_OVERHEAD + ((long) slab.payloadLength(payload) * expansion + 2) / 3
            + (long) slab.headersLength(payload) * TakeCommand.HEADER_EXPANSION;
    }

    private long leaseOf(final long leaseMs) {
        return leaseMs == TakeCommand.DEFAULT_LEASE ? limits.leaseMs() : leaseMs;
    }

    private boolean settle(final CommandType type, final SettleCommand asked) {
        final MessageQueue queue = queues.find(command, asked.nameOffset(), asked.nameLength());
        if (queue == null) {
            return refuse(RefusalCode.NO_SUCH_QUEUE, asked.nameOffset(), asked.nameLength());
        }
        int missingCount = 0;
        int count = 0;
        if (asked.selection() == SettleCommand.RANGE) {
            count = settleRange(type, asked, queue);
        } else {
            for (int i = 0; i < asked.count(); i++) {
                final int message = findLeased(asked.id(i), queue);
                if (message == MessageTable.NONE || asked.attempt() != SettleCommand.ANY_ATTEMPT && asked.attempt() != table.attempt(message)) {
                    missing[missingCount++] = asked.id(i);
                } else {
                    settle(type, asked, queue, message, count);
                    count++;
                }
            }
            if (asked.selection() == SettleCommand.ONE && count == 0) {
                return refuse(RefusalCode.NOT_LEASED, asked.nameOffset(), asked.nameLength());
            }
        }
        effects.settled(to, type, count, missing, missingCount);
        serveTouched();
        return count > 0;
    }

    /** Settles what this connection holds between two ids: by the ids or by the leases, whichever are fewer. */
    private int settleRange(final CommandType type, final SettleCommand asked, final MessageQueue queue) {
        final Session session = sessions.find(to.connection());
        if (session == null) {
            return 0;
        }
        final long connection = session.connection;
        final long from = asked.id(0);
        final long last = Math.min(asked.id(1), messages.nextId() - 1);
        int count = 0;
        if (last - from < session.leaseCount) {
            for (long id = from; id <= last; id++) {
                final int message = findLeased(id, queue);
                if (message != MessageTable.NONE && table.connection(message) == connection) {
                    settle(type, asked, queue, message, count);
                    count++;
                }
            }
            return count;
        }
        int message = session.leaseFirst;
        while (message != MessageTable.NONE) {
            final int next = table.leaseNext(message);
            if (table.queue(message) == queue.index() && table.id(message) >= from && table.id(message) <= last) {
                settle(type, asked, queue, message, count);
                count++;
            }
            message = next;
        }
        return count;
    }

    private int findLeased(final long id, final MessageQueue queue) {
        final int message = messages.find(id);
        return message != MessageTable.NONE && table.state(message) == MessageTable.LEASED && table.queue(message) == queue.index()
            ? message
            : MessageTable.NONE;
    }

    private void settle(final CommandType type, final SettleCommand asked, final MessageQueue queue, final int message, final int count) {
        if (type == CommandType.EXTEND) {
            leases.extend(message, atMs + leaseOf(asked.durationMs()));
            return;
        }
        leases.end(message, queue);
        if (type == CommandType.ACK) {
            messages.remove(message, sequence);
            return;
        }
        if (asked.priority() != SettleCommand.SAME_PRIORITY) {
            table.priority(message, asked.priority());
        }
        if (asked.durationMs() > 0 || count >= WORK_MAX) {
            // more than one command may hand to those who wait: due at once, so ticks bring it back
            leases.delay(message, queue, atMs + asked.durationMs());
        } else {
            queue.addReady(message);
            touch(queue);
        }
    }

    private boolean length(final int nameOffset, final int nameLength) {
        final MessageQueue queue = queues.find(command, nameOffset, nameLength);
        if (queue == null) {
            return refuse(RefusalCode.NO_SUCH_QUEUE, nameOffset, nameLength);
        }
        effects.length(to, queue.ready(), queue.delayed(), queue.leased(), queue.parked());
        return false;
    }

    private boolean queues(final QueuesCommand asked) {
        effects.beginQueues(to);
        int rank = queues.rank(command, asked.prefixOffset(), asked.prefixLength());
        if (asked.afterLength() > 0) {
            int after = queues.rank(command, asked.afterOffset(), asked.afterLength());
            if (after < queues.size()
                && QueueTable.equal(queues.atRank(after).name(), command, asked.afterOffset(), asked.afterLength())) {
                after++;
            }
            rank = Math.max(rank, after);
        }
        int room = asked.replyBytesMax();
        int given = 0;
        boolean more = false;
        while (rank < queues.size()) {
            final MessageQueue queue = queues.atRank(rank++);
            final DirectBuffer name = queue.name();
            if (!QueueTable.startsWith(name, command, asked.prefixOffset(), asked.prefixLength())) {
                break;
            }
            room -= QueuesCommand.QUEUE_OVERHEAD + name.capacity() * QueuesCommand.NAME_EXPANSION;
            more = given == asked.max() || given > 0 && room < 0;
            if (more) {
                break;
            }
            effects.queue(name, 0, name.capacity(), queue.ready(), queue.delayed(), queue.leased(), queue.parked());
            given++;
        }
        effects.endQueues(more);
        return false;
    }

    private boolean pass() {
        effects.passed(to);
        return false;
    }

    /** Brings a leased or delayed message back to its place among the ready ones. */
    private void becomeReady(final int message) {
        final MessageQueue queue = queues.get(table.queue(message));
        if (table.state(message) == MessageTable.LEASED) {
            leases.end(message, queue);
        } else {
            leases.endDelay(message, queue);
        }
        queue.addReady(message);
        touch(queue);
    }

    private void touch(final MessageQueue queue) {
        if (queue.firstWaiter() != null && queue.touch()) {
            touched.add(queue);
        }
    }

    /** Serves those who wait at queues that have got something, as far as one command may; says whether there was anybody. */
    private boolean serveTouched() {
        final boolean hasAny = !touched.isEmpty();
        while (!touched.isEmpty() && servedBytes < SERVED_BYTES_MAX) {
            final MessageQueue queue = touched.peek();
            serve(queue);
            if (queue.firstWaiter() == null || queue.ready() == 0) {
                queue.untouch();
                touched.remove();
            }
        }
        return hasAny;
    }

    private void serve(final MessageQueue queue) {
        Waiter waiter = queue.firstWaiter();
        while (waiter != null && queue.ready() > 0 && servedBytes < SERVED_BYTES_MAX) {
            if (!waiter.session.isClosing) {
                give(queue, waiter.to, waiter.max, waiter.replyBytesMax, waiter.expansion, waiter.leaseMs, waiter.keep);
            }
            forget(waiter);
            waiter = queue.firstWaiter();
        }
    }

    private void forget(final Waiter waiter) {
        final Session session = waiter.session;
        waiters.remove(waiter);
        sessions.forgetIfEmpty(session);
    }

    private boolean refuse(final RefusalCode code, final int nameOffset, final int nameLength) {
        return refuse(code, nameOffset, nameLength, -1, -1);
    }

    private boolean refuse(final RefusalCode code, final int nameOffset, final int nameLength, final long limit, final long actual) {
        effects.refused(to, code, command, nameOffset, nameLength, limit, actual);
        return false;
    }

    @Override
    public long nextDeadlineMs() {
        if (sessions.firstClosing() != null || !touched.isEmpty()) {
            return AT_ONCE;
        }
        final int message = leases.firstDue();
        final Waiter waiter = waiters.firstDue();
        return Math.min(message == MessageTable.NONE ? NEVER : table.deadlineMs(message), waiter == null ? NEVER : waiter.deadlineMs);
    }

    @Override
    public void reclaim(final long sequence) {
        slab.reclaim(sequence);
    }

    @Override
    public long digest() {
        return digest.of(nowMs, limits, messages, queues, sessions, touched);
    }

    @Override
    public long highestConnection() {
        return sessions.highestConnection();
    }

    @Override
    public long messages() {
        return table.size();
    }

    @Override
    public Payloads payloads() {
        return slab;
    }
}
