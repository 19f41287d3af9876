package io.gmq.engine.ring;

import io.gmq.engine.api.EffectSink;

/** The last stage: tells each command's effects to the {@link Egress}, then frees what the command held in the ring. */
final class EgressStage implements Stage {
    private final EffectLog effects;
    private final Egress egress;
    private final EffectReader reader = new EffectReader();

    EgressStage(final EffectLog effects, final Egress egress) {
        this.effects = effects;
        this.egress = egress;
    }

    @Override
    public boolean canProceed() {
        return egress.canProceed();
    }

    @Override
    public void onCommand(final Slot slot, final long sequence) {
        final EffectSink sink = egress.onCommand(slot, sequence);
        reader.read(effects.buffer(), slot.effectsOffset, slot.effectsLength, sink);
        effects.release(slot.effectsEnd);
        slot.release();
    }

    @Override
    public void onBatchEnd(final long sequence) {
        egress.onBatchEnd();
    }

    @Override
    public boolean onDuty() {
        return egress.onDuty();
    }
}
