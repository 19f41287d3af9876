package io.gmq.engine.ring;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.dsl.ProducerType;
import io.gmq.engine.api.StateMachine;
import java.util.function.Function;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochClock;

/**
 * The Disruptor and what runs on it. Here, and only here, the order of the stages is drawn:
 *
 * <pre>
 *   producers ──► logic ──► journal ──► egress ──► (free)
 *               │   │          │           ▲
 *               │ ticker     syncer ───────┘ a sync has come
 *             watch ◄─ the journal
 * </pre>
 *
 * <p>Each stage is an {@link Agent} that polls for what the stage before it has let through, so the same stages run on one
 * thread or on three: whoever wires them decides which thread calls which agent. The slots' waiting strategy is never used;
 * threads wait by their own idle strategy and are woken by a {@link Waker}.
 */
public final class CommandRing {
    /** Of what the ring itself puts in: ticks, and what the journal has noticed. */
    private static final int OWN_ARENA_LENGTH = 4096;

    private final RingBuffer<Slot> ring;
    private final Wakers wakers;
    private final Sequence told = new Sequence(RingBuffer.INITIAL_CURSOR_VALUE);
    private final Agent logic;
    private final Agent journal;
    private final Agent egress;
    private final Syncer syncer;
    private final Ticker ticker;
    private final JournalWatch watch;

    /**
     * @param size             slots, a power of two.
     * @param effectsLength    bytes for effects in flight, a power of two from 2 MiB on.
     * @param isSingleProducer whether all producers, the ticker among them, run on one thread.
     * @param newEgress        makes the last stage's partner, which asks the syncer when a reply may leave.
     */
    public CommandRing(
        final int size,
        final int effectsLength,
        final boolean isSingleProducer,
        final StateMachine engine,
        final Journal journal,
        final Function<Syncer, Egress> newEgress,
        final Wakers wakers,
        final EpochClock clock) {
        this.wakers = wakers;
        ring = RingBuffer.create(isSingleProducer ? ProducerType.SINGLE : ProducerType.MULTI, Slot::new, size, new PollingWaitStrategy());
        final EffectLog effects = new EffectLog(effectsLength);
        syncer = new Syncer(journal, wakers.sync(), wakers.egress());
        ticker = new Ticker(clock, new RingProducer(ring, new IngressArena(OWN_ARENA_LENGTH), wakers.logic()), wakers.ticker());
        watch = new JournalWatch(journal, clock, newProducer(OWN_ARENA_LENGTH), wakers.ticker());
        final Sequence applied = new Sequence(RingBuffer.INITIAL_CURSOR_VALUE);
        final Sequence written = new Sequence(RingBuffer.INITIAL_CURSOR_VALUE);
        final CheckpointTeller teller = new CheckpointTeller(engine, journal, watch);
        logic = new StageAgent(
            "logic", new LogicStage(engine, effects, told, ticker, teller), ring, ring.newBarrier(), applied, wakers.journal());
        this.journal =
            new StageAgent("journal", new JournalStage(journal, syncer), ring, ring.newBarrier(applied), written, wakers.egress());
        egress =
            new StageAgent("egress", new EgressStage(effects, newEgress.apply(syncer)), ring, ring.newBarrier(written), told, () -> {
                wakers.logic().wake();
                wakers.room().wake();
            });
        ring.addGatingSequences(told);
    }

    /**
     * A way in for one more thread.
     *
     * @param arenaLength bytes that its commands may pin while they are in the ring, a power of two.
     */
    public CommandSink newProducer(final int arenaLength) {
        return new RingProducer(ring, new IngressArena(arenaLength), wakers.logic());
    }

    /** Applies commands. */
    public Agent logic() {
        return logic;
    }

    /** Writes those that changed something. */
    public Agent journal() {
        return journal;
    }

    /** Tells effects to the {@link Egress}. */
    public Agent egress() {
        return egress;
    }

    public Syncer syncer() {
        return syncer;
    }

    public Ticker ticker() {
        return ticker;
    }

    public JournalWatch watch() {
        return watch;
    }

    /** Whether every command offered so far has been through all stages. */
    public boolean isDrained() {
        return told.get() == ring.getCursor();
    }
}
