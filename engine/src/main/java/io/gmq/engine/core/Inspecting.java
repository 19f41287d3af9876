package io.gmq.engine.core;

import io.gmq.engine.api.Inspector;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.MessageView;
import io.gmq.engine.api.Payloads;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/** Looks into the state for tools. */
final class Inspecting implements Inspector {
    private final State state;
    private final LaneCursor cursor;
    private final MessageView seen = new MessageView();

    Inspecting(final State state) {
        this.state = state;
        cursor = new LaneCursor(state.store().table());
    }

    @Override
    public long nowMs() {
        return state.current().nowMs;
    }

    @Override
    public long nextMessage() {
        return state.store().nextId();
    }

    @Override
    public boolean message(final long id, final MessageView view) {
        final int message = state.store().find(id);
        if (message == MessageTable.NONE || state.store().laneOf(message).isDead()) {
            return false;
        }
        look(message, view);
        return true;
    }

    @Override
    public void messages(
        final DirectBuffer name, final int offset, final int length, final MessageState its, final Consumer<MessageView> looker) {
        final MessageQueue queue = state.queues().find(name, offset, length);
        for (int priority = its == MessageState.READY ? Limits.PRIORITY_MAX : 0; queue != null && priority >= 0; priority--) {
            final Lane lane = queue.lane(its, priority);
            if (lane != null) {
                cursor.start(lane);
                for (int message = cursor.next(); message != MessageTable.NONE; message = cursor.next()) {
                    look(message, seen);
                    looker.accept(seen);
                }
            }
        }
    }

    @Override
    public void queues(final Consumer<DirectBuffer> looker) {
        for (int rank = 0; rank < state.queues().size(); rank++) {
            looker.accept(state.queues().atRank(rank).name());
        }
    }

    private void look(final int message, final MessageView view) {
        final MessageTable table = state.store().table();
        final Lane lane = state.store().laneOf(message);
        view.message = table.id(message);
        view.queue = lane.queue().name();
        view.state = lane.state();
        view.priority = table.priority(message);
        view.attempt = table.attempt(message);
        view.payload = table.payload(message);
        lookAtHold(table.hold(message), lane.state(), view);
    }

    private void lookAtHold(final int hold, final MessageState its, final MessageView view) {
        final HoldTable holds = state.store().holds();
        final boolean isHeld = hold != HoldTable.NONE;
        final boolean isLeased = isHeld && its == MessageState.LEASED;
        view.deadlineMs = isLeased || isHeld && its == MessageState.DELAYED ? holds.deadlineMs(hold) : 0;
        view.expiryMs = isHeld ? holds.expiryMs(hold) : 0;
        view.connection = isLeased ? holds.connection(hold) : 0;
        view.consumer = isLeased && holds.consumer(hold) != HoldTable.NONE ? state.consumers().get(holds.consumer(hold)).number : 0;
        view.keep = isLeased && holds.keep(hold);
        view.reason = isHeld && its == MessageState.PARKED ? holds.reason(hold) : Payloads.NONE;
    }
}
