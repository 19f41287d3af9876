package io.gmq.broker;

import io.gmq.engine.api.EffectSink;
import io.gmq.engine.api.StateMachine;
import io.gmq.engine.ring.EffectWriter;
import io.gmq.journal.JournalException;
import io.gmq.journal.RecoveryHandler;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Brings an engine to where a journal ends: takes in a snapshot's entries, and applies each record as it was applied when it was
 * new. What a record did has been told to whom it concerned, so effects are discarded, or heard by somebody who looks on. Owned by
 * the thread that reads the journal.
 */
public final class Replayer implements RecoveryHandler {
    /** The place of recovered commands, before all that a ring will give. */
    private static final long RECOVERED = -1;

    private final StateMachine engine;
    private final EffectWriter discarded = new EffectWriter(new ExpandableArrayBuffer());

    /** @param engine to which nothing was applied. */
    public Replayer(final StateMachine engine) {
        this.engine = engine;
    }

    @Override
    public void onEntry(final DirectBuffer buffer, final int offset, final int length) {
        engine.restore(buffer, offset, length);
    }

    @Override
    public void onSnapshot(final long sequence, final long digest) {
        engine.endRestore();
        final long restored = engine.digest();
        if (restored != digest) {
            throw new JournalException("the snapshot of sequence " + sequence + " is whole, and gives a state of digest "
                + Long.toHexString(restored) + " instead of " + Long.toHexString(digest)
                + ": start the GMQ version that wrote it, and tell us");
        }
    }

    /** Applies one record; its effects are discarded. */
    @Override
    public void onRecord(final long sequence, final DirectBuffer buffer, final int offset, final int length) {
        discarded.begin(0);
        tell(buffer, offset, length, discarded);
        reclaim();
    }

    /** Applies one record. The bytes of messages that it takes away can be read until {@link #reclaim}, which must follow. */
    public void tell(final DirectBuffer buffer, final int offset, final int length, final EffectSink onlooker) {
        engine.apply(RECOVERED, buffer, offset, length, onlooker);
    }

    /** Gives back the room of the messages that are gone. */
    public void reclaim() {
        engine.reclaim(RECOVERED);
    }
}
