package io.gmq.engine.ring;

import com.lmax.disruptor.Sequence;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.StateMachine;

/**
 * Applies each command to the engine and notes whether it changed anything and what its effects are. The only stage that
 * touches the engine.
 */
final class LogicStage implements Stage {
    private final StateMachine engine;
    private final EffectLog effects;
    private final EffectWriter writer;
    private final Sequence egress;
    private final Ticker ticker;
    private final CheckpointTeller teller;

    LogicStage(
        final StateMachine engine, final EffectLog effects, final Sequence egress, final Ticker ticker, final CheckpointTeller teller) {
        this.engine = engine;
        this.effects = effects;
        this.egress = egress;
        this.ticker = ticker;
        this.teller = teller;
        writer = new EffectWriter(effects.buffer());
    }

    @Override
    public boolean canProceed() {
        return effects.hasRoom();
    }

    @Override
    public void onCommand(final Slot slot, final long sequence) {
        slot.effectsOffset = effects.begin();
        writer.begin(slot.effectsOffset);
        slot.isChange = engine.apply(sequence, slot.buffer(), slot.offset, slot.length, writer);
        slot.effectsLength = writer.length();
        if (slot.effectsLength > EffectLog.COMMAND_LENGTH_MAX) {
            throw new IllegalStateException("one command had " + slot.effectsLength + " bytes of effects");
        }
        slot.effectsEnd = effects.end(slot.effectsLength);
        if (slot.is(CommandType.CHECKPOINT)) {
            teller.begin();
        }
    }

    @Override
    public void onBatchEnd(final long sequence) {
        engine.reclaim(egress.get());
        ticker.onApplied(sequence, engine.nextDeadlineMs());
        teller.onBatchEnd();
    }

    @Override
    public boolean onDuty() {
        return teller.proceed();
    }
}
