package io.gmq.journal.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * All that the journal asks of a file system: whatever can fail goes through here, so that a test can let the n-th call fail,
 * stop the process before or after it, or model what a power loss leaves. {@link LocalDisk} is the real one. Any thread's.
 */
public interface Disk {
    /** Creates a file that must not exist yet, for reading and writing; its entry is on disk after {@link #forceFolder}. */
    DiskFile create(Path file) throws IOException;

    /** Opens a file for reading and writing. */
    DiskFile open(Path file) throws IOException;

    /** Opens a file for reading. */
    DiskFile read(Path file) throws IOException;

    /** Creates a folder and those above it that are missing, each entry on disk before this returns. */
    void createFolder(Path folder) throws IOException;

    /** Gives a file or folder another name in the same file system; replaces nothing that holds anything. */
    void rename(Path from, Path to) throws IOException;

    /** Deletes a file or an empty folder, if it is there. */
    void delete(Path path) throws IOException;

    /** What is in a folder, in the order of names. */
    List<Path> list(Path folder) throws IOException;

    /** Brings the entries of a folder (files created, renamed, deleted in it) to disk. */
    void forceFolder(Path folder) throws IOException;

    /**
     * Lets the disk see what is appended to one of its files through a mapping, which needs none of the calls above.
     *
     * @param appender does it.
     * @return what to append with instead: the same, or something around it.
     */
    Appender mapped(Path file, Appender appender);

    /** Bytes that can still be written to the file system of this folder. */
    long usableBytes(Path folder) throws IOException;
}
