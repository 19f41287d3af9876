package io.gmq.engine.ring;

import io.gmq.engine.api.SnapshotSink;

/**
 * The journal's end of a checkpoint: hears the state and stores it, or only wants its digest. All methods are the logic stage's.
 */
public interface Checkpoint extends SnapshotSink {
    /** Whether entries are wanted, and not only the digest. */
    boolean wantsEntries();

    /** Whether more may be told now, asked for the first time when what is small has been told; if not, whoever stores it has not kept up, and is given time. */
    boolean hasRoom();

    /** Whether the telling has become pointless: it could not be stored. Then {@link #complete} is not called. */
    boolean isAbandoned();

    /** All has been told; the digest of the state as told. */
    void complete(long digest);
}
