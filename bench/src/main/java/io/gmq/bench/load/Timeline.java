package io.gmq.bench.load;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The clock of a run, and the places where the generator's threads wait for each other. Shared by all of them.
 */
final class Timeline {
    private final long epochNs = System.nanoTime();
    private final int threads;
    private final Pace pace;
    private final AtomicIntegerArray arrived = new AtomicIntegerArray(Phase.values().length);
    private volatile long beginNs = Long.MAX_VALUE;
    private volatile boolean isAborted;

    Timeline(final int threads, final Pace pace) {
        this.threads = threads;
        this.pace = pace;
    }

    /** Nanoseconds since the run was made. */
    long nowNs() {
        return System.nanoTime() - epochNs;
    }

    /** One more thread is through with this. */
    void arrive(final Phase phase) {
        if (phase == Phase.SUBSCRIBING && arrived.get(phase.ordinal()) == threads - 1) {
            beginNs = nowNs();
        }
        arrived.incrementAndGet(phase.ordinal());
    }

    boolean haveAllArrived(final Phase phase) {
        return arrived.get(phase.ordinal()) >= threads;
    }

    /** When the load began; never, before that. */
    long beginNs() {
        return beginNs;
    }

    long measureFromNs() {
        return beginNs + pace.warmup().toNanos();
    }

    /** When it is to end; never, where messages are counted instead. */
    long measureToNs() {
        return pace.messages() > 0 ? Long.MAX_VALUE : measureFromNs() + pace.duration().toNanos();
    }

    /** All threads leave as they are. */
    void abort() {
        isAborted = true;
    }

    boolean isAborted() {
        return isAborted;
    }
}
