package io.gmq.journal.chronicle;

import io.gmq.journal.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import net.openhft.chronicle.core.io.IORuntimeException;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LargeRollCycles;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * Lets Chronicle begin the file of a queue: its description, up to where the first excerpt goes. The excerpts themselves are
 * written by {@link SegmentWriter}; ADR 0015 says why not by Chronicle's appender, which would write them through a mapping.
 *
 * <p>Chronicle is set so that it never rolls: its clock stands still.
 */
final class QueueFile implements AutoCloseable {
    /** The file of the one cycle that there is: that of the clock's time 0. */
    static final String NAME = "19700101X.cq4";
    /** What Chronicle keeps beside it. */
    static final String TABLE_NAME = "metadata.cq4t";
    static final int TABLE_BYTES = 128 << 10;
    /** With these an index has 8 KiB pages, should Chronicle's tools make one. */
    private static final int INDEX_COUNT = 1024;
    private static final int INDEX_SPACING = 256;
    /** The least that it maps; the description is far smaller. */
    private static final int BLOCK_BYTES = 256 << 10;

    private final ChronicleQueue queue;
    private final ExcerptAppender appender;

    private QueueFile(final ChronicleQueue queue, final ExcerptAppender appender) {
        this.queue = queue;
        this.appender = appender;
    }

    /**
     * Opens a new queue up to where it makes its file. The table beside it is there, full of zeros, which Chronicle takes for a new one.
     *
     * @param folder the queue's.
     */
    static QueueFile open(final Path folder) throws IOException {
        ChronicleRuntime.prepare();
        ChronicleQueue queue = null;
        boolean opened = false;
        try {
            queue = SingleChronicleQueueBuilder.binary(folder)
                .rollCycle(LargeRollCycles.XLARGE_DAILY)
                .timeProvider(() -> 0L)
                .indexCount(INDEX_COUNT)
                .indexSpacing(INDEX_SPACING)
                .blockSize(BLOCK_BYTES)
                .build();
            final QueueFile file = new QueueFile(queue, queue.createAppender());
            opened = true;
            return file;
        } catch (final IllegalStateException | IORuntimeException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            if (queue != null && !opened) {
                queue.close();
            }
        }
    }

    /**
     * Begins the queue's file, which is there by now, full of zeros. It must not have been there when the queue was opened: Chronicle
     * would have waited for another process to begin it.
     *
     * @return the position of the first excerpt.
     */
    long begin(final DiskFile file) throws IOException {
        try (DocumentContext excerpt = appender.writingDocument()) {
            excerpt.rollbackOnClose(); // writes the file's own header, and leaves no excerpt in it
        } catch (final IllegalStateException | IORuntimeException e) {
            throw new IOException(e.getMessage(), e);
        }
        final long first = endOfDescription(file);
        if (first == 0) {
            throw new IOException("Chronicle does not write the file " + NAME);
        }
        return first;
    }

    private static long endOfDescription(final DiskFile file) throws IOException {
        final ByteBuffer header = ByteBuffer.allocate(Excerpt.HEADER_LENGTH).order(Excerpt.ORDER);
        long position = 0;
        while (file.read(header.clear(), position) == Excerpt.HEADER_LENGTH && Excerpt.isMetadata(header.getInt(0))) {
            position = Excerpt.next(position, Excerpt.length(header.getInt(0)));
        }
        return position;
    }

    /** Ends the mapping. */
    @Override
    public void close() {
        queue.close();
    }
}
