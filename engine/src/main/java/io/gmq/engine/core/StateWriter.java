package io.gmq.engine.core;

import io.gmq.engine.api.Limits;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.Payloads;
import io.gmq.engine.api.Setting;
import io.gmq.engine.api.SnapshotSink;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Tells the state as it was at one moment, while commands go on changing it. All but the messages is told at once. Messages, of
 * which there may be many, are told slice by slice in the order of their records; one whose turn has not come is told just before
 * it changes ({@link #changing}). So nothing is copied that does not change, and nothing waits.
 *
 * <p>Lanes are told as they were, and messages name theirs by number. That a whole lane dies, by a purge, therefore changes no
 * message; each is told before its record is given back.
 *
 * <p>The idea is that of copy-on-write in a forked process, with records in the place of pages.
 */
final class StateWriter {
    private static final int NO_BODY = -1;
    /** Bytes of messages after which {@link #proceed} pauses. */
    private static final int BYTES_MAX = 256 << 10;

    private final State state;
    private final MessageStore store;
    private final MessageTable table;
    private final HoldTable holds;
    private final Digest digests;
    private final UnsafeBuffer head = new UnsafeBuffer(new byte[StateEntry.HEAD_LENGTH_MAX]);
    private final UnsafeBuffer nothing = new UnsafeBuffer(new byte[0]);
    private final Payloads.View view = new Payloads.View();
    /** The first message told of each body that several messages share. */
    private final Long2LongHashMap sharedBodies = new Long2LongHashMap(NO_BODY);

    private SnapshotSink sink;
    /** Messages below it have been told; those from {@code end} on are newer than the checkpoint. */
    private int next;
    private int end;
    private long endId;
    /** Messages that were told before their turn, a bit each. */
    private long[] toldEarly = new long[0];
    /** Whose hash each lane's messages had: its queue's, or {@link Digest#GONE}; and in which state they were. */
    private long[] laneQueues = new long[0];
    private byte[] laneStates = new byte[0];
    private long digest;
    private int length;
    private long told;

    StateWriter(final State state, final Digest digests) {
        this.state = state;
        this.digests = digests;
        store = state.store();
        table = store.table();
        holds = store.holds();
    }

    /** Begins; see {@link io.gmq.engine.api.StateMachine#beginCheckpoint}. */
    void begin(final SnapshotSink its) {
        sink = its;
        next = 0;
        end = table.high();
        endId = store.nextId();
        sharedBodies.clear();
        final int words = (end >> 6) + 1;
        if (toldEarly.length < words) {
            toldEarly = new long[words];
        } else {
            Arrays.fill(toldEarly, 0, words, 0);
        }
        digest = digests.ofRest();
        tellState();
        tellQueues();
        tellLanes();
        tellProducers();
        tellSessions();
        tellTakers();
        for (final MessageQueue queue : state.touched().all()) {
            begin(StateEntry.TOUCHED).i64(queue.number).endEntry();
        }
    }

    /**
     * Tells messages that lie in the next so many records, fewer where they are large; says whether there are no more.
     */
    boolean proceed(final int records) {
        final int stop = (int) Math.min(end, (long) next + records);
        told = 0;
        while (next < stop && told < BYTES_MAX) {
            if (isDue(next)) {
                tell(next);
            }
            next++;
        }
        return next == end;
    }

    /** Lets go of the sink. */
    void end() {
        sink = null;
    }

    /** Of the state that was told. */
    long digest() {
        return digest;
    }

    /** A message is about to change: it is told first, unless it has been, or is newer than what is told. */
    void changing(final int message) {
        if (sink != null && message >= next && message < end && isDue(message)) {
            toldEarly[message >> 6] |= 1L << message;
            tell(message);
        }
    }

    private boolean isDue(final int message) {
        return table.lane(message) != MessageTable.NONE && table.id(message) < endId && (toldEarly[message >> 6] & 1L << message) == 0;
    }

    private void tell(final int message) {
        final int lane = table.lane(message);
        digest += digests.ofMessage(message, laneQueues[lane], MessageState.of(laneStates[lane]));
        final long body = table.payload(message);
        final long original = original(body, table.id(message));
        final int hold = table.hold(message);
        store.slab().view(body, view);
        begin(StateEntry.MESSAGE).u8(table.priority(message))
            .u8((hold == HoldTable.NONE ? 0 : StateEntry.HAS_HOLD) | (original == NO_BODY ? 0 : StateEntry.IS_SHARED))
            .i32(lane).i64(table.id(message)).i32(table.attempt(message)).i64(view.publishedMs()).i16(view.headersLength());
        if (hold != HoldTable.NONE) {
            hold(hold, MessageState.of(laneStates[lane]));
        }
        if (original == NO_BODY) {
            end(view.buffer(), view.payloadOffset(), view.payloadLength() + view.headersLength());
        } else {
            i64(original).endEntry();
        }
        if (hold != HoldTable.NONE && holds.reason(hold) != Payloads.NONE) {
            store.slab().view(holds.reason(hold), view);
            begin(StateEntry.REASON).i64(table.id(message)).end(view.buffer(), view.payloadOffset(), view.payloadLength());
        }
    }

    /** Which message told before has the same body; notes this one where others may follow. */
    private long original(final long body, final long id) {
        if (sink == SnapshotSink.NONE) {
            return NO_BODY;
        }
        if (store.slab().isShared(body)) {
            final long original = sharedBodies.putIfAbsent(body, id);
            return original == sharedBodies.missingValue() ? NO_BODY : original;
        }
        // The others may have gone since.
        return sharedBodies.isEmpty() ? NO_BODY : sharedBodies.get(body);
    }

    private void hold(final int hold, final MessageState its) {
        final boolean isLeased = its == MessageState.LEASED;
        final long connection = isLeased ? holds.connection(hold) : 0;
        i64(holds.deadlineMs(hold)).i64(holds.expiryMs(hold)).i64(connection).i64(isLeased ? consumer(hold) : 0)
            .i64(connection == 0 ? 0 : digests.leaseBefore(hold)).u8(connection != 0 && holds.keep(hold) ? 1 : 0);
    }

    /** The number of the consumer to which it was pushed; 0 if there is none. One that is not told otherwise has been cancelled. */
    private long consumer(final int hold) {
        final int slot = holds.consumer(hold);
        return slot == HoldTable.NONE ? 0 : state.consumers().get(slot).number;
    }

    private void tellState() {
        final Limits limits = state.current().limits;
        begin(StateEntry.STATE)
            .u8((limits == null ? 0 : StateEntry.HAS_LIMITS) | state.current().storage.code() << StateEntry.STORAGE_SHIFT)
            .i64(state.current().nowMs).i64(store.nextId()).i64(state.queues().nextNumber()).i64(state.waiters().nextNumber());
        if (limits != null) {
            limits.write(head, length);
            length += Limits.BODY_LENGTH;
        }
        endEntry();
    }

    private void tellQueues() {
        final QueueTable queues = state.queues();
        for (int rank = 0; rank < queues.size(); rank++) {
            tell(queues.atRank(rank), 0);
        }
        for (final MessageQueue queue : state.queues().dead()) {
            tell(queue, StateEntry.IS_DEAD);
        }
    }

    private void tell(final MessageQueue queue, final int flags) {
        begin(StateEntry.QUEUE).u8(flags).u8(queue.nameLength()).i64(queue.number);
        for (final Setting setting : Setting.values()) {
            i64(queue.config.get(setting));
        }
        for (int i = 0; i < MessageQueue.COUNTED.length; i++) {
            i64(queue.count(MessageQueue.COUNTED[i]));
        }
        head.putBytes(length, queue.name(), 0, queue.nameLength());
        length += queue.nameLength();
        end(queue.config.deadLetter(), 0, queue.config.deadLetter().capacity());
    }

    private void tellLanes() {
        final Lanes lanes = store.lanes();
        if (laneQueues.length < lanes.created()) {
            laneQueues = new long[lanes.created()];
            laneStates = new byte[lanes.created()];
        }
        for (int number = 0; number < lanes.created(); number++) {
            final Lane lane = lanes.get(number);
            if (!lane.isEmpty()) {
                laneQueues[number] = lane.isDead() ? Digest.GONE : lane.queue().nameHash();
                laneStates[number] = lane.state().code();
                if (!lane.isDead()) {
                    lane(lane, lane.queue().number).endEntry();
                }
            }
        }
        for (final Lane lane : lanes.dead()) {
            if (!lane.isEmpty()) {
                lane(lane, StateEntry.NO_QUEUE).u8(lane.ending().code()).i64(lane.endedBy()).i64(lane.endedMs()).endEntry();
            }
        }
    }

    private StateWriter lane(final Lane lane, final long queue) {
        return begin(StateEntry.LANE).u8(lane.state().code()).u8(lane.priority()).i32(lane.number).i64(queue);
    }

    private void tellProducers() {
        for (Producer producer = state.producers().oldest(); producer != null; producer = producer.newer) {
            begin(StateEntry.PRODUCER).i64(producer.sequence).i64(producer.firstMessage).i32(producer.count)
                .end(producer.name, 0, producer.name.capacity());
        }
    }

    private void tellSessions() {
        for (final Session session : state.sessions().closing()) {
            tell(session);
        }
        for (final Session session : state.sessions().all()) {
            if (!session.isClosing) {
                tell(session);
            }
        }
    }

    private void tell(final Session session) {
        begin(StateEntry.SESSION).u8(session.isClosing ? 1 : 0).i64(session.connection).i64(session.consumersSeen).i64(session.unread).endEntry();
    }

    /** And what queues are bound to. */
    private void tellTakers() {
        final QueueTable queues = state.queues();
        for (int rank = 0; rank < queues.size(); rank++) {
            tellTakers(queues.atRank(rank));
        }
        for (final MessageQueue queue : state.queues().dead()) {
            tellTakers(queue);
        }
    }

    private void tellTakers(final MessageQueue queue) {
        for (Binding binding = queue.firstBinding; binding != null; binding = binding.queueNext) {
            begin(StateEntry.BINDING).i64(queue.number);
            length += binding.writeTopic(head, length);
            endEntry();
        }
        for (Consumer consumer = queue.firstConsumer; consumer != null; consumer = consumer.queueNext) {
            begin(StateEntry.CONSUMER).taker(consumer).i64(consumer.number).i32(consumer.credit).endEntry();
        }
        for (Taker taker = queue.line.first(); taker != null; taker = taker.lineNext) {
            if (taker instanceof final Waiter waiter) {
                begin(StateEntry.WAITER).taker(waiter).i64(waiter.number).i32(waiter.max).i64(waiter.deadlineMs).endEntry();
            } else {
                begin(StateEntry.LINE).i64(queue.number).i64(taker.to.connection()).i64(((Consumer) taker).number).endEntry();
            }
        }
    }

    private StateWriter taker(final Taker taker) {
        return i64(taker.queue.number).i64(taker.to.connection()).i64(taker.to.correlation()).u8(taker.to.presentation())
            .u8(taker.to.level().code()).i32(taker.to.promised()).i32(taker.bytesMax).i32(taker.expansion).i64(taker.leaseMs)
            .u8(taker.keep ? 1 : 0);
    }

    private StateWriter begin(final byte kind) {
        length = 0;
        return u8(kind);
    }

    private StateWriter u8(final int value) {
        head.putByte(length, (byte) value);
        length += Byte.BYTES;
        return this;
    }

    private StateWriter i16(final int value) {
        head.putShort(length, (short) value);
        length += Short.BYTES;
        return this;
    }

    private StateWriter i32(final int value) {
        head.putInt(length, value);
        length += Integer.BYTES;
        return this;
    }

    private StateWriter i64(final long value) {
        head.putLong(length, value);
        length += Long.BYTES;
        return this;
    }

    private void end(final DirectBuffer tail, final int offset, final int tailLength) {
        told += tailLength;
        sink.entry(head, length, tail, offset, tailLength);
    }

    private void endEntry() {
        sink.entry(head, length, nothing, 0, 0);
    }
}
