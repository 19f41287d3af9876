package io.gmq.engine.core;

import io.gmq.engine.api.Count;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.Payloads;
import io.gmq.engine.api.PeekCommand;
import io.gmq.engine.api.QueueCommand;
import io.gmq.engine.api.QueueCounts;
import io.gmq.engine.api.QueueSettings;
import io.gmq.engine.api.QueuesCommand;
import io.gmq.engine.api.RefusalCode;
import org.agrona.DirectBuffer;

/** Looks at queues and messages, and changes nothing. */
final class Browsing {
    private final Current current;
    private final MessageStore store;
    private final MessageTable table;
    private final QueueTable queues;
    private final LaneCursor cursor;
    private final QueueSettings settings = new QueueSettings();
    private final QueueCounts counts = new QueueCounts();

    private int room;
    private int left;

    Browsing(final Current current, final MessageStore store, final QueueTable queues) {
        this.current = current;
        this.store = store;
        table = store.table();
        this.queues = queues;
        cursor = new LaneCursor(table);
    }

    boolean length(final int offset) {
        final MessageQueue queue = find(offset);
        if (queue != null) {
            current.effects.length(current.to, queue.ready(), queue.delayed(), queue.leased(), queue.parked());
        }
        return false;
    }

    boolean describe(final int offset) {
        final MessageQueue queue = find(offset);
        if (queue != null) {
            queue.config.tell(settings, current.limits);
            count(queue);
            current.effects.described(current.to, settings, counts);
        }
        return false;
    }

    private MessageQueue find(final int offset) {
        return find(QueueCommand.nameOffset(offset), QueueCommand.nameLength(current.command, offset));
    }

    private MessageQueue find(final int nameOffset, final int nameLength) {
        final MessageQueue queue = queues.find(current.command, nameOffset, nameLength);
        if (queue == null) {
            current.refuse(RefusalCode.NO_SUCH_QUEUE, nameOffset, nameLength);
        }
        return queue;
    }

    private void count(final MessageQueue queue) {
        final int oldest = queue.oldestReady();
        counts.set(Count.LENGTH, queue.length()).set(Count.READY, queue.ready()).set(Count.DELAYED, queue.delayed())
            .set(Count.LEASED, queue.leased()).set(Count.PARKED, queue.parked()).set(Count.BYTES, queue.bytes())
            .set(Count.CONSUMERS, queue.consumers).set(Count.OLDEST_READY_MS,
                oldest == MessageTable.NONE ? Count.NONE : current.atMs - store.slab().publishedMs(table.payload(oldest)));
        for (final Count count : MessageQueue.COUNTED) {
            counts.set(count, queue.count(count));
        }
    }

    boolean peek(final PeekCommand asked) {
        final MessageQueue queue = find(asked.nameOffset(), asked.nameLength());
        if (queue == null) {
            return false;
        }
        room = asked.replyBytesMax();
        left = asked.max();
        current.effects.beginMessages(current.to);
        final MessageState state = asked.state();
        for (int priority = state == MessageState.READY ? Limits.PRIORITY_MAX : 0; priority >= 0 && left > 0; priority--) {
            final Lane lane = queue.lane(state, priority);
            if (lane != null) {
                peek(lane, asked);
            }
        }
        current.effects.endMessages();
        return false;
    }

    private void peek(final Lane lane, final PeekCommand asked) {
        cursor.start(lane);
        int message = cursor.next();
        while (message != MessageTable.NONE && left > 0) {
            final long body = table.payload(message);
            room -= (int) Math.min(room + 1L, Serving.replyBytes(store.slab(), body, asked.expansion()));
            if (room < 0 && left < asked.max()) {
                left = 0;
                return;
            }
            left--;
            final int given = table.attempt(message);
            final boolean isToCome = lane.state() == MessageState.READY || lane.state() == MessageState.DELAYED;
            final int hold = table.hold(message);
            current.effects.peeked(table.id(message), isToCome ? Math.min(given + 1, Limits.ATTEMPT_MAX) : given, table.priority(message),
                body, lane.state(), hold == HoldTable.NONE ? Payloads.NONE : store.holds().reason(hold));
            message = cursor.next();
        }
    }

    boolean queues(final QueuesCommand asked) {
        current.effects.beginQueues(current.to);
        int rank = queues.rank(current.command, asked.prefixOffset(), asked.prefixLength());
        if (asked.afterLength() > 0) {
            int after = queues.rank(current.command, asked.afterOffset(), asked.afterLength());
            if (after < queues.size()
                && QueueTable.equal(queues.atRank(after).name(), current.command, asked.afterOffset(), asked.afterLength())) {
                after++;
            }
            rank = Math.max(rank, after);
        }
        int bytes = asked.replyBytesMax();
        int given = 0;
        boolean more = false;
        while (rank < queues.size()) {
            final MessageQueue queue = queues.atRank(rank++);
            final DirectBuffer name = queue.name();
            if (!QueueTable.startsWith(name, current.command, asked.prefixOffset(), asked.prefixLength())) {
                break;
            }
            bytes -= QueuesCommand.QUEUE_OVERHEAD + name.capacity() * QueuesCommand.NAME_EXPANSION;
            more = given == asked.max() || given > 0 && bytes < 0;
            if (more) {
                break;
            }
            count(queue);
            current.effects.queue(name, 0, name.capacity(), counts);
            given++;
        }
        current.effects.endQueues(more);
        return false;
    }
}
