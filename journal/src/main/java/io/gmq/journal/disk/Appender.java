package io.gmq.journal.disk;

import java.io.IOException;

/**
 * Adds batches to the end of a segment's file through a mapping of it: the one kind of write that no {@link DiskFile} does. Owned
 * by one thread at a time.
 */
public interface Appender extends AutoCloseable {
    /**
     * Adds one batch. When this returns it survives the end of the process.
     *
     * @param length bytes of it, from the beginning of the buffer the appender was made for.
     * @return the position behind it in the file.
     */
    long append(int length) throws IOException;

    /** Ends the mapping. */
    @Override
    void close() throws IOException;
}
