package io.gmq.journal.disk;

import java.io.IOException;
import java.nio.file.Path;

/**
 * All that the journal asks of a file system: whatever can fail goes through here, so that a test can let the n-th call fail,
 * stop the process before or after it, or model what a power loss leaves. {@link LocalDisk} is the real one. Any thread's.
 */
public interface Disk extends FileStorage {
    /** Bytes that can still be written to the file system of this folder. */
    long usableBytes(Path folder) throws IOException;
}
