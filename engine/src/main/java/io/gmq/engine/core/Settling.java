package io.gmq.engine.core;

import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.RefusalCode;
import io.gmq.engine.api.ReleaseCause;
import io.gmq.engine.api.SettleCommand;

/** Settles and extends leases. As a step of an atomic request it is planned first: what a step settles, no later one can. */
final class Settling {
    private final Current current;
    private final MessageStore store;
    private final MessageTable table;
    private final HoldTable holds;
    private final QueueTable queues;
    private final Sessions sessions;
    private final Fates fates;
    private final Publishing publishing;
    private final long[] missing = new long[Limits.BATCH_MAX];

    private CommandType type;
    private SettleCommand asked;
    private MessageQueue queue;
    private boolean isPlanning;
    private int settled;
    private int leaving;
    private int missingCount;
    /** Leases that the ranges of the request being planned have looked at. */
    private long ranged;

    Settling(
        final Current current, final MessageStore store, final QueueTable queues, final Sessions sessions, final Fates fates,
        final Publishing publishing) {
        this.current = current;
        this.store = store;
        table = store.table();
        holds = store.holds();
        this.queues = queues;
        this.sessions = sessions;
        this.fates = fates;
        this.publishing = publishing;
    }

    /** Does what is asked and tells of it; says whether anything changed. */
    boolean settle(final CommandType its, final SettleCommand command) {
        begin(its, command, false);
        if (queue == null) {
            return current.refuse(RefusalCode.NO_SUCH_QUEUE, command.nameOffset(), command.nameLength());
        }
        settleAll();
        if (isNothing()) {
            return current.refuse(RefusalCode.NOT_LEASED, command.nameOffset(), command.nameLength());
        }
        current.effects.settled(current.to, type, settled, missing, missingCount);
        return settled > 0;
    }

    /** Forgets what was planned before. */
    void beginPlan() {
        ranged = 0;
    }

    /** Plans a step; refuses the request if it can't be. */
    boolean plan(final CommandType its, final SettleCommand command) {
        begin(its, command, true);
        if (queue == null && !publishing.isPlanned(command.nameOffset(), command.nameLength())) {
            return current.refuse(RefusalCode.NO_SUCH_QUEUE, command.nameOffset(), command.nameLength());
        }
        if (queue != null) {
            if (asked.selection() == SettleCommand.RANGE && isRangeTooLarge()) {
                return current.refuse(RefusalCode.OVERLOADED, command.nameOffset(), command.nameLength(), Limits.RANGED_MAX, ranged);
            }
            settleAll();
            queue.plan(current.number);
            queue.planSettled(settled, leaving);
        }
        return !isNothing() || current.refuse(RefusalCode.NOT_LEASED, command.nameOffset(), command.nameLength());
    }

    private void begin(final CommandType its, final SettleCommand command, final boolean plans) {
        type = its;
        asked = command;
        isPlanning = plans;
        settled = 0;
        leaving = 0;
        missingCount = 0;
        queue = queues.find(current.command, command.nameOffset(), command.nameLength());
    }

    private boolean isRangeTooLarge() {
        final Session session = sessions.find(current.to.connection());
        ranged += session == null ? 0 : Math.min(session.leaseCount, asked.id(1) - asked.id(0));
        return ranged > Limits.RANGED_MAX;
    }

    private boolean isNothing() {
        return settled == 0 && asked.selection() == SettleCommand.ONE;
    }

    private void settleAll() {
        if (asked.selection() == SettleCommand.RANGE) {
            settleRange();
            return;
        }
        for (int i = 0; i < asked.count(); i++) {
            final int message = findLeased(asked.id(i));
            if (message == MessageTable.NONE || asked.attempt() != SettleCommand.ANY_ATTEMPT && asked.attempt() != table.attempt(message)) {
                missing[missingCount++] = asked.id(i);
            } else {
                settle(message);
            }
        }
    }

    /** Settles what this connection holds between two ids: by the ids or by the leases, whichever are fewer. */
    private void settleRange() {
        final Session session = sessions.find(current.to.connection());
        if (session == null) {
            return;
        }
        final long connection = session.connection;
        final long from = asked.id(0);
        final long last = Math.min(asked.id(1), store.nextId() - 1);
        if (last - from < session.leaseCount) {
            for (long id = from; id <= last; id++) {
                final int message = findLeased(id);
                if (message != MessageTable.NONE && holds.connection(table.hold(message)) == connection) {
                    settle(message);
                }
            }
            return;
        }
        int hold = session.leaseFirst;
        while (hold != HoldTable.NONE) {
            final int next = holds.leaseNext(hold);
            final int message = holds.message(hold);
            if (store.laneOf(message).queue() == queue && table.id(message) >= from && table.id(message) <= last && !isPlanned(hold)) {
                settle(message);
            }
            hold = next;
        }
    }

    private int findLeased(final long id) {
        final int message = store.find(id);
        if (message == MessageTable.NONE) {
            return message;
        }
        final Lane lane = store.laneOf(message);
        return lane.queue() == queue && lane.state() == MessageState.LEASED && !isPlanned(table.hold(message)) ? message : MessageTable.NONE;
    }

    private boolean isPlanned(final int hold) {
        return isPlanning && holds.settledBy(hold) == current.number;
    }

    private void settle(final int message) {
        settled++;
        if (isPlanning) {
            holds.settledBy(table.hold(message), current.number);
            if (type == CommandType.ACK || type == CommandType.NACK && fates.onRelease(message, queue) == Fates.IS_DROPPED) {
                leaving++;
            }
            return;
        }
        switch (type) {
            case ACK -> fates.ack(message, queue);
            case PARK -> fates.park(message, queue, current.command, asked.reasonOffset(), asked.reasonLength());
            case EXTEND -> fates.extend(message, current.atMs + queue.config.leaseMs(asked.durationMs(), current.limits));
            default -> nack(message);
        }
    }

    private void nack(final int message) {
        final int priority = asked.priority() == SettleCommand.SAME_PRIORITY ? table.priority(message) : asked.priority();
        // more than one command may hand to those in line: due at once, so ticks bring it back
        final boolean isDelayed = asked.durationMs() > 0 || settled > Current.WORK_MAX;
        fates.release(message, queue, priority, isDelayed ? asked.durationMs() : Fates.NO_DELAY, ReleaseCause.NACKED);
    }
}
