package io.gmq.engine.ring;

import io.gmq.engine.api.EffectSink;

/**
 * Where effects leave the ring: hears, command by command, what the engine said, when it has been written. Called from one
 * thread.
 */
public interface Egress extends EffectSink {
    /** Whether there is room for the effects of another command. */
    boolean canProceed();

    /** The effects that follow belong to this command. The slot is valid until the next call. */
    void onCommand(Slot slot, long sequence);

    /** All that was at hand has been told, up to and including {@code sequence}. */
    void onBatchEnd(long sequence);

    /**
     * Does what is due without a new command: above all, lets go of replies whose sync has come.
     *
     * @return whether anything was done.
     */
    boolean onDuty();
}
