package io.gmq.journal.chronicle;

import io.gmq.journal.disk.Disk;
import io.gmq.journal.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The segment that will be written after the present one, in the making: its files are filled with zeros, forced to disk, and made a
 * Chronicle queue. Owned by the thread that calls {@link #step}.
 *
 * <p>So when records come, their blocks are there: a full disk is found here, by a write that fails, and a sync has nothing to bring
 * to disk but the records.
 */
final class NextSegment {
    /** Its folder's name until it is begun. */
    static final String FOLDER = "next";
    private static final long STEP_BYTES = 1 << 20;
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(256 << 10);

    private final Disk disk;
    private final SegmentSize size;
    private final Path folder;
    private QueueFile queue;
    private DiskFile file;
    private long position;
    private long beginPosition;

    NextSegment(final Disk disk, final Path journalFolder, final SegmentSize size) {
        this.disk = disk;
        this.size = size;
        this.folder = journalFolder.resolve(FOLDER);
    }

    /**
     * Takes the next step, of at most a MiB, which is on disk then: no sync of a batch has to wait behind more than that.
     *
     * @return whether it is ready.
     */
    boolean step() throws IOException {
        if (file == null) {
            begin();
        } else if (position < size.fileBytes()) {
            final long end = Math.min(position + STEP_BYTES, size.fileBytes());
            fill(file, position, end);
            file.force();
            position = end;
        } else {
            end();
            return true;
        }
        return false;
    }

    /** Once it is ready. */
    SegmentWriter writer() {
        return new SegmentWriter(disk, size, folder, file, beginPosition);
    }

    /** Deletes it, ready or not. */
    void abandon() throws IOException {
        if (queue != null) {
            queue.close();
        }
        if (file != null) {
            file.close();
        }
        Segment.delete(disk, folder);
    }

    private void begin() throws IOException {
        Segment.delete(disk, folder);
        disk.createFolder(folder);
        try (DiskFile table = disk.create(folder.resolve(QueueFile.TABLE_NAME))) {
            fill(table, 0, QueueFile.TABLE_BYTES);
        }
        queue = QueueFile.open(folder);
        file = disk.create(folder.resolve(QueueFile.NAME));
    }

    private void end() throws IOException {
        beginPosition = queue.begin(file);
        queue.close();
        disk.forceFolder(folder);
    }

    private static void fill(final DiskFile file, final long from, final long to) throws IOException {
        final ByteBuffer zeros = ZEROS.duplicate();
        for (long at = from; at < to; at += zeros.limit()) {
            file.write(zeros.clear().limit((int) Math.min(zeros.capacity(), to - at)), at);
        }
    }
}
