package io.gmq.journal.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Named rows of bytes, in folders: what is asked of a file system, or of whatever else keeps such rows. */
public interface FileStorage {
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
}
