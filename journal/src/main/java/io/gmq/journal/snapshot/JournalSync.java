package io.gmq.journal.snapshot;

import java.io.IOException;

/** Brings the journal to disk before a snapshot that covers its records becomes one. */
@FunctionalInterface
public interface JournalSync {
    /**
     * Returns when all records up to this one survive power loss.
     *
     * @throws IOException if that is not sure; it must not be tried again, and the process must end.
     */
    void upTo(long sequence) throws IOException;
}
