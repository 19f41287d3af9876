package io.gmq.journal.chronicle;

import io.gmq.journal.JournalException;
import io.gmq.journal.RecordBatch;
import io.gmq.journal.disk.Disk;
import io.gmq.journal.disk.DiskFile;
import io.gmq.journal.snapshot.SegmentFacts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A segment with room for records, each batch an {@link Excerpt} of its own. Owned by the thread that commits, until the next one
 * is begun; then by the keeper.
 */
final class SegmentWriter {
    private final Disk disk;
    private final SegmentSize size;
    private final DiskFile file;
    private final ByteBuffer header = ByteBuffer.allocateDirect(Excerpt.HEADER_LENGTH).order(Excerpt.ORDER);
    private Path folder;
    private long firstSequence;
    private long lastSequence;
    private long lastMs;
    private long endPosition;
    private boolean empty = true;

    /**
     * @param folder        its present one.
     * @param file          closed here.
     * @param beginPosition where the first excerpt goes.
     */
    SegmentWriter(final Disk disk, final SegmentSize size, final Path folder, final DiskFile file, final long beginPosition) {
        this.disk = disk;
        this.size = size;
        this.folder = folder;
        this.file = file;
        endPosition = beginPosition;
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
        return endPosition + bytes + batches * SegmentSize.OVERHEAD <= size.fileBytes();
    }

    /**
     * Writes the framed batch as one excerpt, its header last, as everybody does who writes to a Chronicle queue: when this returns,
     * it survives the end of the process.
     *
     * @param itsLastMs time of its last record.
     */
    void write(final RecordBatch batch, final long itsLastMs) {
        try {
            file.write(batch.bytes().limit(batch.length()), endPosition + Excerpt.HEADER_LENGTH);
            file.write(header.clear().putInt(0, batch.length()), endPosition);
        } catch (final IOException e) {
            throw JournalException.of("cannot write to segment " + folder, e);
        }
        batch.bytes().clear();
        endPosition = Excerpt.next(endPosition, batch.length());
        empty = false;
        lastSequence += batch.count();
        lastMs = itsLastMs;
    }

    /** What retention has to know of it, once it is closed. */
    SegmentFacts facts() {
        return new SegmentFacts(firstSequence, lastSequence, endPosition + SegmentSize.OVERHEAD + QueueFile.TABLE_BYTES, lastMs);
    }

    /** What it is written to, for bringing it to disk. */
    DiskFile file() {
        return file;
    }

    /**
     * Takes a step towards giving back what the file has reserved beyond its records; it has been synced.
     *
     * @return whether it is done.
     */
    boolean giveBack() throws IOException {
        return Shortening.step(file, endPosition + SegmentSize.OVERHEAD);
    }

    /** Gives back what the file has still reserved, and closes it. */
    void close() throws IOException {
        shorten(file, endPosition);
        file.close();
    }

    /** Deletes it, with whatever was written. */
    void abandon() throws IOException {
        file.close();
        Segment.delete(disk, folder);
    }

    /** Gives back what a segment's file has beyond its last excerpt. */
    static void shorten(final DiskFile file, final long endPosition) throws IOException {
        final long end = endPosition + SegmentSize.OVERHEAD; // zeros behind the last excerpt are where Chronicle's tools find its end
        if (end < file.size()) {
            file.truncate(end);
        }
    }
}
