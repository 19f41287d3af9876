package io.gmq.broker.torture;

import io.gmq.journal.RecordFrame;
import io.gmq.journal.disk.Disk;
import io.gmq.journal.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Another disk, at one call of which the process ends, as by {@code kill -9}: at once and with nothing closed. Or the calling thread
 * has no more stack. Any thread's.
 */
final class KillingDisk implements Disk {
    /** What the process ends with. */
    static final int EXIT = 137;

    /**
     * One call of a kind.
     *
     * @param what    happens: the end {@code before} or {@code after} the call has done its work, or a stack {@code overflow}.
     * @param kind    name of the call ({@code append} for the write of a batch), and of the folder its file is in, {@code force journal}.
     * @param count   which one, from 1.
     */
    record Point(String what, String kind, int count) {
        /** As {@link #toString} gives it. */
        static Point of(final String text) {
            final String[] parts = text.split(",");
            return new Point(parts[0], parts[1], Integer.parseInt(parts[2]));
        }

        @Override
        public String toString() {
            return what + ',' + kind + ',' + count;
        }
    }

    private final Disk disk;
    private final Point point;
    private final AtomicInteger calls = new AtomicInteger();

    KillingDisk(final Disk disk, final Point point) {
        this.disk = disk;
        this.point = point;
    }

    private interface Call<T> {
        T run() throws IOException;
    }

    private interface Action {
        void run() throws IOException;
    }

    private <T> T call(final String name, final Path path, final Call<T> call) throws IOException {
        final boolean isReached = point.kind.equals(kind(name, path)) && calls.incrementAndGet() == point.count;
        if (isReached && point.what.equals("before")) {
            Runtime.getRuntime().halt(EXIT);
        }
        if (isReached && point.what.equals("overflow")) {
            overflow(0);
        }
        final T result = call.run();
        if (isReached) {
            Runtime.getRuntime().halt(EXIT);
        }
        return result;
    }

    /** Throws a {@link StackOverflowError}, a real one. */
    static int overflow(final int depth) {
        return overflow(depth + 1) + depth;
    }

    private void act(final String name, final Path path, final Action action) throws IOException {
        call(name, path, () -> {
            action.run();
            return null;
        });
    }

    private static String kind(final String name, final Path path) {
        return name + (path.toString().contains("snapshot") ? " snapshots" : " journal");
    }

    @Override
    public DiskFile create(final Path file) throws IOException {
        return call("create", file, () -> new KillingFile(file, disk.create(file)));
    }

    @Override
    public DiskFile open(final Path file) throws IOException {
        return new KillingFile(file, disk.open(file));
    }

    @Override
    public DiskFile read(final Path file) throws IOException {
        return disk.read(file);
    }

    @Override
    public void createFolder(final Path folder) throws IOException {
        act("createFolder", folder, () -> disk.createFolder(folder));
    }

    @Override
    public void rename(final Path from, final Path to) throws IOException {
        act("rename", from, () -> disk.rename(from, to));
    }

    @Override
    public void delete(final Path path) throws IOException {
        act("delete", path, () -> disk.delete(path));
    }

    @Override
    public List<Path> list(final Path folder) throws IOException {
        return disk.list(folder);
    }

    @Override
    public void forceFolder(final Path folder) throws IOException {
        act("forceFolder", folder, () -> disk.forceFolder(folder));
    }

    @Override
    public long usableBytes(final Path folder) throws IOException {
        return disk.usableBytes(folder);
    }

    private static boolean isBatch(final ByteBuffer from) {
        return from.remaining() >= RecordFrame.HEADER_LENGTH && RecordFrame.beginsAt(new UnsafeBuffer(from), from.position());
    }

    private final class KillingFile implements DiskFile {
        private final Path path;
        private final DiskFile file;

        KillingFile(final Path path, final DiskFile file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public int read(final ByteBuffer into, final long position) throws IOException {
            return file.read(into, position);
        }

        @Override
        public void write(final ByteBuffer from, final long position) throws IOException {
            act(isBatch(from) ? "append" : "write", path, () -> file.write(from, position));
        }

        @Override
        public void force() throws IOException {
            act("force", path, file::force);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void truncate(final long size) throws IOException {
            act("truncate", path, () -> file.truncate(size));
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
