package io.gmq.engine.ring;

import io.gmq.engine.api.EffectSink;

/**
 * Where effects leave the ring: hears, command by command, what the engine said, once that has been written. Called from one
 * thread.
 */
public interface Egress {
    /** Whether there is room for the effects of another command. */
    boolean canProceed();

    /**
     * The next command is here.
     *
     * @param slot valid until the next call.
     * @return who hears its effects, which follow.
     */
    EffectSink onCommand(Slot slot, long sequence);

    /** All that was at hand has been told. */
    void onBatchEnd();

    /**
     * Does what is due without a new command: above all, lets go of replies whose sync has come.
     *
     * @return whether anything was done.
     */
    boolean onDuty();
}
