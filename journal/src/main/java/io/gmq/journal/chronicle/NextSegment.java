package io.gmq.journal.chronicle;

import io.gmq.journal.RecordBatch;
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
    /**
     * Linux keeps what is written at once in one piece of its page cache, and when a byte of it changes through a mapping it writes all
     * of that back with the next sync. So this is small, although larger pieces are written faster.
     */
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(8 << 10);

    private final Disk disk;
    private final SegmentSize size;
    private final RecordBatch batch;
    private final Path folder;
    private ChronicleAppender appender;
    private DiskFile file;
    private long position;

    /** @param batch the only one that will be written to it. */
    NextSegment(final Disk disk, final Path journalFolder, final SegmentSize size, final RecordBatch batch) {
        this.disk = disk;
        this.size = size;
        this.batch = batch;
        this.folder = journalFolder.resolve(FOLDER);
    }

    /**
     * Takes the next step, of at most a MiB.
     *
     * @return whether it is ready.
     */
    boolean step() throws IOException {
        if (file == null) {
            begin();
        } else if (position < size.fileBytes()) {
            final long end = Math.min(position + STEP_BYTES, size.fileBytes());
            fill(file, position, end);
            position = end;
        } else {
            end();
            return true;
        }
        return false;
    }

    /** Once it is ready. */
    SegmentWriter writer() {
        final Path path = folder.resolve(ChronicleAppender.QUEUE_FILE);
        return new SegmentWriter(disk, size, folder, file, disk.mapped(path, appender));
    }

    /** Deletes it, ready or not. */
    void abandon() throws IOException {
        if (appender != null) {
            appender.close();
        }
        if (file != null) {
            file.close();
        }
        delete(disk, folder);
    }

    /** Deletes one that a process before has left, if there is one. */
    static void delete(final Disk disk, final Path folder) throws IOException {
        if (disk.list(folder.getParent()).contains(folder)) {
            for (final Path path : disk.list(folder)) {
                disk.delete(path);
            }
            disk.delete(folder);
        }
    }

    private void begin() throws IOException {
        delete(disk, folder);
        disk.createFolder(folder);
        try (DiskFile table = disk.create(folder.resolve(ChronicleAppender.TABLE_FILE))) {
            fill(table, 0, ChronicleAppender.TABLE_BYTES);
        }
        appender = ChronicleAppender.open(folder, size.blockBytes(), batch);
        file = disk.create(folder.resolve(ChronicleAppender.QUEUE_FILE));
    }

    private void end() throws IOException {
        file.force();
        appender.begin(file);
        disk.forceFolder(folder);
    }

    private static void fill(final DiskFile file, final long from, final long to) throws IOException {
        final ByteBuffer zeros = ZEROS.duplicate();
        for (long at = from; at < to; at += zeros.limit()) {
            file.write(zeros.clear().limit((int) Math.min(zeros.capacity(), to - at)), at);
        }
    }
}
