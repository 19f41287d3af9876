package io.gmq.transport.tcp;

import io.gmq.engine.ring.Waker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.VarHandle;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.agrona.concurrent.IdleStrategy;

/**
 * Waits for sockets: goes on for a few rounds, then sleeps in the selector until a socket is ready, a deadline is due or
 * somebody {@link #wake wakes} it. As with every strategy here, the agent runs once more between announcing that it will
 * sleep and sleeping.
 */
public final class SelectorIdleStrategy implements IdleStrategy, Waker {
    /** A net under the wake-ups, not a way to notice work. */
    static final long SLEEP_MS_MAX = 1000;
    private static final int ROUNDS = 4;

    private final Selector selector;
    private Consumer<SelectionKey> onReady = key -> { };
    private LongSupplier sleepMs = () -> SLEEP_MS_MAX;
    private Runnable awake = () -> { };
    private long sleepMsMax = SLEEP_MS_MAX;
    private int rounds;
    private volatile boolean isSleeping;
    private volatile boolean isWaitingForRoom;

    public SelectorIdleStrategy(final Selector selector) {
        this.selector = selector;
    }

    /** Says who deals with a socket that becomes ready while asleep; called before the thread starts. */
    void attach(final Consumer<SelectionKey> handler) {
        onReady = handler;
    }

    /**
     * Bounds the sleep of the thread that also runs a clockwork; called before the thread starts.
     *
     * @param bound asked just before sleeping: for how many milliseconds.
     * @param after told when the sleep is over.
     */
    public void boundBy(final LongSupplier bound, final Runnable after) {
        sleepMs = bound;
        awake = after;
    }

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
        if (rounds < ROUNDS) {
            rounds++;
        } else if (!isSleeping) {
            isSleeping = true;
            // The agent looks for work once more: not before this is seen, or a wake-up could be missed.
            VarHandle.fullFence();
        } else {
            sleep();
        }
    }

    private void sleep() {
        final long ms = Math.min(sleepMs.getAsLong(), sleepMsMax);
        if (ms > 0 && isSleeping) {
            try {
                selector.select(onReady, ms);
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        awake.run();
        isSleeping = false;
    }

    @Override
    public void reset() {
        rounds = 0;
        if (isSleeping) {
            isSleeping = false;
        }
    }

    /** The selector thread's: bounds its sleep, since it has something to look after. */
    void sleepAtMost(final long ms) {
        sleepMsMax = ms;
    }

    /** The selector thread's: whether it has something that the ring had no room for. */
    void waitForRoom(final boolean isWaiting) {
        if (isWaitingForRoom != isWaiting) {
            isWaitingForRoom = isWaiting;
            VarHandle.fullFence();
        }
    }

    /** Wakes the thread if it waits for room in the ring, of which there is some now. Anybody's. */
    public void wakeForRoom() {
        VarHandle.fullFence();
        if (isWaitingForRoom) {
            wake();
        }
    }

    @Override
    public void wake() {
        // The work was made visible by an ordered write; without a full fence this read could overtake it.
        VarHandle.fullFence();
        if (isSleeping) {
            isSleeping = false;
            selector.wakeup();
        }
    }
}
