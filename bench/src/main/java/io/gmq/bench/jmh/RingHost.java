package io.gmq.bench.jmh;

import io.gmq.broker.config.RingProfile;
import io.gmq.broker.config.Waiting;
import io.gmq.engine.api.Limits;
import io.gmq.engine.core.Engine;
import io.gmq.engine.ring.CommandRing;
import io.gmq.engine.ring.CommandSink;
import io.gmq.engine.ring.ParkingIdleStrategy;
import io.gmq.engine.ring.Waker;
import io.gmq.engine.ring.Wakers;
import io.gmq.journal.MemoryJournal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.CompositeAgent;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The ring with its stages spread over threads as the broker spreads them, but for sockets: those who measure stand where selectors
 * are. Storage is memory, so there is nobody who syncs or keeps files.
 *
 * <pre>
 *   compact     [ producer, logic, journal, egress ]
 *   shared      [ producer ] …  [ logic, journal, egress ]
 *   dedicated   [ producer ] …  [ logic ] [ journal ] [ egress ]
 * </pre>
 */
final class RingHost implements AutoCloseable {
    private static final int EFFECTS_LENGTH = 8 << 20;
    private static final int ARENA_LENGTH = 16 << 20;
    private static final int START_ARENA_LENGTH = 4096;

    private final CountingEgress egress = new CountingEgress();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final List<AgentRunner> runners = new ArrayList<>();
    private final List<ParkingIdleStrategy> producers = new ArrayList<>();
    private final Waiting waiting;
    private final CommandRing ring;
    /** The ticker, and in the profile {@code compact} the stages: whatever the first producer's thread does beside. */
    private final Agent beside;

    /** @param producers threads that hand in commands; one with the profile {@code compact}. */
    RingHost(
        final int size, final RingProfile profile, final Waiting waiting, final int producers, final int queues, final int payloadBytes) {
        checkThreads(profile, waiting, producers);
        this.waiting = waiting;
        for (int i = 0; i < producers; i++) {
            this.producers.add(new ParkingIdleStrategy());
        }
        final boolean isApart = profile == RingProfile.DEDICATED;
        final ParkingIdleStrategy logicIdle = new ParkingIdleStrategy();
        final ParkingIdleStrategy journalIdle = isApart ? new ParkingIdleStrategy() : logicIdle;
        final ParkingIdleStrategy egressIdle = isApart ? new ParkingIdleStrategy() : logicIdle;
        final Waker first = this.producers.get(0);
        final Wakers wakers = profile == RingProfile.COMPACT
            ? new Wakers(first, first, first, this::wakeForRoom, Waker.NONE, first)
            : new Wakers(logicIdle, journalIdle, egressIdle, this::wakeForRoom, Waker.NONE, first);
        ring = new CommandRing(size, EFFECTS_LENGTH, producers == 1, new Engine(), new MemoryJournal(), syncer -> egress, wakers,
            SystemEpochClock.INSTANCE);
        beside = profile == RingProfile.COMPACT
            ? new CompositeAgent(ring.watch(), ring.logic(), ring.journal(), ring.egress(), ring.ticker())
            : new CompositeAgent(ring.watch(), ring.ticker());
        if (profile == RingProfile.SHARED) {
            run(logicIdle, new CompositeAgent(ring.logic(), ring.journal(), ring.egress()));
        } else if (isApart) {
            run(logicIdle, ring.logic());
            run(journalIdle, ring.journal());
            run(egressIdle, ring.egress());
        }
        offerStart(queues, payloadBytes);
    }

    private static void checkThreads(final RingProfile profile, final Waiting waiting, final int producers) {
        if (profile == RingProfile.COMPACT && producers > 1) {
            throw new IllegalArgumentException("with the profile compact there is one thread");
        }
        final int threads = profile == RingProfile.COMPACT ? 1 : profile == RingProfile.SHARED ? producers + 1 : producers + 3;
        if (waiting == Waiting.SPIN && threads > Runtime.getRuntime().availableProcessors()) {
            throw new IllegalArgumentException(threads + " threads cannot spin on fewer cores; the broker refuses it too");
        }
    }

    private void run(final ParkingIdleStrategy parking, final Agent agent) {
        final AgentRunner runner = new AgentRunner(idle(parking), failed -> failure.compareAndSet(null, failed), null, agent);
        runners.add(runner);
        AgentRunner.startOnThread(runner);
    }

    private IdleStrategy idle(final ParkingIdleStrategy parking) {
        return waiting == Waiting.SPIN ? BusySpinIdleStrategy.INSTANCE : parking;
    }

    private void offerStart(final int queues, final int payloadBytes) {
        final UnsafeBuffer start = CommandSet.start(queues, payloadBytes, Limits.MAX_QUEUE_CAPACITY_MAX);
        final CommandSink sink = ring.newProducer(START_ARENA_LENGTH);
        sink.offer(start, 0, start.capacity(), null, 0);
        sink.flush();
    }

    private void wakeForRoom() {
        for (int i = 0; i < producers.size(); i++) {
            producers.get(i).wake();
        }
    }

    /** The way in for one producer's thread. */
    CommandSink newSink() {
        return ring.newProducer(ARENA_LENGTH);
    }

    /** How that thread waits for room. */
    IdleStrategy idle(final int producer) {
        return idle(producers.get(producer));
    }

    /** The first producer's: does what its thread has to do beside. */
    int work() {
        final Throwable failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("a stage has failed", failed);
        }
        try {
            return beside.doWork();
        } catch (final Exception e) {
            throw new IllegalStateException("a stage has failed", e);
        }
    }

    /** Messages that have gone all the way. Any thread's. */
    long settled() {
        return egress.settled();
    }

    /** Waits until all that was offered has come out; called when no producer offers any more. */
    void drain() {
        while (!ring.isDrained()) {
            work();
            Thread.onSpinWait();
        }
    }

    /** @throws IllegalStateException if not every message was published, given and settled once. */
    @Override
    public void close() {
        drain();
        runners.forEach(AgentRunner::close);
        if (!egress.isBalanced()) {
            throw new IllegalStateException("what was published, given and settled are not the same");
        }
    }
}
