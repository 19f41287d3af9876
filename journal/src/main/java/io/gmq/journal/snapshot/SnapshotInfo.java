package io.gmq.journal.snapshot;

import java.nio.file.Path;

/**
 * What a snapshot says of itself.
 *
 * @param file      that holds it.
 * @param sequence  of the last record that it covers: the state is that after this record.
 * @param digest    of the state.
 * @param createdMs when it was begun.
 * @param coveredMs time of the last record that it covers.
 * @param chunks    the entries lie in.
 * @param entries   that make up the state.
 * @param bytes     of the file.
 */
public record SnapshotInfo(
    Path file, long sequence, long digest, long createdMs, long coveredMs, int chunks, long entries, long bytes) {
}
