package io.gmq.engine.ring;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Gives the engine a {@link CommandType#TICK} when its next deadline is due: the only place where the passing of time becomes
 * a command. Runs on a thread that may sleep until then ({@link #sleep}).
 */
public final class Ticker implements Agent {
    private static final long AWAKE = Long.MIN_VALUE;

    private final EpochClock clock;
    private final RingProducer sink;
    private final Waker self;
    private final UnsafeBuffer tick = new UnsafeBuffer(new byte[CommandHeader.LENGTH]);
    private volatile long deadlineMs = Long.MAX_VALUE;
    private volatile long applied = -1;
    private volatile long sleepsUntilMs = AWAKE;
    private volatile boolean isStopped;

    /** @param self wakes the thread that runs this agent. */
    Ticker(final EpochClock clock, final RingProducer sink, final Waker self) {
        this.clock = clock;
        this.sink = sink;
        this.self = self;
    }

    /** The logic stage's: what has been applied, and when the engine wants to hear of the time next. */
    void onApplied(final long sequence, final long nextDeadlineMs) {
        if (deadlineMs != nextDeadlineMs) {
            deadlineMs = nextDeadlineMs;
        }
        applied = sequence;
        if (nextDeadlineMs < sleepsUntilMs) {
            self.wake();
        }
    }

    @Override
    public int doWork() {
        if (isStopped || applied < sink.lastSequence()) {
            return 0;
        }
        final long deadline = deadlineMs;
        if (deadline == Long.MAX_VALUE) {
            return 0;
        }
        final long nowMs = clock.time();
        if (deadline > nowMs) {
            return 0;
        }
        CommandHeader.write(tick, 0, CommandType.TICK, nowMs, CommandHeader.HOST);
        if (!sink.offer(tick, 0, CommandHeader.LENGTH, null, 0)) {
            return 0;
        }
        sink.flush();
        return 1;
    }

    /**
     * Announces that the thread is about to sleep; from here on an earlier deadline wakes it.
     *
     * @return for how many milliseconds it may sleep; {@link Long#MAX_VALUE} for as long as it likes.
     */
    public long sleep() {
        if (isStopped) {
            return Long.MAX_VALUE;
        }
        long deadline;
        do {
            deadline = deadlineMs;
            sleepsUntilMs = deadline;
        } while (deadline != deadlineMs);
        return deadline == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, deadline - clock.time());
    }

    /** Announces that the thread has slept. */
    public void awake() {
        sleepsUntilMs = AWAKE;
    }

    /** Ends the giving of ticks. Anybody's. */
    public void stop() {
        isStopped = true;
    }

    /** Whether the engine has left work over for the next tick, as after a start. Anybody's. */
    public boolean hasWorkLeft() {
        return deadlineMs <= 0;
    }

    @Override
    public String roleName() {
        return "ticker";
    }
}
