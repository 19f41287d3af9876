package io.gmq.broker;

import io.gmq.broker.config.RingProfile;
import io.gmq.broker.config.Waiting;
import io.gmq.engine.ring.CommandRing;
import io.gmq.engine.ring.Journal;
import io.gmq.engine.ring.ParkingIdleStrategy;
import io.gmq.engine.ring.Waker;
import io.gmq.engine.ring.Wakers;
import io.gmq.transport.tcp.Acceptor;
import io.gmq.transport.tcp.SelectorAgent;
import io.gmq.transport.tcp.SelectorIdleStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.CompositeAgent;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingMillisIdleStrategy;

/**
 * Spreads the agents over threads:
 *
 * <pre>
 *   compact     [ watch, selector, logic, journal, egress, ticker, acceptors ]                           [ sync ]  [ keeper ]
 *   shared      [ watch, selector, ticker, acceptors ]  [ selector ] …  [ logic, journal, egress ]       [ sync ]  [ keeper ]
 *   dedicated   [ watch, selector, ticker, acceptors ]  [ selector ] …  [ logic ] [ journal ] [ egress ] [ sync ]  [ keeper ]
 * </pre>
 *
 * <p>With an archive there is [ archive ] beside them.
 *
 * <p>The watch comes first: that the disk is full must not have to wait behind publishes for a slot in the ring.
 *
 * <p>Made in two steps, since journal and ring must know whom to wake before their agents exist: the idle strategies first, the threads
 * with {@link #start}.
 */
final class BrokerThreads implements AutoCloseable {
    private static final int JOIN_MS = 60_000;
    /** The archive is looked after by a clock, since nobody wakes it. */
    private static final long ARCHIVE_REST_MS = 20;

    private final ThreadPlan plan;
    private final Waiting waiting;
    private final List<SelectorIdleStrategy> selectorIdles;
    private final ParkingIdleStrategy logicIdle = new ParkingIdleStrategy();
    private final ParkingIdleStrategy journalIdle;
    private final ParkingIdleStrategy egressIdle;
    private final ParkingIdleStrategy syncIdle = new ParkingIdleStrategy();
    private final ParkingIdleStrategy keeperIdle = new ParkingIdleStrategy();
    private final List<AgentRunner> runners = new ArrayList<>();

    /** @param selectorIdles one for each selector, the ticker's first. */
    BrokerThreads(final ThreadPlan plan, final Waiting waiting, final List<SelectorIdleStrategy> selectorIdles) {
        this.plan = plan;
        this.waiting = waiting;
        this.selectorIdles = selectorIdles;
        final boolean isApart = plan.profile() == RingProfile.DEDICATED;
        journalIdle = isApart ? new ParkingIdleStrategy() : logicIdle;
        egressIdle = isApart ? new ParkingIdleStrategy() : logicIdle;
    }

    /** Whom to wake for which part. */
    Wakers wakers() {
        final Waker first = selectorIdles.get(0);
        return plan.profile() == RingProfile.COMPACT
            ? new Wakers(first, first, first, this::wakeForRoom, syncIdle, first)
            : new Wakers(logicIdle, journalIdle, egressIdle, this::wakeForRoom, syncIdle, first);
    }

    /** Threads that read sockets. */
    int selectors() {
        return selectorIdles.size();
    }

    /** Wakes the thread of the journal's keeper. */
    Waker keeper() {
        return keeperIdle;
    }

    /** Wakes whoever wants to know what the journal has noticed: the watch, and stages that wait for room. */
    void wakeForJournal() {
        selectorIdles.get(0).wake();
        logicIdle.wake();
        journalIdle.wake();
    }

    private void wakeForRoom() {
        for (int i = 0; i < selectorIdles.size(); i++) {
            selectorIdles.get(i).wakeForRoom();
        }
    }

    /** Starts all threads. Whatever one of them throws goes to {@code onFailure}. */
    void start(
        final CommandRing ring, final Journal journal, final List<SelectorAgent> selectors, final List<Acceptor> acceptors,
        final Optional<? extends Agent> archive, final ErrorHandler onFailure) {
        selectorIdles.get(0).boundBy(ring.ticker()::sleep, ring.ticker()::awake);
        switch (plan.profile()) {
            case COMPACT -> run(selectorIdle(0), onFailure, together(acceptors,
                ring.watch(), selectors.get(0), ring.logic(), ring.journal(), ring.egress(), ring.ticker()));
            case SHARED -> {
                runSelectors(ring, selectors, acceptors, onFailure);
                run(stageIdle(logicIdle), onFailure, new CompositeAgent(ring.logic(), ring.journal(), ring.egress()));
            }
            default -> {
                runSelectors(ring, selectors, acceptors, onFailure);
                run(stageIdle(logicIdle), onFailure, ring.logic());
                run(stageIdle(journalIdle), onFailure, ring.journal());
                run(stageIdle(egressIdle), onFailure, ring.egress());
            }
        }
        run(syncIdle, onFailure, ring.syncer());
        run(keeperIdle, onFailure, journal.keeper());
        archive.ifPresent(agent -> run(new SleepingMillisIdleStrategy(ARCHIVE_REST_MS), onFailure, agent));
    }

    private static Agent together(final List<Acceptor> last, final Agent... first) {
        final List<Agent> all = new ArrayList<>(List.of(first));
        all.addAll(last);
        return new CompositeAgent(all);
    }

    private void runSelectors(
        final CommandRing ring, final List<SelectorAgent> selectors, final List<Acceptor> acceptors, final ErrorHandler onFailure) {
        run(selectorIdle(0), onFailure, together(acceptors, ring.watch(), selectors.get(0), ring.ticker()));
        for (int i = 1; i < selectors.size(); i++) {
            run(selectorIdle(i), onFailure, selectors.get(i));
        }
    }

    private IdleStrategy selectorIdle(final int index) {
        return waiting == Waiting.SPIN ? BusySpinIdleStrategy.INSTANCE : selectorIdles.get(index);
    }

    private IdleStrategy stageIdle(final ParkingIdleStrategy parking) {
        return waiting == Waiting.SPIN ? BusySpinIdleStrategy.INSTANCE : parking;
    }

    private void run(final IdleStrategy idle, final ErrorHandler onFailure, final Agent agent) {
        final AgentRunner runner = new AgentRunner(idle, onFailure, null, agent);
        runners.add(runner);
        AgentRunner.startOnThread(runner, task -> {
            final Thread thread = new Thread(task, "gmq-" + agent.roleName());
            thread.setDaemon(false);
            return thread;
        });
    }

    /** Stops all threads. They are woken, never interrupted: an interrupt would close the journal's files under a sync. */
    @Override
    public void close() {
        final List<Thread> closing = runners.stream().map(runner -> new Thread(() -> runner.close(JOIN_MS, thread -> { }))).toList();
        closing.forEach(Thread::start);
        while (closing.stream().anyMatch(Thread::isAlive)) {
            selectorIdles.forEach(SelectorIdleStrategy::wake);
            List.of(logicIdle, journalIdle, egressIdle, syncIdle, keeperIdle).forEach(ParkingIdleStrategy::wake);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
