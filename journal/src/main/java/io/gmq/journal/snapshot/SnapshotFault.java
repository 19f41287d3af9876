package io.gmq.journal.snapshot;

import java.nio.file.Path;

/**
 * Why a file is no whole snapshot.
 *
 * @param file           that was read.
 * @param offset         in bytes, where the part begins that is not as it should be.
 * @param what           is wrong, for an operator.
 * @param isOtherVersion whether nothing is wrong but that another release wrote it.
 */
public record SnapshotFault(Path file, long offset, String what, boolean isOtherVersion) {
    @Override
    public String toString() {
        return file + " at offset " + offset + ": " + what;
    }
}
