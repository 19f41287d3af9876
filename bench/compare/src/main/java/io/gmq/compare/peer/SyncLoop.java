package io.gmq.compare.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/** What the disk can do: a record, of 256 bytes where nothing else is said, written and synced (fdatasync), one after the other. */
public final class SyncLoop {
    /** Long enough for a rough figure. */
    static final long SHORT_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int RECORD_BYTES = 256;
    private static final int AHEAD_BYTES = 64 << 20;

    private SyncLoop() {
    }

    /** Appends to a file that grows with each record. */
    public static Samples appendAndSync(final Path folder, final long durationNs) throws IOException {
        return appendAndSync(folder, durationNs, RECORD_BYTES);
    }

    /** The same with records of another length. */
    public static Samples appendAndSync(final Path folder, final long durationNs, final int recordBytes) throws IOException {
        return run(folder, durationNs, recordBytes, 0);
    }

    /** Writes one after the other into a file that has been written before: nothing but the data is to be synced. */
    public static Samples overwriteAndSync(final Path folder, final long durationNs) throws IOException {
        return run(folder, durationNs, RECORD_BYTES, AHEAD_BYTES);
    }

    private static Samples run(final Path folder, final long durationNs, final int recordBytes, final int aheadBytes) throws IOException {
        final Path file = folder.resolve("sync-loop");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
            final ByteBuffer ahead = ByteBuffer.allocateDirect(1 << 20);
            for (int written = 0; written < aheadBytes; written += ahead.capacity()) {
                channel.write(ahead.clear());
            }
            channel.force(true);
            channel.position(0);
            final ByteBuffer record = ByteBuffer.allocateDirect(recordBytes);
            final Samples samples = new Samples();
            final long end = System.nanoTime() + durationNs;
            for (long before = System.nanoTime(); before < end;) {
                if (aheadBytes > 0 && channel.position() >= aheadBytes) {
                    channel.position(0);
                }
                channel.write(record.clear());
                channel.force(false);
                final long after = System.nanoTime();
                samples.add(after - before);
                before = after;
            }
            return samples;
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
