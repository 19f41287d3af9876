package io.gmq.engine.ring;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import org.agrona.concurrent.Agent;

/**
 * Runs one stage over the commands that the stage before it has let through. A batch is let through to the next stage only when
 * the stage has dealt with all of it, its end included: if it throws, nothing of the batch passes, so that no reply can leave
 * for what was never written.
 */
final class StageAgent implements Agent {
    private final String name;
    private final Stage stage;
    private final RingBuffer<Slot> ring;
    private final SequenceBarrier barrier;
    private final Waker downstream;
    private final Sequence done;

    /**
     * @param barrier says, without waiting, how far the stage before this one has come.
     * @param done    tells the stage after it how far this one has.
     */
    StageAgent(
        final String name,
        final Stage stage,
        final RingBuffer<Slot> ring,
        final SequenceBarrier barrier,
        final Sequence done,
        final Waker downstream) {
        this.name = name;
        this.stage = stage;
        this.ring = ring;
        this.barrier = barrier;
        this.done = done;
        this.downstream = downstream;
    }

    @Override
    public int doWork() throws Exception {
        final int duty = stage.onDuty() ? 1 : 0;
        final long first = done.get() + 1;
        final long available = barrier.waitFor(first);
        long next = first;
        while (next <= available && stage.canProceed()) {
            stage.onCommand(ring.get(next), next);
            next++;
        }
        if (next == first) {
            return duty;
        }
        stage.onBatchEnd(next - 1);
        done.set(next - 1);
        downstream.wake();
        return duty + (int) (next - first);
    }

    @Override
    public String roleName() {
        return name;
    }
}
