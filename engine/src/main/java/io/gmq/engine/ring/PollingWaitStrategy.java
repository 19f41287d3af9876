package io.gmq.engine.ring;

import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.WaitStrategy;

/** Does not wait: a barrier with it tells how far one may go at the moment. Threads wait by their own idle strategies. */
final class PollingWaitStrategy implements WaitStrategy {
    @Override
    public long waitFor(final long sequence, final Sequence cursor, final Sequence dependent, final SequenceBarrier barrier) {
        return dependent.get();
    }

    @Override
    public void signalAllWhenBlocking() {
        // nobody blocks on a barrier
    }
}
