package io.gmq.engine.ring;

import com.lmax.disruptor.EventPoller;
import org.agrona.concurrent.Agent;

/** Runs one stage over the commands that the stage before it has let through. */
final class StageAgent implements Agent, EventPoller.Handler<Slot> {
    private final String name;
    private final Stage stage;
    private final EventPoller<Slot> poller;
    private final Waker downstream;
    private int handled;

    StageAgent(final String name, final Stage stage, final EventPoller<Slot> poller, final Waker downstream) {
        this.name = name;
        this.stage = stage;
        this.poller = poller;
        this.downstream = downstream;
    }

    @Override
    public int doWork() throws Exception {
        handled = stage.onDuty() ? 1 : 0;
        if (stage.canProceed() && poller.poll(this) == EventPoller.PollState.PROCESSING) {
            downstream.wake();
        }
        return handled;
    }

    @Override
    public boolean onEvent(final Slot slot, final long sequence, final boolean isLast) {
        stage.onCommand(slot, sequence);
        handled++;
        final boolean canProceed = stage.canProceed();
        if (isLast || !canProceed) {
            stage.onBatchEnd(sequence);
        }
        return canProceed;
    }

    @Override
    public String roleName() {
        return name;
    }
}
