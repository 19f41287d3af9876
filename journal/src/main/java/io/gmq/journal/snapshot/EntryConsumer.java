package io.gmq.journal.snapshot;

import org.agrona.DirectBuffer;

/** Hears the entries of a snapshot, in the order in which they were told. */
@FunctionalInterface
public interface EntryConsumer {
    /** One entry, checked. The buffer is the reader's, and holds it only during the call. */
    void onEntry(DirectBuffer buffer, int offset, int length);
}
