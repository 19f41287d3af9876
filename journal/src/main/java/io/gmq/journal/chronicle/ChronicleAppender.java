package io.gmq.journal.chronicle;

import io.gmq.journal.RecordBatch;
import io.gmq.journal.disk.Appender;
import io.gmq.journal.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.core.io.IORuntimeException;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LargeRollCycles;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * One segment's Chronicle queue, each batch an excerpt of its own.
 *
 * <p>Chronicle is set so that it never rolls (its clock stands still) and never maps anew: one block of the file's mapping takes
 * a whole segment.
 */
final class ChronicleAppender implements Appender {
    /** The file of the one cycle that there is: that of the clock's time 0. */
    static final String QUEUE_FILE = "19700101X.cq4";
    /** What Chronicle keeps beside it. */
    static final String TABLE_FILE = "metadata.cq4t";
    static final int TABLE_BYTES = 128 << 10;
    /** With these an index has 8 KiB pages, one for each 262,144 excerpts, and room for more than a segment can hold. */
    private static final int INDEX_COUNT = 1024;
    private static final int INDEX_SPACING = 256;

    private final ChronicleQueue queue;
    private final ExcerptAppender appender;
    private final BytesStore<?, ?> source;

    private ChronicleAppender(final ChronicleQueue queue, final ExcerptAppender appender, final RecordBatch batch) {
        this.queue = queue;
        this.appender = appender;
        this.source = BytesStore.wrap(batch.bytes());
    }

    /**
     * Opens a new queue up to where it makes its file. The table beside it is there, full of zeros, which Chronicle takes for a new one.
     *
     * @param folder     the queue's.
     * @param blockBytes the most that the file can hold.
     * @param batch      the only one that will be appended.
     */
    static ChronicleAppender open(final Path folder, final long blockBytes, final RecordBatch batch) throws IOException {
        ChronicleRuntime.prepare();
        ChronicleQueue queue = null;
        boolean opened = false;
        try {
            queue = SingleChronicleQueueBuilder.binary(folder)
                .rollCycle(LargeRollCycles.XLARGE_DAILY)
                .timeProvider(() -> 0L)
                .indexCount(INDEX_COUNT)
                .indexSpacing(INDEX_SPACING)
                .blockSize(blockBytes)
                .build();
            final ChronicleAppender appender = new ChronicleAppender(queue, queue.createAppender(), batch);
            opened = true;
            return appender;
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
     */
    void begin(final DiskFile file) throws IOException {
        try (DocumentContext excerpt = appender.writingDocument()) {
            excerpt.rollbackOnClose(); // writes the file's own header, and leaves no excerpt in it
        } catch (final IllegalStateException | IORuntimeException e) {
            throw new IOException(e.getMessage(), e);
        }
        final ByteBuffer header = ByteBuffer.allocate(Integer.BYTES);
        if (file.read(header, 0) != Integer.BYTES || header.getInt(0) == 0) {
            throw new IOException("Chronicle does not write the file " + QUEUE_FILE);
        }
    }

    @Override
    public long append(final int length) {
        try (DocumentContext excerpt = appender.writingDocument()) {
            boolean written = false;
            try {
                final Bytes<?> bytes = excerpt.wire().bytes();
                bytes.write(source, 0L, (long) length);
                final long position = bytes.writePosition();
                written = true;
                return position;
            } finally {
                if (!written) {
                    excerpt.rollbackOnClose();
                }
            }
        }
    }

    @Override
    public void close() {
        queue.close();
    }
}
