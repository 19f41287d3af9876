package io.gmq.journal.chronicle;

import io.gmq.journal.disk.Disk;
import io.gmq.journal.disk.DiskFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A segment's file, read from front to back through one buffer. Owned by one thread. It is read, not mapped, so that a disk that
 * cannot give its bytes back is an exception and not the end of the process.
 */
final class SegmentFile implements AutoCloseable {
    private static final int READ_AHEAD = 1 << 20;

    private final Path path;
    private final DiskFile file;
    private final long size;
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private ByteBuffer bytes;
    private long basePosition;
    private int available;

    SegmentFile(final Disk disk, final Path path) throws IOException {
        this(disk, path, READ_AHEAD);
    }

    SegmentFile(final Disk disk, final Path path, final int readAhead) throws IOException {
        this.path = path;
        file = disk.read(path);
        size = file.size();
        allocate(readAhead);
    }

    Path path() {
        return path;
    }

    long size() {
        return size;
    }

    /** Where {@link #load} put the bytes; the index is that of {@link #bytes} too. */
    UnsafeBuffer buffer() {
        return buffer;
    }

    ByteBuffer bytes() {
        return bytes;
    }

    /**
     * Makes a part of the file available; what was before may be gone.
     *
     * @param position in bytes from the file's beginning.
     * @param length   that the file has from there on.
     * @return the index in {@link #buffer} of the byte at {@code position}.
     */
    int load(final long position, final int length) throws IOException {
        if (position < basePosition || position + length > basePosition + available) {
            if (length > buffer.capacity()) {
                free();
                allocate(length);
            }
            read(position, length);
        }
        return (int) (position - basePosition);
    }

    /** Lets all be read again, for a file that has been written since. */
    void forget() {
        available = 0;
    }

    /** How many bytes from {@code position} on are available since the last {@link #load} there. */
    int available(final long position) {
        return (int) (basePosition + available - position);
    }

    /** Brings to disk what the process before has written and not synced. */
    void force() throws IOException {
        file.force();
    }

    @Override
    public void close() throws IOException {
        free();
        file.close();
    }

    private void read(final long position, final int length) throws IOException {
        available = 0;
        basePosition = position;
        bytes.clear();
        while (bytes.hasRemaining() && file.read(bytes, position + bytes.position()) > 0) {
            available = bytes.position();
        }
        bytes.clear();
        if (available < length) {
            throw new EOFException(path + " became shorter while it was read, at offset " + (position + available));
        }
    }

    private void allocate(final int capacity) {
        bytes = ByteBuffer.allocateDirect(capacity);
        buffer.wrap(bytes);
        available = 0;
    }

    /** At once and not some time later: a start with large records would hold several buffers of them otherwise. */
    private void free() {
        buffer.wrap(0, 0);
        BufferUtil.free(bytes);
        bytes = null;
    }
}
