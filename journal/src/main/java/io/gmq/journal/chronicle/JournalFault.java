package io.gmq.journal.chronicle;

import java.nio.file.Path;

/**
 * A place in a journal at which its records cannot be read on.
 *
 * @param file     with the place.
 * @param offset   in bytes, where the first bad record begins.
 * @param sequence of the first record that is missing.
 * @param what     is wrong there, in one line that names file and offset.
 */
public record JournalFault(Path file, long offset, long sequence, String what) {
    @Override
    public String toString() {
        return what;
    }
}
