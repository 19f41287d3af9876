package io.gmq.journal.snapshot;

import static io.gmq.journal.snapshot.SnapshotFixture.QUIET;

import io.gmq.engine.ring.ParkingIdleStrategy;
import io.gmq.journal.disk.DiskFile;
import io.gmq.journal.disk.LocalDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Measures on a real disk: how fast a snapshot is written and read, and what its writing does to syncs beside it. To be run by hand,
 * with the classes of this module and its tests, and with {@code --add-opens java.base/jdk.internal.misc=ALL-UNNAMED}:
 * {@code SnapshotProbe FOLDER [MIB]}; the folder is made, and must not exist.
 */
public final class SnapshotProbe {
    private static final int ENTRY_LENGTH = 256;
    private static final int HEAD_LENGTH = 56;
    private static final int SYNC_BYTES = 4096;
    private static final int SYNCS_ALONE = 2000;

    private final Path folder;
    private final long bytes;

    private SnapshotProbe(final Path folder, final long bytes) {
        this.folder = folder;
        this.bytes = bytes;
    }

    public static void main(final String[] args) throws Exception {
        final long mib = args.length > 1 ? Long.parseLong(args[1]) : 1024;
        new SnapshotProbe(Path.of(args[0]), mib << 20).run();
    }

    private void run() throws Exception {
        final Snapshots snapshots = new Snapshots(LocalDisk.INSTANCE, folder);
        snapshots.prepare();
        final SnapshotInfo first = write(snapshots, 1);
        snapshots.delete(first.file());
        try (DiskFile file = LocalDisk.INSTANCE.create(folder.resolve("synced"))) {
            print("4 KiB syncs alone", syncs(file, () -> false));
            final AtomicReference<SnapshotInfo> written = new AtomicReference<>();
            final Thread writing = new Thread(() -> written.set(write(snapshots, 2)));
            writing.start();
            print("4 KiB syncs beside it", syncs(file, writing::isAlive));
            writing.join();
            read(snapshots, written.get());
        }
    }

    private SnapshotInfo write(final Snapshots snapshots, final long sequence) {
        final ParkingIdleStrategy idle = new ParkingIdleStrategy();
        final SnapshotWriter writer = snapshots.begin(System.currentTimeMillis(), SnapshotFixture.SYNCED, idle);
        final Thread keeper = new Thread(() -> keep(writer, idle));
        final UnsafeBuffer entry = new UnsafeBuffer(new byte[ENTRY_LENGTH]);
        final long begin = System.nanoTime();
        keeper.start();
        writer.cover(sequence, 0);
        for (long told = 0; told < bytes; told += ENTRY_LENGTH) {
            while (!writer.hasRoom()) {
                Thread.yield();
            }
            entry.putLong(HEAD_LENGTH, told);
            writer.entry(entry, HEAD_LENGTH, entry, HEAD_LENGTH, ENTRY_LENGTH - HEAD_LENGTH);
        }
        writer.complete(0);
        try {
            keeper.join();
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
        final SnapshotInfo info = writer.stored().orElseThrow(() -> new IllegalStateException(writer.abandonedBecause().orElse("")));
        rate("written", info, begin);
        return info;
    }

    private void read(final Snapshots snapshots, final SnapshotInfo info) {
        for (int round = 0; round < 3; round++) {
            final long begin = System.nanoTime();
            if (!snapshots.check(info.file(), QUIET).isWhole()) {
                throw new IllegalStateException();
            }
            rate("checked", info, begin);
        }
        for (int round = 0; round < 3; round++) {
            final long begin = System.nanoTime();
            final long[] sum = new long[1];
            snapshots.read(info, (buffer, offset, length) -> sum[0] += buffer.getLong(offset) + length, QUIET);
            rate("handed over", info, begin);
        }
    }

    private static void keep(final SnapshotWriter writer, final ParkingIdleStrategy idle) {
        try {
            while (!writer.isOver()) {
                idle.idle(writer.work());
            }
        } catch (final IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long[] syncs(final DiskFile file, final Going going) throws IOException {
        final ByteBuffer page = ByteBuffer.allocateDirect(SYNC_BYTES);
        long[] times = new long[0];
        for (int i = 0; i < SYNCS_ALONE || going.isGoing(); i++) {
            final long begin = System.nanoTime();
            file.write(page.clear(), (long) i * SYNC_BYTES);
            file.force();
            times = times.length == i ? Arrays.copyOf(times, Math.max(SYNCS_ALONE, 2 * i)) : times;
            times[i] = System.nanoTime() - begin;
            if (!going.isGoing() && i >= SYNCS_ALONE - 1) {
                return Arrays.copyOf(times, i + 1);
            }
        }
        return times;
    }

    private static void print(final String what, final long[] times) {
        Arrays.sort(times);
        System.out.printf("%s: %d, p50 %.2f ms, p99 %.2f ms, max %.2f ms%n", what, times.length, times[times.length / 2] / 1e6,
            times[times.length * 99 / 100] / 1e6, times[times.length - 1] / 1e6);
    }

    private static void rate(final String what, final SnapshotInfo info, final long begin) {
        final double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf("%s: %d entries, %.0f MB in %.2f s, %.0f MB/s%n", what, info.entries(), info.bytes() / 1e6, seconds,
            info.bytes() / 1e6 / seconds);
    }

    @FunctionalInterface
    private interface Going {
        boolean isGoing();
    }
}
