package io.gmq.journal.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.ring.Waker;
import io.gmq.journal.disk.Disk;
import io.gmq.journal.disk.LocalDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Snapshots for tests. */
final class SnapshotFixture {
    static final long CREATED_MS = 1_700_000_000_000L;
    static final long COVERED_MS = 1_700_000_000_001L;
    static final long DIGEST = 0x0123_4567_89AB_CDEFL;
    static final JournalSync SYNCED = sequence -> true;
    static final LongConsumer QUIET = bytes -> { };

    private SnapshotFixture() {
    }

    static Snapshots snapshots(final Path folder) throws IOException {
        return snapshots(LocalDisk.INSTANCE, folder);
    }

    static Snapshots snapshots(final Disk disk, final Path folder) throws IOException {
        final Snapshots snapshots = new Snapshots(disk, folder);
        snapshots.prepare();
        return snapshots;
    }

    static SnapshotWriter begin(final Snapshots snapshots) {
        return snapshots.begin(CREATED_MS, SYNCED, Waker.NONE);
    }

    /** Random bytes of random lengths. */
    static List<byte[]> entries(final long seed, final int count, final int lengthMax) {
        final Random random = new Random(seed);
        final List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final byte[] entry = new byte[random.nextInt(lengthMax + 1)];
            random.nextBytes(entry);
            entries.add(entry);
        }
        return entries;
    }

    /** Tells an entry in two pieces, from the middle of buffers. */
    static void tell(final SnapshotWriter writer, final byte[] entry) {
        final int headLength = entry.length / 3;
        writer.entry(new UnsafeBuffer(entry), headLength, new UnsafeBuffer(entry), headLength, entry.length - headLength);
    }

    /** Writes a snapshot, keeper and logic taking turns. */
    static SnapshotInfo write(final Snapshots snapshots, final long sequence, final List<byte[]> entries) throws IOException {
        final SnapshotWriter writer = begin(snapshots);
        tellAll(writer, sequence, entries);
        assertThat(writer.abandonedBecause()).isEmpty();
        return writer.stored().orElseThrow();
    }

    /** Tells all, and lets the keeper work until it is over. */
    static void tellAll(final SnapshotWriter writer, final long sequence, final List<byte[]> entries) throws IOException {
        for (final byte[] entry : entries) {
            if (writer.isAbandoned()) {
                break;
            }
            tell(writer, entry);
            writer.work();
        }
        writer.cover(sequence, COVERED_MS);
        if (!writer.isAbandoned()) {
            writer.complete(DIGEST);
        }
        finish(writer);
    }

    static void finish(final SnapshotWriter writer) throws IOException {
        while (!writer.isOver()) {
            assertThat(writer.work()).as("work left").isPositive();
        }
    }

    static List<byte[]> read(final Snapshots snapshots, final SnapshotInfo info) {
        final List<byte[]> entries = new ArrayList<>();
        snapshots.read(info, (buffer, offset, length) -> entries.add(copy(buffer, offset, length)), QUIET);
        return entries;
    }

    private static byte[] copy(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] entry = new byte[length];
        buffer.getBytes(offset, entry);
        return entry;
    }
}
