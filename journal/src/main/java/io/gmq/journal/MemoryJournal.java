package io.gmq.journal;

import io.gmq.engine.api.Durability;
import io.gmq.engine.ring.Journal;
import org.agrona.DirectBuffer;

/** The journal of a broker that stores nothing: its messages end with its process. It has no state, so any thread may use it. */
public final class MemoryJournal implements Journal {
    @Override
    public Durability levelMax() {
        return Durability.MEMORY;
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
    public void sync() {
        // kept nowhere
    }

    @Override
    public void close() {
        // holds nothing
    }
}
