package io.gmq.engine.core;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.Durability;
import io.gmq.engine.api.Ending;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.Setting;
import io.gmq.engine.api.StorageState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongArrayList;

/**
 * Takes in what a {@link StateWriter} has told, into an engine that has no state yet. Messages come in no order; they are put into
 * their lanes, and leases into their order, when all are there ({@link #end}). Used once.
 */
final class StateReader {
    private final State state;
    private final MessageStore store;
    private final MessageTable table;
    private final HoldTable holds;
    private final Long2ObjectHashMap<MessageQueue> queues = new Long2ObjectHashMap<>();
    private final Int2ObjectHashMap<ToldLane> lanes = new Int2ObjectHashMap<>();
    private final List<Waiter> waiters = new ArrayList<>();
    /** Pairs: a hold, and the id of the message whose lease comes before. */
    private final LongArrayList leases = new LongArrayList();
    private final long[] settings = new long[Setting.values().length];

    private DirectBuffer buffer;
    private int at;
    private int end;
    private long nextId;

    StateReader(final State state) {
        this.state = state;
        store = state.store();
        table = store.table();
        holds = store.holds();
    }

    /** Takes in one entry. */
    void read(final DirectBuffer source, final int offset, final int length) {
        buffer = source;
        at = offset;
        end = offset + length;
        final byte kind = (byte) u8();
        switch (kind) {
            case StateEntry.STATE -> readState();
            case StateEntry.QUEUE -> readQueue();
            case StateEntry.LANE -> readLane();
            case StateEntry.PRODUCER -> readProducer();
            case StateEntry.BINDING -> state.topics().bind(queue(), buffer, at, end - at);
            case StateEntry.SESSION -> readSession();
            case StateEntry.CONSUMER -> readConsumer();
            case StateEntry.LINE -> readLine();
            case StateEntry.WAITER -> readWaiter();
            case StateEntry.TOUCHED -> state.touched().restore(queue());
            case StateEntry.MESSAGE -> readMessage();
            case StateEntry.REASON -> readReason();
            default -> throw new IllegalArgumentException("unknown kind of entry " + kind);
        }
    }

    /** Puts everything into its order. */
    void end() {
        store.nextId(nextId);
        store.forEach(this::putIntoLane);
        for (int i = 0; i < leases.size(); i += 2) {
            link((int) leases.getLong(i), leases.getLong(i + 1));
        }
        for (final Session session : state.sessions().all()) {
            closeChain(session);
        }
        waiters.sort(Comparator.comparingLong(waiter -> waiter.number));
        waiters.forEach(waiter -> state.waiters().enter(waiter, state.sessions().find(waiter.to.connection())));
    }

    private void readState() {
        final int flags = u8();
        state.current().nowMs = i64();
        nextId = i64();
        state.queues().nextNumber(i64());
        state.waiters().nextNumber(i64());
        state.current().storage = StorageState.of(flags >> StateEntry.STORAGE_SHIFT);
        if ((flags & StateEntry.HAS_LIMITS) != 0) {
            state.current().limits = Limits.read(buffer, at);
        }
    }

    private void readQueue() {
        final boolean isDead = (u8() & StateEntry.IS_DEAD) != 0;
        final int nameLength = u8();
        final long number = i64();
        for (int i = 0; i < settings.length; i++) {
            settings[i] = i64();
        }
        final int counts = at;
        at += MessageQueue.COUNTED.length * Long.BYTES;
        final MessageQueue queue = isDead
            ? state.queues().addDead(number, buffer, at, nameLength)
            : state.queues().add(number, buffer, at, nameLength);
        queue.config = QueueConfig.of(settings, buffer, at + nameLength, end - at - nameLength);
        at = counts;
        for (int i = 0; i < MessageQueue.COUNTED.length; i++) {
            queue.restoreCount(MessageQueue.COUNTED[i], i64());
        }
        queues.put(number, queue);
    }

    private void readLane() {
        final MessageState its = MessageState.of((byte) u8());
        at++;
        final int number = i32();
        final long queue = i64();
        final boolean isDead = queue == StateEntry.NO_QUEUE;
        lanes.put(number, new ToldLane(number, its, isDead ? null : queues.get(queue), isDead ? readDead(its) : null));
    }

    private Lane readDead(final MessageState its) {
        final boolean isSaid = at < end; // not in older snapshots
        return !isSaid ? store.lanes().openDead(its, Ending.PURGED, CommandHeader.HOST, state.current().nowMs)
            : store.lanes().openDead(its, Ending.of((byte) u8()), i64(), i64());
    }

    private void readProducer() {
        final long sequence = i64();
        final long firstMessage = i64();
        final int count = i32();
        state.producers().accept(buffer, at, end - at, sequence, firstMessage, count);
    }

    private void readSession() {
        final boolean isClosing = u8() != 0;
        final Session session = state.sessions().findOrAdd(i64());
        session.consumersSeen = i64();
        session.unread = i64();
        if (isClosing) {
            state.sessions().close(session);
        }
    }

    private void readTaker(final Taker taker) {
        taker.queue = queue();
        taker.to.set(i64(), i64(), u8(), Durability.of((byte) u8())).promised(i32());
        taker.bytesMax = i32();
        taker.expansion = i32();
        taker.leaseMs = i64();
        taker.keep = u8() != 0;
    }

    private void readConsumer() {
        final Consumer consumer = state.consumers().claim();
        readTaker(consumer);
        consumer.session = state.sessions().find(consumer.to.connection());
        consumer.number = i64();
        consumer.credit = i32();
        consumer.leases = 0;
        consumer.isGone = false;
        consumer.session.enterConsumer(consumer);
        state.consumers().enter(consumer);
    }

    private void readLine() {
        final MessageQueue queue = queue();
        queue.line.join(state.sessions().find(i64()).consumer(i64()));
    }

    private void readWaiter() {
        final Waiter waiter = state.waiters().claim();
        readTaker(waiter);
        waiter.number = i64();
        waiter.max = i32();
        waiter.deadlineMs = i64();
        waiter.queue.line.join(waiter);
        waiters.add(waiter);
    }

    private void readMessage() {
        final int priority = u8();
        final int flags = u8();
        final ToldLane lane = lanes.get(i32());
        final long id = i64();
        final int attempt = i32();
        final long publishedMs = i64();
        final int headersLength = i16();
        final int hold = at;
        at += (flags & StateEntry.HAS_HOLD) == 0 ? 0 : StateEntry.HOLD_LENGTH;
        final long body;
        if ((flags & StateEntry.IS_SHARED) == 0) {
            body = store.putBody(buffer, at, end - at - headersLength, headersLength, publishedMs);
        } else {
            body = table.payload(store.find(i64()));
            store.slab().share(body);
        }
        final int message = store.restore(id, body, priority, attempt);
        table.lane(message, lane.number());
        if ((flags & StateEntry.HAS_HOLD) != 0) {
            at = hold;
            readHold(store.holdOf(message), lane.state());
        }
    }

    private void readHold(final int hold, final MessageState its) {
        final long deadlineMs = i64();
        final long expiryMs = i64();
        final long connection = i64();
        final long consumerNumber = i64();
        final long leaseBefore = i64();
        holds.deadlineMs(hold, deadlineMs);
        holds.expiryMs(hold, expiryMs);
        holds.connection(hold, connection);
        holds.keep(hold, u8() != 0);
        if (connection != 0) {
            final Session session = state.sessions().find(connection);
            session.leaseCount++;
            leases.addLong(hold);
            leases.addLong(leaseBefore);
            final Consumer consumer = session.consumer(consumerNumber);
            if (consumer != null) {
                holds.consumer(hold, consumer.slot);
                consumer.leases++;
            }
        }
        final long dueMs = Deadlines.dueMs(its, deadlineMs, expiryMs);
        if (dueMs != 0) {
            state.deadlines().set(hold, dueMs);
        }
    }

    private void readReason() {
        final int message = store.find(i64());
        holds.reason(table.hold(message), store.slab().put(buffer, at, end - at, 0, state.current().nowMs));
    }

    private void putIntoLane(final int message) {
        final ToldLane lane = lanes.get(table.lane(message));
        final int payloadBytes = store.payloadLength(message);
        if (lane.dead() == null) {
            lane.queue().add(message, lane.state(), payloadBytes);
        } else {
            lane.dead().add(message, payloadBytes);
        }
    }

    /** Lets a lease stand behind the one that was before it, or first. */
    private void link(final int hold, final long messageBefore) {
        if (messageBefore == 0) {
            state.sessions().find(holds.connection(hold)).leaseFirst = hold;
            holds.leasePrev(hold, HoldTable.NONE);
        } else {
            final int before = table.hold(store.find(messageBefore));
            holds.leasePrev(hold, before);
            holds.leaseNext(before, hold);
        }
    }

    /** Finds the last of a connection's leases: the only one whose successor was never set. */
    private void closeChain(final Session session) {
        int hold = session.leaseFirst;
        for (int left = session.leaseCount; left > 1; left--) {
            hold = holds.leaseNext(hold);
        }
        session.leaseLast = hold;
        if (hold != HoldTable.NONE) {
            holds.leaseNext(hold, HoldTable.NONE);
        }
    }

    private MessageQueue queue() {
        return queues.get(i64());
    }

    private int u8() {
        return buffer.getByte(at++) & 0xFF;
    }

    private int i16() {
        at += Short.BYTES;
        return buffer.getShort(at - Short.BYTES) & 0xFFFF;
    }

    private int i32() {
        at += Integer.BYTES;
        return buffer.getInt(at - Integer.BYTES);
    }

    private long i64() {
        at += Long.BYTES;
        return buffer.getLong(at - Long.BYTES);
    }

    /** Where a told lane's messages go: into a queue, or into a lane that is dead. */
    private record ToldLane(int number, MessageState state, MessageQueue queue, Lane dead) {
    }
}
