package io.gmq.journal.snapshot;

import java.io.IOException;

/** Brings the journal to disk before a snapshot that covers its records becomes one. */
@FunctionalInterface
public interface JournalSync {
    /**
     * Brings the records up to this one to where they survive power loss, or says that they are not there yet.
     *
     * @return whether they do; if not, it is asked again.
     * @throws IOException if that will never be sure; it must not be tried again, and the process must end.
     */
    boolean upTo(long sequence) throws IOException;
}
