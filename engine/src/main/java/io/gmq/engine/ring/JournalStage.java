package io.gmq.engine.ring;

import io.gmq.engine.api.CommandType;

/** Appends the commands that changed the engine, and commits them together at the end of the batch (group commit). */
final class JournalStage implements Stage {
    private final Journal journal;
    private final Syncer syncer;
    private boolean isDirty;

    JournalStage(final Journal journal, final Syncer syncer) {
        this.journal = journal;
        this.syncer = syncer;
    }

    @Override
    public boolean canProceed() {
        return journal.hasRoom();
    }

    @Override
    public void onCommand(final Slot slot, final long sequence) {
        if (slot.isChange) {
            journal.append(slot.buffer(), slot.offset, slot.length);
            isDirty = true;
            if (slot.is(CommandType.CHECKPOINT)) {
                journal.markCheckpoint();
            }
        }
    }

    @Override
    public void onBatchEnd(final long sequence) {
        if (isDirty) {
            journal.commit();
            isDirty = false;
            syncer.onCommitted(sequence);
        }
    }
}
