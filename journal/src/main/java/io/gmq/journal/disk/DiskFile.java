package io.gmq.journal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file of {@link FileStorage}. Positions are bytes. Closed by whoever opened it. */
public interface DiskFile extends AutoCloseable {
    /** Reads up to what the buffer has room for; returns how much, -1 at the end. */
    int read(ByteBuffer into, long position) throws IOException;

    /** Writes all that the buffer has. */
    void write(ByteBuffer from, long position) throws IOException;

    /**
     * Brings to disk what was written before, through whatever descriptor of it.
     *
     * @throws IOException if that is not sure; it must not be tried again.
     */
    void force() throws IOException;

    long size() throws IOException;

    /** Makes the file shorter. */
    void truncate(long size) throws IOException;

    @Override
    void close() throws IOException;
}
