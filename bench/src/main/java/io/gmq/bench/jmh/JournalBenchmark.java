package io.gmq.bench.jmh;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.journal.JournalSettings;
import io.gmq.journal.RecordFrame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The journal alone: a batch of records appended and committed, with and without a sync; and, to compare with, what the machine itself
 * can do with the same bytes in a plain file: one write and one {@code fdatasync}. An operation is a batch; the records and their bytes
 * are counted beside.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class JournalBenchmark extends ChronicleBenchmark {
    /** What a batch consists of. */
    @State(Scope.Thread)
    public static class Batch {
        /** Bytes of each record. */
        @Param({"256", "1024", "16384"})
        int recordBytes;

        /** Records that are committed together. */
        @Param({"1", "16", "256", "1024"})
        int batch;

        /** A folder on the disk that is to be measured. */
        @Param(".")
        String folder;

        UnsafeBuffer record;
        ScratchFolder scratch;

        @Setup(Level.Trial)
        public void setUp() throws IOException {
            record = new UnsafeBuffer(new byte[recordBytes]);
            CommandHeader.write(record, 0, CommandType.PUBLISH, 0, 1);
            scratch = new ScratchFolder(folder);
            open();
        }

        /** Opens what is measured. */
        void open() throws IOException {
            // nothing here
        }

        /** Closes what {@link #open} has opened. */
        void close() throws IOException {
            // nothing here
        }

        @TearDown(Level.Trial)
        public void tearDown() throws IOException {
            close();
            scratch.close();
        }

        /** Bytes of a batch as the journal frames it. */
        int frameBytes() {
            return RecordFrame.HEADER_LENGTH + batch * (RecordFrame.RECORD_HEADER_LENGTH + recordBytes);
        }
    }

    /** A journal. */
    @State(Scope.Thread)
    public static class OnDisk extends Batch {
        JournalHost journal;

        @Override
        void open() {
            journal = JournalHost.chronicle(scratch.path());
        }

        @Override
        void close() {
            journal.close();
        }

        void append() {
            for (int i = 0; i < batch; i++) {
                journal.append(record);
            }
            journal.commit();
        }
    }

    /** What stands in its place where nothing is stored. */
    @State(Scope.Thread)
    public static class InMemory extends OnDisk {
        @Override
        void open() {
            journal = JournalHost.memory();
        }
    }

    /** A plain file. */
    @State(Scope.Thread)
    public static class PlainFile extends Batch {
        private static final long APPENDED_MAX = 1L << 30;

        FileChannel file;
        ByteBuffer frame;
        long position;

        @Override
        void open() throws IOException {
            frame = ByteBuffer.allocateDirect(frameBytes());
            file = FileChannel.open(scratch.path().resolve("plain"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }

        @Override
        void close() throws IOException {
            file.close();
        }

        /** So that it does not grow for ever. */
        @Setup(Level.Iteration)
        public void startOver() throws IOException {
            position = 0;
            file.truncate(0);
            file.force(true);
        }

        void write() throws IOException {
            frame.clear();
            while (frame.hasRemaining()) {
                position += file.write(frame, position);
            }
            file.force(false);
        }

        void append() throws IOException {
            if (position + frame.capacity() > APPENDED_MAX) {
                startOver();
            }
            write();
        }
    }

    /** A plain file with blocks that were written before. */
    @State(Scope.Thread)
    public static class WrittenFile extends PlainFile {
        private long length;

        @Override
        public void startOver() throws IOException {
            position = 0;
        }

        @Override
        void open() throws IOException {
            super.open();
            length = Math.max(JournalSettings.SEGMENT_BYTES_DEFAULT, frame.capacity());
            final ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 20);
            for (long at = 0; at < length; at += zeros.capacity()) {
                file.write(zeros.clear(), at);
            }
            file.force(true);
        }

        void overwrite() throws IOException {
            if (position + frame.capacity() > length) {
                position = 0;
            }
            write();
        }
    }

    /** What the batches come to. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Amount {
        public long records;
        public long bytes;

        private void add(final Batch batch) {
            records += batch.batch;
            bytes += (long) batch.batch * batch.recordBytes;
        }
    }

    /** What a reply at level {@code written} waits for. */
    @Benchmark
    public void append(final OnDisk disk, final Amount amount) {
        disk.append();
        amount.add(disk);
    }

    /** What a reply waits for where nothing is stored: nothing, and the compiler finds that out. */
    @Benchmark
    public void appendInMemory(final InMemory memory, final Amount amount) {
        memory.append();
        amount.add(memory);
    }

    /** What a reply at level {@code synced} waits for. */
    @Benchmark
    public void appendAndSync(final OnDisk disk, final Amount amount) {
        disk.append();
        disk.journal.sync();
        amount.add(disk);
    }

    /** The machine's own: a file that becomes longer with each write. */
    @Benchmark
    public void plainAppendAndSync(final PlainFile file, final Amount amount) throws IOException {
        file.append();
        amount.add(file);
    }

    /** The machine's own: blocks that are there, and were written before. */
    @Benchmark
    public void plainOverwriteAndSync(final WrittenFile file, final Amount amount) throws IOException {
        file.overwrite();
        amount.add(file);
    }
}
