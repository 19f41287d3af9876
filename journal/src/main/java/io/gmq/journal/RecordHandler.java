package io.gmq.journal;

import org.agrona.DirectBuffer;

/** Hears the records of a journal in the order in which they were appended. Called from the thread that opens the journal. */
@FunctionalInterface
public interface RecordHandler {
    /**
     * One record, whole and checked.
     *
     * @param sequence its place in the journal, from 1, without gaps.
     * @param buffer   the journal's; holds the record only during the call.
     */
    void onRecord(long sequence, DirectBuffer buffer, int offset, int length);
}
