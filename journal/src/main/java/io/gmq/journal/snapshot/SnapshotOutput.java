package io.gmq.journal.snapshot;

import io.gmq.journal.disk.DiskFile;
import io.gmq.journal.disk.FileStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/** The file of a snapshot that is being written. Owned by the keeper's thread. Any exception means that it must be discarded. */
final class SnapshotOutput {
    /** Dirty pages beyond this would make the journal's own syncs wait. */
    private static final long FORCE_EVERY = 8L << 20;

    private final FileStorage files;
    private final Path folder;
    private final Path temporary;
    private final long createdMs;
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer markBytes = ByteBuffer.allocateDirect(SnapshotFormat.END_LENGTH);
    private final UnsafeBuffer mark = new UnsafeBuffer(markBytes);
    private DiskFile file;
    private Path stored;
    private long position;
    private long forcedPosition;
    private long entries;
    private int chunks;
    private int before;

    SnapshotOutput(final FileStorage files, final Path folder, final long createdMs) {
        this.files = files;
        this.folder = folder;
        this.temporary = folder.resolve(Snapshots.TEMPORARY);
        this.createdMs = createdMs;
    }

    boolean isOpen() {
        return file != null;
    }

    void open() throws IOException {
        files.delete(temporary); // one that could not be discarded when it should have been
        file = files.create(temporary);
        before = SnapshotFormat.writeHeader(mark, markBytes, createdMs, crc);
        write(markBytes.limit(SnapshotFormat.HEADER_LENGTH));
        markBytes.clear();
    }

    void write(final Chunk chunk) throws IOException {
        before = chunk.seal(chunks, before, crc);
        write(chunk.sealed());
        chunks++;
        entries += chunk.count();
        if (position - forcedPosition >= FORCE_EVERY) {
            file.force();
            forcedPosition = position;
        }
    }

    /** Makes it a snapshot: when this returns, it survives power loss under its own name. */
    SnapshotInfo finish(final long sequence, final long digest, final long coveredMs) throws IOException {
        final Path target = folder.resolve(Snapshots.name(sequence));
        final SnapshotInfo info = new SnapshotInfo(target, sequence, digest, createdMs, coveredMs, chunks, entries,
            position + SnapshotFormat.END_LENGTH);
        SnapshotFormat.writeEnd(mark, markBytes, info, before, crc);
        write(markBytes);
        file.force();
        close();
        files.rename(temporary, target);
        stored = target;
        files.forceFolder(folder);
        return info;
    }

    /** Leaves nothing of it behind. */
    void discard() throws IOException {
        try {
            close();
        } finally {
            files.delete(temporary);
            if (stored != null) {
                files.delete(stored);
                files.forceFolder(folder);
            }
        }
    }

    private void write(final ByteBuffer bytes) throws IOException {
        final int length = bytes.remaining();
        file.write(bytes, position);
        position += length;
    }

    private void close() throws IOException {
        final DiskFile closing = file;
        file = null;
        if (closing != null) {
            closing.close();
        }
    }
}
