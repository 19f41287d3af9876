package io.gmq.journal;

import org.agrona.DirectBuffer;

/**
 * Hears what a journal holds, in the order in which it came about: first the entries of a snapshot, if there is one, then the records
 * after it. Called from the thread that opens the journal. Buffers are the journal's, and hold what they hold only during the call.
 */
public interface RecoveryHandler {
    /** One entry of the snapshot from which recovery begins, whole and checked. */
    default void onEntry(DirectBuffer buffer, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    /**
     * The snapshot has ended.
     *
     * @param sequence of the last record that it covers; the next one that is handed over comes after it.
     * @param digest   that the state had then.
     */
    default void onSnapshot(long sequence, long digest) {
        throw new UnsupportedOperationException();
    }

    /**
     * One record, whole and checked.
     *
     * @param sequence its place in the journal, from 1, without gaps.
     */
    void onRecord(long sequence, DirectBuffer buffer, int offset, int length);
}
