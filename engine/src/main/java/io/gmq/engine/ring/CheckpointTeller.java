package io.gmq.engine.ring;

import io.gmq.engine.api.SnapshotSink;
import io.gmq.engine.api.StateMachine;
import java.util.concurrent.TimeUnit;

/**
 * Lets the engine tell its state to the journal, a slice at a time before each batch of commands, so that a checkpoint never holds
 * up anybody for longer than a slice takes. Belongs to the thread of the logic stage.
 */
final class CheckpointTeller {
    /** For so long it goes on at a time. */
    private static final long SLICE_NS = TimeUnit.MICROSECONDS.toNanos(200);
    /** Messages between two looks at the clock. */
    private static final int MESSAGES = 64;

    private final StateMachine engine;
    private final Journal journal;
    private final JournalWatch watch;
    private Checkpoint checkpoint;

    CheckpointTeller(final StateMachine engine, final Journal journal, final JournalWatch watch) {
        this.engine = engine;
        this.journal = journal;
        this.watch = watch;
    }

    /** The command applied last was a checkpoint. */
    void begin() {
        checkpoint = journal.beginCheckpoint();
        engine.beginCheckpoint(checkpoint.wantsEntries() ? checkpoint : SnapshotSink.NONE);
        watch.onCheckpoint();
    }

    /** Lets the journal know how much there is to tell. */
    void onBatchEnd() {
        journal.onHeld(engine.messages(), engine.heldBytes());
    }

    /** Tells a slice, if there is something to tell and room for it; says whether it did. */
    boolean proceed() {
        if (checkpoint == null || !checkpoint.isAbandoned() && !checkpoint.hasRoom()) {
            return false;
        }
        final long startNs = System.nanoTime();
        boolean isWhole = false;
        while (!isWhole && !checkpoint.isAbandoned() && checkpoint.hasRoom() && System.nanoTime() - startNs < SLICE_NS) {
            isWhole = engine.continueCheckpoint(MESSAGES);
        }
        if (isWhole) {
            // In this order: no other checkpoint may come to be due before its digest is on its way.
            watch.onDigest(engine.checkpointDigest());
            checkpoint.complete(engine.checkpointDigest());
        }
        if (isWhole || checkpoint.isAbandoned()) {
            engine.endCheckpoint();
            checkpoint = null;
        }
        return true;
    }
}
