package io.gmq.engine.ring;

import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;

/**
 * Waits for work: spins a little, yields a little while nobody else wants the core, then parks until it is {@link #wake woken}.
 * Between announcing that it will park and parking, the agent runs its duty cycle once more, so that work which came in meanwhile is
 * never slept over.
 *
 * <p>{@link #idle} belongs to the one thread that waits; {@link #wake} to any.
 */
public final class ParkingIdleStrategy implements IdleStrategy, Waker {
    private static final int SPINS = 20;
    private static final int YIELDS = 100;
    /**
     * A yield that took longer has let somebody else work. Whoever yields on a core that is wanted gets it back late; a thread that is
     * woken gets one at once.
     */
    private static final long YIELD_NS_MAX = TimeUnit.MICROSECONDS.toNanos(100);
    /** A net under the wake-ups, not a way to notice work. */
    private static final long PARK_NS_MAX = TimeUnit.SECONDS.toNanos(1);

    private int rounds;
    private volatile boolean isParking;
    private volatile Thread thread;

    @Override
    public void idle(final int workCount) {
        if (workCount > 0) {
            reset();
        } else {
            idle();
        }
    }

    @Override
    public void idle() {
        if (rounds < SPINS) {
            rounds++;
            Thread.onSpinWait();
        } else if (rounds < SPINS + YIELDS) {
            rounds = yieldsForLong() ? SPINS + YIELDS : rounds + 1;
        } else if (!isParking) {
            thread = Thread.currentThread();
            isParking = true;
            // The agent looks for work once more: not before this is seen, or a wake-up could be missed.
            VarHandle.fullFence();
        } else {
            LockSupport.parkNanos(this, PARK_NS_MAX);
            isParking = false;
        }
    }

    private static boolean yieldsForLong() {
        final long beganNs = System.nanoTime();
        Thread.yield();
        return System.nanoTime() - beganNs > YIELD_NS_MAX;
    }

    @Override
    public void reset() {
        rounds = 0;
        if (isParking) {
            isParking = false;
        }
    }

    @Override
    public void wake() {
        // The work was made visible by an ordered write; without a full fence this read could overtake it.
        VarHandle.fullFence();
        if (isParking) {
            isParking = false;
            LockSupport.unpark(thread);
        }
    }
}
