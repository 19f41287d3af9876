package io.gmq.journal.chronicle;

import io.gmq.journal.JournalException;
import io.gmq.journal.RecordBatch;
import io.gmq.journal.disk.Appender;
import io.gmq.journal.disk.Disk;
import io.gmq.journal.disk.DiskFile;
import io.gmq.journal.snapshot.SegmentFacts;
import java.io.IOException;
import java.nio.file.Path;

/** A segment with room for records. Owned by the thread that commits, until the next one is begun; then by the keeper. */
final class SegmentWriter {
    private final Disk disk;
    private final SegmentSize size;
    private final DiskFile file;
    private final Appender appender;
    private Path folder;
    private long firstSequence;
    private long lastSequence;
    private long lastMs;
    private long endPosition;
    private boolean empty = true;

    /**
     * @param folder   its present one.
     * @param file     closed here.
     * @param appender closed here; for the same file.
     */
    SegmentWriter(final Disk disk, final SegmentSize size, final Path folder, final DiskFile file, final Appender appender) {
        this.disk = disk;
        this.size = size;
        this.folder = folder;
        this.file = file;
        this.appender = appender;
    }

    /** Gives it the name of a segment; its entry in the folder above is not forced to disk. */
    void begin(final Segment segment) throws IOException {
        disk.rename(folder, segment.folder());
        folder = segment.folder();
        firstSequence = segment.firstSequence();
        lastSequence = firstSequence - 1;
    }

    /** Whether nothing has been written. */
    boolean isEmpty() {
        return empty;
    }

    /** Whether the batch fits within the size that a segment should have; into an empty one every batch fits. */
    boolean isFor(final RecordBatch batch) {
        return empty || endPosition + batch.length() <= size.limitBytes();
    }

    /** Whether so many bytes more can be written without touching the reserve. */
    boolean isWithinLimit(final long bytes) {
        return endPosition + bytes <= size.limitBytes() || empty && hasRoomFor(2, bytes);
    }

    /** Whether so many batches with so many bytes together fit into the blocks that the file has. */
    boolean hasRoomFor(final int batches, final long bytes) {
        return Math.max(endPosition, SegmentSize.OVERHEAD) + bytes + batches * SegmentSize.OVERHEAD <= size.fileBytes();
    }

    /**
     * Writes the framed batch as one excerpt: when this returns, it survives the end of the process.
     *
     * @param itsLastMs time of its last record.
     */
    void write(final RecordBatch batch, final long itsLastMs) {
        try {
            endPosition = appender.append(batch.length());
        } catch (final IOException e) {
            throw JournalException.of("cannot write to segment " + folder, e);
        }
        empty = false;
        lastSequence += batch.count();
        lastMs = itsLastMs;
    }

    /** What retention has to know of it, once it is closed. */
    SegmentFacts facts() {
        return new SegmentFacts(firstSequence, lastSequence, endPosition + SegmentSize.OVERHEAD + ChronicleAppender.TABLE_BYTES, lastMs);
    }

    /** What it is written to, for bringing it to disk. */
    DiskFile file() {
        return file;
    }

    /** Ends the mapping and gives back what the file had reserved beyond its records; it has been synced. */
    void close() throws IOException {
        appender.close();
        shorten(file, endPosition);
        file.close();
    }

    /** Deletes it, with whatever was written. */
    void abandon() throws IOException {
        appender.close();
        file.close();
        NextSegment.delete(disk, folder);
    }

    /** Gives back what a segment's file has beyond its last excerpt. */
    static void shorten(final DiskFile file, final long endPosition) throws IOException {
        final long end = endPosition + SegmentSize.OVERHEAD; // Chronicle may have put an index page behind the last excerpt
        if (end < file.size()) {
            file.truncate(end);
        }
    }
}
