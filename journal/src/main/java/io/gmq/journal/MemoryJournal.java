package io.gmq.journal;

import io.gmq.engine.api.Durability;
import io.gmq.engine.api.StorageState;
import io.gmq.engine.ring.Checkpoint;
import io.gmq.engine.ring.Journal;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;

/** The journal of a broker that stores nothing: its messages end with its process. It has no state, so any thread may use it. */
public final class MemoryJournal implements Journal {
    private static final Agent NOTHING_TO_KEEP = new Agent() {
        @Override
        public int doWork() {
            return 0;
        }

        @Override
        public String roleName() {
            return "keeper";
        }
    };

    @Override
    public Durability levelMax() {
        return Durability.MEMORY;
    }

    @Override
    public Agent keeper() {
        return NOTHING_TO_KEEP;
    }

    @Override
    public boolean hasRoom() {
        return true;
    }

    @Override
    public Durability levelAtCommit() {
        return Durability.MEMORY;
    }

    @Override
    public StorageState storage() {
        return StorageState.READY;
    }

    @Override
    public void giveUp() {
        // waits for nothing
    }

    @Override
    public boolean isCheckpointDue() {
        return false;
    }

    @Override
    public Checkpoint beginCheckpoint() {
        throw new IllegalStateException("no checkpoint is due");
    }

    @Override
    public void markCheckpoint() {
        // there is none
    }

    @Override
    public void onHeld(final long messages, final long bytes) {
        // nothing will be stored
    }

    @Override
    public void append(final DirectBuffer buffer, final int offset, final int length) {
        // kept nowhere
    }

    @Override
    public void commit() {
        // kept nowhere
    }

    @Override
    public boolean sync() {
        return true;
    }

    @Override
    public void close() {
        // holds nothing
    }
}
