package io.gmq.journal;

import java.nio.file.Path;

/**
 * What was being written when the process or the machine stopped, from the first batch on that did not get to disk as a whole.
 * Whole ones may follow it, but none that was confirmed as synced. It stays in its file as evidence, and is skipped from now on.
 *
 * @param file   that holds it.
 * @param offset in bytes, where the first bad record begins.
 * @param bytes  from there to the last one that is not zero.
 */
public record TornTail(Path file, long offset, long bytes) {
    @Override
    public String toString() {
        return file + " at offset " + offset + ", " + bytes + " bytes";
    }
}
