package io.gmq.journal.snapshot;

import static io.gmq.journal.snapshot.SnapshotFixture.COVERED_MS;
import static io.gmq.journal.snapshot.SnapshotFixture.CREATED_MS;
import static io.gmq.journal.snapshot.SnapshotFixture.DIGEST;
import static io.gmq.journal.snapshot.SnapshotFixture.SYNCED;
import static io.gmq.journal.snapshot.SnapshotFixture.entries;
import static io.gmq.journal.snapshot.SnapshotFixture.read;
import static io.gmq.journal.snapshot.SnapshotFixture.snapshots;
import static io.gmq.journal.snapshot.SnapshotFixture.tell;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.gmq.engine.ring.ParkingIdleStrategy;
import io.gmq.engine.ring.Waker;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The three threads of a snapshot, as in the broker. */
@Timeout(120)
class SnapshotThreadsTest {
    private static final int SNAPSHOTS = 6;

    @TempDir
    private Path folder;

    @Test
    void shouldStoreWhatIsToldWhileTheKeeperWrites() throws Exception {
        final Snapshots snapshots = snapshots(folder);
        for (int sequence = 1; sequence <= SNAPSHOTS; sequence++) {
            final List<byte[]> entries = entries(sequence, 40_000, 2000);
            final ParkingIdleStrategy keeper = new ParkingIdleStrategy();
            final SnapshotWriter writer = snapshots.begin(CREATED_MS, SYNCED, keeper);
            final FutureTask<Void> keeping = start(() -> keep(writer, keeper));
            final int covered = sequence;
            final FutureTask<Void> covering = start(() -> writer.cover(covered, COVERED_MS));
            for (final byte[] entry : entries) {
                tell(writer, entry);
                while (!writer.hasRoom()) {
                    Thread.onSpinWait();
                }
            }
            writer.complete(DIGEST);
            covering.get();
            keeping.get();
            assertThat(writer.abandonedBecause()).isEmpty();
            assertThat(read(snapshots, writer.stored().orElseThrow())).usingElementComparator(Arrays::compare).isEqualTo(entries);
        }
        assertThat(snapshots.list()).hasSize(SNAPSHOTS);
    }

    @Test
    void shouldEndWhateverIsToldWhileItIsGivenUp() throws Exception {
        final Snapshots snapshots = snapshots(folder);
        for (int round = 1; round <= SNAPSHOTS; round++) {
            final ParkingIdleStrategy keeper = new ParkingIdleStrategy();
            final SnapshotWriter writer = snapshots.begin(CREATED_MS, SYNCED, keeper);
            final FutureTask<Void> keeping = start(() -> keep(writer, keeper));
            final FutureTask<Void> stopping = start(() -> writer.abandon("the broker stops"));
            final UnsafeBuffer entry = new UnsafeBuffer(new byte[5000]);
            while (!writer.isAbandoned()) {
                if (writer.hasRoom()) {
                    writer.entry(entry, 5000, entry, 0, 0);
                }
            }
            stopping.get();
            keeping.get();
            assertThat(writer.abandonedBecause()).contains("the broker stops");
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void shouldAllocateNothingForEntriesAfterTheFirstSnapshot() throws IOException {
        final Snapshots snapshots = snapshots(folder);
        tellMany(snapshots, 1);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long before = threads.getCurrentThreadAllocatedBytes();
        tellMany(snapshots, 2);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
    }

    private static void tellMany(final Snapshots snapshots, final long sequence) throws IOException {
        final SnapshotWriter writer = snapshots.begin(CREATED_MS, SYNCED, Waker.NONE);
        final UnsafeBuffer entry = new UnsafeBuffer(new byte[200]);
        for (int i = 0; i < 100_000; i++) {
            writer.entry(entry, 40, entry, 40, 160);
            if (!writer.hasRoom()) {
                writer.work();
            }
        }
        writer.cover(sequence, COVERED_MS);
        writer.complete(DIGEST);
        SnapshotFixture.finish(writer);
    }

    private static void keep(final SnapshotWriter writer, final ParkingIdleStrategy idle) throws IOException {
        while (!writer.isOver()) {
            idle.idle(writer.work());
        }
    }

    private static FutureTask<Void> start(final Task task) {
        final FutureTask<Void> future = new FutureTask<>(() -> {
            task.run();
            return null;
        });
        new Thread(future).start();
        return future;
    }

    @FunctionalInterface
    private interface Task {
        void run() throws IOException;
    }
}
