package io.gmq.engine.core;

import io.gmq.engine.api.Count;
import io.gmq.engine.api.Ending;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.OnFull;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** One queue: its messages in lanes by state and priority, its settings, its counts, and the line of those who want messages. */
final class MessageQueue {
    /** What is counted as it happens; the other counts are what there is. */
    static final Count[] COUNTED =
        {Count.PUBLISHED, Count.DELIVERED, Count.ACKED, Count.EXPIRED, Count.DEAD_LETTERED, Count.DROPPED};
    private static final int PRIORITIES = Limits.PRIORITY_MAX + 1;

    QueueConfig config = QueueConfig.NOTHING;
    final Line line = new Line();
    /** Where it stands in the table; reused when it is gone. */
    final int slot;
    /** Its place in the order in which queues were created. */
    final long number;

    private final UnsafeBuffer name;
    private final long nameHash;
    private final MessageTable table;
    private final Lanes lanes;
    private final Lane[] ready = new Lane[PRIORITIES];
    private final Lane[] others = new Lane[MessageState.values().length];
    private final long[] counts = new long[Count.values().length];
    /** Bit p is set when something of priority p is ready. */
    private int readyPriorities;
    private int readyCount;
    private boolean isDead;
    private boolean isTouched;

    /* What it would hold if what is being planned were done already. */
    private long plannedBy;
    private int plannedLength;
    private int plannedLeased;

    /* Of the matching of a topic that reached it last. */
    long matchedBy = -1;

    Binding firstBinding;
    /** Consumers in the order in which they came, in line or not. */
    Consumer firstConsumer;
    Consumer lastConsumer;
    int consumers;

    MessageQueue(
        final int slot, final long number, final DirectBuffer source, final int offset, final int length, final long nameHash,
        final MessageStore store) {
        this.slot = slot;
        this.number = number;
        this.nameHash = nameHash;
        table = store.table();
        lanes = store.lanes();
        final byte[] copy = new byte[length];
        source.getBytes(offset, copy);
        name = new UnsafeBuffer(copy);
    }

    DirectBuffer name() {
        return name;
    }

    int nameLength() {
        return name.capacity();
    }

    long nameHash() {
        return nameHash;
    }

    /** Whether it has been deleted: nothing finds it any more, but some are to be told yet. */
    boolean isDead() {
        return isDead;
    }

    void die() {
        isDead = true;
    }

    int ready() {
        return readyCount;
    }

    int delayed() {
        return size(MessageState.DELAYED);
    }

    int leased() {
        return size(MessageState.LEASED);
    }

    int parked() {
        return size(MessageState.PARKED);
    }

    private int size(final MessageState state) {
        final Lane lane = others[state.ordinal()];
        return lane == null ? 0 : lane.size();
    }

    /** All messages held, in whatever state. */
    int length() {
        return readyCount + delayed() + leased() + parked();
    }

    /** Payload bytes of all messages held. */
    long bytes() {
        long bytes = 0;
        for (final Lane lane : ready) {
            bytes += lane == null ? 0 : lane.bytes();
        }
        for (final Lane lane : others) {
            bytes += lane == null ? 0 : lane.bytes();
        }
        return bytes;
    }

    long count(final Count count) {
        return counts[count.ordinal()];
    }

    void count(final Count count, final int more) {
        counts[count.ordinal()] += more;
    }

    /** Sets a count to what it was. */
    void restoreCount(final Count count, final long value) {
        counts[count.ordinal()] = value;
    }

    /** Puts a message that stands nowhere into a state. */
    void add(final int message, final MessageState state, final int payloadBytes) {
        if (state != MessageState.READY) {
            lane(state).add(message, payloadBytes);
            return;
        }
        final int priority = table.priority(message);
        Lane lane = ready[priority];
        if (lane == null) {
            lane = lanes.open(this, MessageState.READY, priority);
            ready[priority] = lane;
        }
        lane.add(message, payloadBytes);
        readyPriorities |= 1 << priority;
        readyCount++;
    }

    private Lane lane(final MessageState state) {
        Lane lane = others[state.ordinal()];
        if (lane == null) {
            lane = lanes.open(this, state, 0);
            others[state.ordinal()] = lane;
        }
        return lane;
    }

    /** Takes a message out of its lane, which is one of this queue. */
    void remove(final int message, final Lane lane, final int payloadBytes) {
        lane.remove(message, payloadBytes);
        if (lane.state() == MessageState.READY) {
            readyCount--;
            if (lane.isEmpty()) {
                readyPriorities &= ~(1 << lane.priority());
            }
        }
    }

    /** Who is next, or {@link MessageTable#NONE}. */
    int firstReady() {
        return readyPriorities == 0 ? MessageTable.NONE : ready[31 - Integer.numberOfLeadingZeros(readyPriorities)].first();
    }

    /** The ready message with the lowest id, or {@link MessageTable#NONE}. */
    int oldestReady() {
        int oldest = MessageTable.NONE;
        for (int left = readyPriorities; left != 0; left &= left - 1) {
            oldest = older(oldest, ready[Integer.numberOfTrailingZeros(left)].first());
        }
        return oldest;
    }

    /** The message with the lowest id that is not leased, or {@link MessageTable#NONE}. */
    int oldestNotLeased() {
        return older(older(oldestReady(), first(MessageState.DELAYED)), first(MessageState.PARKED));
    }

    private int older(final int one, final int other) {
        return one == MessageTable.NONE || other != MessageTable.NONE && table.id(other) < table.id(one) ? other : one;
    }

    /** The message with the lowest id in a state other than ready, or {@link MessageTable#NONE}. */
    int first(final MessageState state) {
        final Lane lane = others[state.ordinal()];
        return lane == null ? MessageTable.NONE : lane.first();
    }

    /** The lane of a state, for ready ones that of a priority; {@code null} where there never was a message. */
    Lane lane(final MessageState state, final int priority) {
        return state == MessageState.READY ? ready[priority] : others[state.ordinal()];
    }

    /** Takes all messages of a state out of the world and says how many there were. */
    int killAll(final MessageState state, final Ending ending, final long connection, final long atMs) {
        if (state != MessageState.READY) {
            final int killed = size(state);
            kill(others, state.ordinal(), ending, connection, atMs);
            return killed;
        }
        final int killed = readyCount;
        for (int priority = 0; priority < PRIORITIES; priority++) {
            kill(ready, priority, ending, connection, atMs);
        }
        readyPriorities = 0;
        readyCount = 0;
        return killed;
    }

    private void kill(final Lane[] of, final int at, final Ending ending, final long connection, final long atMs) {
        if (of[at] != null) {
            of[at].die(ending, connection, atMs);
            lanes.bury(of[at]);
            of[at] = null;
        }
    }

    /** Begins to reckon with what a command plans, unless it has begun already. */
    void plan(final long command) {
        if (plannedBy != command) {
            plannedBy = command;
            plannedLength = length();
            plannedLeased = leased();
        }
    }

    int plannedLength() {
        return plannedLength;
    }

    /** Plans that leases end, and that some of their messages leave. */
    void planSettled(final int settled, final int leaving) {
        plannedLeased -= settled;
        plannedLength -= leaving;
    }

    /** Plans that messages come; says whether there is room for them. */
    boolean planAdded(final int count, final int capacity) {
        if (plannedLength + count > capacity) {
            if (config.onFull() == OnFull.REJECT || plannedLeased + count > capacity) {
                return false;
            }
            plannedLength = capacity - count;
        }
        plannedLength += count;
        return true;
    }

    /** Whether somebody stands in line who could be given something, were there anything. */
    boolean isAwaited() {
        return !line.isEmpty() && !config.isPaused() && !isDead;
    }

    /** Whether there is something to give to those in line. */
    boolean isServing() {
        return readyCount > 0 && isAwaited();
    }

    /** Marks the queue as one whose line may have to be served; says whether it was not marked before. */
    boolean touch() {
        final boolean isFirst = !isTouched;
        isTouched = true;
        return isFirst;
    }

    void untouch() {
        isTouched = false;
    }
}
