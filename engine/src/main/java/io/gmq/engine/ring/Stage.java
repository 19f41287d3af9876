package io.gmq.engine.ring;

/**
 * A step that every command takes, in the ring's order. A stage knows neither the ring nor threads: whoever hosts it calls it
 * from one thread at a time.
 */
public interface Stage {
    /** Whether the stage has room to take another command; if not, it is asked again later. */
    default boolean canProceed() {
        return true;
    }

    /** Deals with one command. */
    void onCommand(Slot slot, long sequence);

    /** All that was at hand has been dealt with, up to and including {@code sequence}. */
    void onBatchEnd(long sequence);

    /**
     * Does what is due without a new command.
     *
     * @return whether anything was done.
     */
    default boolean onDuty() {
        return false;
    }
}
