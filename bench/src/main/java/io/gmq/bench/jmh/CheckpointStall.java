package io.gmq.bench.jmh;

import io.gmq.engine.api.SnapshotSink;
import io.gmq.engine.core.Engine;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Prints for how long the engine's thread is held up by a checkpoint: at its beginning, by each slice, and if all were told at
 * once; and how long it takes to make an engine out of what was told. Messages of 200 bytes, of which some are published, taken
 * and settled between the slices.
 */
public final class CheckpointStall {
    private static final int[] HELD = {1_000_000, 10_000_000};
    private static final int QUEUES = 64;
    private static final int MESSAGES_BETWEEN_CLOCKS = 64;
    private static final long SLICE_NS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final int COMMANDS_BETWEEN_SLICES = 256;
    private static final int BYTES_PER_MESSAGE = 256;
    private static final int CHUNK_LENGTH = 64 << 20;

    private CheckpointStall() {
    }

    /** @param args none. */
    public static void main(final String[] args) {
        System.out.printf(Locale.ROOT, "%12s %6s %12s %12s %12s %12s %12s %12s %12s%n", "held", "round", "begin ms", "longest ms", "told in ms",
            "at once ms", "bytes", "restore ms", "digest ms");
        for (final int held : HELD) {
            final EngineDriver driver = new EngineDriver(QUEUES);
            for (int i = 0; i < held; i++) {
                driver.publish(i % QUEUES);
            }
            final Memory memory = new Memory((long) held * BYTES_PER_MESSAGE);
            for (int round = 1; round <= 4; round++) {
                measure(driver, memory, round);
            }
            memory.free();
        }
    }

    private static void measure(final EngineDriver driver, final Memory told, final int round) {
        final Engine engine = driver.engine();
        told.clear();
        final long atOnceNs = System.nanoTime();
        engine.beginCheckpoint(told);
        while (!engine.continueCheckpoint(Integer.MAX_VALUE)) {
            // a slice ends after so many bytes, whatever is asked for
        }
        engine.endCheckpoint();
        final long toldAtOnceNs = System.nanoTime() - atOnceNs;

        told.clear();
        final long beginNs = System.nanoTime();
        engine.beginCheckpoint(told);
        final long begunNs = System.nanoTime() - beginNs;
        long longestNs = begunNs;
        long allNs = begunNs;
        boolean isWhole = false;
        while (!isWhole) {
            for (int i = 0; i < COMMANDS_BETWEEN_SLICES; i++) {
                driver.publish(i % QUEUES);
                driver.take(i % QUEUES);
                driver.ack(i % QUEUES);
            }
            final long startNs = System.nanoTime();
            while (!isWhole && System.nanoTime() - startNs < SLICE_NS) {
                isWhole = engine.continueCheckpoint(MESSAGES_BETWEEN_CLOCKS);
            }
            final long tookNs = System.nanoTime() - startNs;
            longestNs = Math.max(longestNs, tookNs);
            allNs += tookNs;
        }
        final long digest = engine.checkpointDigest();
        engine.endCheckpoint();
        final long restoreNs = System.nanoTime();
        final Engine restored = told.restore();
        final long restoredNs = System.nanoTime() - restoreNs;
        final long hashNs = System.nanoTime();
        if (restored.digest() != digest) {
            throw new IllegalStateException("restored another state than was told");
        }
        System.out.printf(Locale.ROOT, "%12d %6d %12.2f %12.2f %12.0f %12.0f %12d %12.0f %12.0f%n", driver.held(), round, begunNs / 1e6,
            longestNs / 1e6, allNs / 1e6, toldAtOnceNs / 1e6, told.bytes, restoredNs / 1e6, (System.nanoTime() - hashNs) / 1e6);
    }

    /** Keeps entries in memory that was there, and touched, before: one after the other. */
    private static final class Memory implements SnapshotSink {
        private final List<UnsafeBuffer> chunks = new ArrayList<>();
        private final int[] ends;
        private int current;
        private long bytes;

        private Memory(final long capacity) {
            for (long room = 0; room < capacity; room += CHUNK_LENGTH) {
                chunks.add(new UnsafeBuffer(ByteBuffer.allocateDirect(CHUNK_LENGTH)));
            }
            ends = new int[chunks.size()];
        }

        @Override
        public void entry(final DirectBuffer head, final int headLength, final DirectBuffer tail, final int tailOffset, final int tailLength) {
            final int length = headLength + tailLength;
            if (ends[current] + Integer.BYTES + length > CHUNK_LENGTH) {
                current++;
            }
            final UnsafeBuffer chunk = chunks.get(current);
            final int at = ends[current];
            chunk.putInt(at, length);
            chunk.putBytes(at + Integer.BYTES, head, 0, headLength);
            chunk.putBytes(at + Integer.BYTES + headLength, tail, tailOffset, tailLength);
            ends[current] = at + Integer.BYTES + length;
            bytes += Integer.BYTES + length;
        }

        private Engine restore() {
            final Engine restored = new Engine();
            for (int i = 0; i <= current; i++) {
                final UnsafeBuffer chunk = chunks.get(i);
                for (int at = 0; at < ends[i]; at += Integer.BYTES + chunk.getInt(at)) {
                    restored.restore(chunk, at + Integer.BYTES, chunk.getInt(at));
                }
            }
            restored.endRestore();
            return restored;
        }

        private void clear() {
            Arrays.fill(ends, 0);
            current = 0;
            bytes = 0;
        }

        private void free() {
            chunks.forEach(buffer -> BufferUtil.free(buffer));
        }
    }
}
