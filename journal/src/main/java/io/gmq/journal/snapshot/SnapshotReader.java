package io.gmq.journal.snapshot;

import io.gmq.journal.JournalException;
import io.gmq.journal.disk.DiskFile;
import io.gmq.journal.disk.FileStorage;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads one snapshot file, once, from front to back, a chunk at a time. Owned by one thread. Nothing in the file is believed before
 * the checksum over it was right, but for lengths, which are held against what the file has.
 */
final class SnapshotReader implements AutoCloseable {
    private static final EntryConsumer NOBODY = (buffer, offset, length) -> { };

    private final Path path;
    private final DiskFile file;
    private final long size;
    private final CRC32C crc = new CRC32C();
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private ByteBuffer bytes;
    /** Where the part begins that is read. */
    private long position;
    /** What the buffer holds from index 0 on. */
    private long loadedPosition;
    private int available;
    private long createdMs;
    private int before;
    private int chunks;
    private long entries;
    private SnapshotInfo info;

    private SnapshotReader(final Path path, final DiskFile file, final long size) {
        this.path = path;
        this.file = file;
        this.size = size;
        allocate(SnapshotFormat.CHUNK_LENGTH);
    }

    /** Reads all of it; {@code progress} hears after each chunk how many bytes have been read. */
    static SnapshotCheck check(final FileStorage files, final Path path, final LongConsumer progress) {
        return run(files, path, reader -> reader.walk(NOBODY, progress));
    }

    /** Reads its header and its end mark only. */
    static SnapshotCheck glance(final FileStorage files, final Path path) {
        return run(files, path, SnapshotReader::ends);
    }

    /** Reads all of it and hands over the entries, each chunk after it was checked, so that a fault may come after entries. */
    static SnapshotCheck read(final FileStorage files, final Path path, final EntryConsumer consumer, final LongConsumer progress) {
        return run(files, path, reader -> reader.walk(consumer, progress));
    }

    @Override
    public void close() throws IOException {
        free();
        file.close();
    }

    private static SnapshotCheck run(final FileStorage files, final Path path, final Reading reading) {
        try (SnapshotReader reader = open(files, path)) {
            return reader.run(reading);
        } catch (final IOException e) {
            return unreadable(path, 0, e);
        }
    }

    private static SnapshotReader open(final FileStorage files, final Path path) throws IOException {
        final DiskFile file = files.read(path);
        boolean opened = false;
        try {
            final SnapshotReader reader = new SnapshotReader(path, file, file.size());
            opened = true;
            return reader;
        } finally {
            if (!opened) {
                file.close();
            }
        }
    }

    private static SnapshotCheck unreadable(final Path path, final long offset, final IOException e) {
        return SnapshotCheck.of(new SnapshotFault(path, offset, JournalException.of("it cannot be read", e).getMessage(), false));
    }

    private SnapshotCheck run(final Reading reading) {
        try {
            final SnapshotFault fault = reading.read(this);
            return fault == null ? SnapshotCheck.of(info) : SnapshotCheck.of(fault);
        } catch (final IOException e) {
            return unreadable(path, position, e);
        }
    }

    private SnapshotFault walk(final EntryConsumer consumer, final LongConsumer progress) throws IOException {
        SnapshotFault fault = header();
        while (fault == null && info == null) {
            fault = next(consumer);
            progress.accept(position);
        }
        return fault;
    }

    private SnapshotFault ends() throws IOException {
        final SnapshotFault fault = header();
        if (fault != null) {
            return fault;
        }
        position = Math.max(position, size - SnapshotFormat.END_LENGTH);
        if (!load(SnapshotFormat.END_LENGTH) || !SnapshotFormat.isEnd(buffer) || !SnapshotFormat.isEndIntact(buffer, bytes, crc)) {
            return fault("there is no good end mark");
        }
        takeEnd();
        return null;
    }

    private SnapshotFault header() throws IOException {
        if (!load(SnapshotFormat.HEADER_LENGTH)) {
            return fault("it ends within its header");
        }
        if (!SnapshotFormat.isHeader(buffer) || !SnapshotFormat.isHeaderIntact(buffer, bytes, crc)) {
            return fault("its header is damaged, or it is no snapshot");
        }
        final int version = SnapshotFormat.version(buffer);
        if (version != SnapshotFormat.VERSION) {
            final String writer = version > SnapshotFormat.VERSION ? "a newer" : "an older";
            return new SnapshotFault(path, position, "it has format version " + version + ", this release reads version "
                + SnapshotFormat.VERSION + ": " + writer + " release of GMQ wrote it", true);
        }
        createdMs = SnapshotFormat.createdMs(buffer);
        before = SnapshotFormat.headerCrc(buffer);
        position += SnapshotFormat.HEADER_LENGTH;
        return null;
    }

    private SnapshotFault next(final EntryConsumer consumer) throws IOException {
        if (!load(SnapshotFormat.END_LENGTH)) { // no chunk is the last part, so there is at least this much
            return fault("it ends without an end mark");
        }
        if (SnapshotFormat.isChunk(buffer)) {
            return chunk(consumer);
        }
        return SnapshotFormat.isEnd(buffer) ? end() : fault("neither a chunk nor the end mark begins here");
    }

    private SnapshotFault chunk(final EntryConsumer consumer) throws IOException {
        final int bodyLength = SnapshotFormat.bodyLength(buffer);
        if (bodyLength < 0 || bodyLength > SnapshotFormat.BODY_LENGTH_MAX || !load(SnapshotFormat.CHUNK_HEADER_LENGTH + bodyLength)) {
            return fault("chunk " + chunks + " has an impossible length of " + bodyLength + " bytes");
        }
        if (!SnapshotFormat.isChunkIntact(buffer, bytes, crc)) {
            return fault("chunk " + chunks + " is damaged, its checksum is wrong");
        }
        if (SnapshotFormat.number(buffer) != chunks || SnapshotFormat.before(buffer) != before) {
            return fault("chunk " + chunks + " is not the one that was written here");
        }
        if (!isComplete()) {
            return fault("chunk " + chunks + " does not hold the entries that it says");
        }
        handOver(consumer);
        before = SnapshotFormat.chunkCrc(buffer);
        entries += SnapshotFormat.count(buffer);
        chunks++;
        position += SnapshotFormat.CHUNK_HEADER_LENGTH + bodyLength;
        return null;
    }

    private SnapshotFault end() throws IOException {
        if (!SnapshotFormat.isEndIntact(buffer, bytes, crc)) {
            return fault("the end mark is damaged, its checksum is wrong");
        }
        if (SnapshotFormat.chunks(buffer) != chunks || SnapshotFormat.entries(buffer) != entries || SnapshotFormat.last(buffer) != before) {
            return fault("the end mark is not that of these " + chunks + " chunks");
        }
        final long after = size - position - SnapshotFormat.END_LENGTH;
        if (after > 0) {
            position += SnapshotFormat.END_LENGTH;
            return fault("there are " + after + " bytes after the end mark");
        }
        takeEnd();
        return null;
    }

    private void takeEnd() {
        info = new SnapshotInfo(path, SnapshotFormat.sequence(buffer), SnapshotFormat.digest(buffer), createdMs,
            SnapshotFormat.coveredMs(buffer), SnapshotFormat.chunks(buffer), SnapshotFormat.entries(buffer), size);
        position += SnapshotFormat.END_LENGTH;
    }

    /** Whether the body is exactly as many entries as the header says. */
    private boolean isComplete() {
        final int end = SnapshotFormat.CHUNK_HEADER_LENGTH + SnapshotFormat.bodyLength(buffer);
        int remaining = SnapshotFormat.count(buffer);
        int at = SnapshotFormat.CHUNK_HEADER_LENGTH;
        while (remaining > 0 && end - at >= SnapshotFormat.ENTRY_HEADER_LENGTH) {
            final int length = SnapshotFormat.entryLength(buffer, at);
            if (length < 0 || length > end - at - SnapshotFormat.ENTRY_HEADER_LENGTH) {
                return false;
            }
            at += SnapshotFormat.ENTRY_HEADER_LENGTH + length;
            remaining--;
        }
        return remaining == 0 && at == end;
    }

    private void handOver(final EntryConsumer consumer) {
        int at = SnapshotFormat.CHUNK_HEADER_LENGTH;
        for (int remaining = SnapshotFormat.count(buffer); remaining > 0; remaining--) {
            final int length = SnapshotFormat.entryLength(buffer, at);
            at += SnapshotFormat.ENTRY_HEADER_LENGTH;
            consumer.onEntry(buffer, at, length);
            at += length;
        }
    }

    private SnapshotFault fault(final String what) {
        return new SnapshotFault(path, position, what, false);
    }

    /** Makes what comes at the position available from index 0 on; says whether the file has that much. */
    private boolean load(final int length) throws IOException {
        if (length > size - position) {
            return false;
        }
        if (position != loadedPosition || length > available) {
            if (length > buffer.capacity()) {
                free();
                allocate(length);
            }
            fill(length);
        }
        return true;
    }

    private void fill(final int length) throws IOException {
        available = 0;
        loadedPosition = position;
        bytes.clear().limit(Math.max(length, SnapshotFormat.CHUNK_LENGTH));
        while (bytes.hasRemaining() && file.read(bytes, position + bytes.position()) > 0) {
            available = bytes.position();
        }
        bytes.clear();
        if (available < length) {
            throw new EOFException("it became shorter meanwhile");
        }
    }

    private void allocate(final int capacity) {
        bytes = ByteBuffer.allocateDirect(capacity);
        buffer.wrap(bytes);
        available = 0;
    }

    /** At once and not some time later: large entries would have several buffers of them otherwise. */
    private void free() {
        buffer.wrap(0, 0);
        BufferUtil.free(bytes);
        bytes = null;
    }

    /** A way through the file. */
    @FunctionalInterface
    private interface Reading {
        /** Returns what is wrong, or {@code null} and leaves {@link #info}. */
        SnapshotFault read(SnapshotReader reader) throws IOException;
    }
}
