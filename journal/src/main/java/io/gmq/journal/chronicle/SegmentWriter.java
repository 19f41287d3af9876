package io.gmq.journal.chronicle;

import io.gmq.journal.JournalException;
import io.gmq.journal.JournalSettings;
import io.gmq.journal.RecordBatch;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.core.io.IORuntimeException;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LargeRollCycles;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * The segment that is being written: a Chronicle queue of its own. Owned by the thread that commits.
 *
 * <p>Chronicle is set so that it never rolls (its clock stands still) and never maps anew: one block of the file's mapping takes
 * a whole segment. The file is that long from the beginning, and sparse.
 */
final class SegmentWriter implements AutoCloseable {
    /** An excerpt's header, padding, and the index page Chronicle may put before it. */
    private static final int EXCERPT_OVERHEAD = 64 << 10;
    /** Chronicle lets an excerpt have a quarter of the block size. */
    private static final int BLOCK_TO_EXCERPT = 4;
    private static final long BLOCK_UNIT = 256 << 10;
    /** With these an index has 8 KiB pages, one for each 262,144 excerpts, and room for more than a segment can hold. */
    private static final int INDEX_COUNT = 1024;
    private static final int INDEX_SPACING = 256;

    private final long segmentBytes;
    private final ChronicleQueue queue;
    private final ExcerptAppender appender;
    private final BytesStore<?, ?> source;
    private final Path file;
    private long endPosition;
    private boolean empty = true;

    private SegmentWriter(
        final long segmentBytes, final ChronicleQueue queue, final ExcerptAppender appender, final RecordBatch batch, final Path file) {
        this.segmentBytes = segmentBytes;
        this.queue = queue;
        this.appender = appender;
        this.source = BytesStore.wrap(batch.bytes());
        this.file = file;
    }

    /**
     * Makes a new segment; its file and folder are on disk when this returns, though no record is.
     *
     * @param batch the only one that will be written.
     */
    static SegmentWriter create(final JournalSettings settings, final Segment segment, final RecordBatch batch) {
        ChronicleRuntime.prepare();
        try {
            DataFolder.createDurably(segment.folder());
            final SegmentWriter writer = createFile(settings, segment, batch);
            DataFolder.force(segment.folder());
            return writer;
        } catch (final IOException e) {
            throw JournalException.of("cannot create segment " + segment.folder(), e);
        } catch (final IllegalStateException | IORuntimeException e) {
            throw new JournalException("cannot create segment " + segment.folder() + ", is the folder writable and the disk not full: "
                + e.getMessage(), e);
        }
    }

    /** Whether the batch fits within the segment's size; into an empty segment every batch fits. */
    boolean hasRoomFor(final RecordBatch batch) {
        return empty || endPosition + batch.length() <= segmentBytes;
    }

    /** Writes the framed batch as one excerpt: when this returns, it survives the end of the process. */
    void write(final RecordBatch batch) {
        try (DocumentContext excerpt = appender.writingDocument()) {
            boolean written = false;
            try {
                final Bytes<?> bytes = excerpt.wire().bytes();
                bytes.write(source, 0L, (long) batch.length());
                endPosition = bytes.writePosition();
                written = true;
            } finally {
                if (!written) {
                    excerpt.rollbackOnClose();
                }
            }
        }
        empty = false;
    }

    /** A channel of the segment's file, the caller's to close. */
    FileChannel openChannel() {
        try {
            return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (final IOException e) {
            throw JournalException.of("cannot open segment file " + file, e);
        }
    }

    /** Ends the mapping and gives back what the file had reserved beyond its records; does not sync. */
    @Override
    public void close() {
        queue.close();
        try (FileChannel channel = openChannel()) {
            channel.truncate(endPosition + EXCERPT_OVERHEAD); // Chronicle may have put an index page behind the last excerpt
        } catch (final IOException e) {
            throw JournalException.of("cannot shorten segment file " + file, e);
        }
    }

    /** The one place where a segment's file comes to be. */
    private static SegmentWriter createFile(final JournalSettings settings, final Segment segment, final RecordBatch batch) {
        final ChronicleQueue queue = SingleChronicleQueueBuilder.binary(segment.folder())
            .rollCycle(LargeRollCycles.XLARGE_DAILY)
            .timeProvider(() -> 0L)
            .indexCount(INDEX_COUNT)
            .indexSpacing(INDEX_SPACING)
            .blockSize(blockBytes(settings))
            .build();
        boolean created = false;
        try {
            final ExcerptAppender appender = queue.createAppender();
            try (DocumentContext excerpt = appender.writingDocument()) {
                excerpt.rollbackOnClose(); // makes the file, and leaves no excerpt in it
            }
            final Path file = segment.file().orElseThrow(
                () -> new JournalException("Chronicle made no file in " + segment.folder() + ", is the disk full?"));
            created = true;
            return new SegmentWriter(settings.segmentBytes(), queue, appender, batch, file);
        } finally {
            if (!created) {
                queue.close();
            }
        }
    }

    private static long blockBytes(final JournalSettings settings) {
        final long excerptBytes = RecordBatch.capacity(settings.recordBytesMax()) + (long) EXCERPT_OVERHEAD;
        final long bytes = Math.max(settings.segmentBytes(), excerptBytes * BLOCK_TO_EXCERPT);
        return (bytes + BLOCK_UNIT - 1) / BLOCK_UNIT * BLOCK_UNIT;
    }
}
