package io.gmq.journal.snapshot;

import io.gmq.journal.disk.Disk;
import io.gmq.journal.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another disk, of which one call fails: the n-th, of all that can. A write that fails has written half by then. */
final class FaultyDisk implements Disk {
    static final String REASON = "no space left";

    private final Disk disk;
    private final int failing;
    private final List<String> calls = new ArrayList<>();

    /** @param failing which call, from 1; 0 for none. */
    FaultyDisk(final Disk disk, final int failing) {
        this.disk = disk;
        this.failing = failing;
    }

    /** What was called so far. */
    List<String> calls() {
        return calls;
    }

    boolean hasFailed() {
        return failing > 0 && calls.size() >= failing;
    }

    private void call(final String name) throws IOException {
        if (count(name)) {
            throw new IOException(REASON);
        }
    }

    private boolean count(final String name) {
        calls.add(name);
        return calls.size() == failing;
    }

    @Override
    public DiskFile create(final Path file) throws IOException {
        call("create");
        return new FaultyFile(disk.create(file));
    }

    @Override
    public DiskFile open(final Path file) throws IOException {
        call("open");
        return new FaultyFile(disk.open(file));
    }

    @Override
    public DiskFile read(final Path file) throws IOException {
        call("read");
        return new FaultyFile(disk.read(file));
    }

    @Override
    public void createFolder(final Path folder) throws IOException {
        call("createFolder");
        disk.createFolder(folder);
    }

    @Override
    public void rename(final Path from, final Path to) throws IOException {
        call("rename");
        disk.rename(from, to);
    }

    @Override
    public void delete(final Path path) throws IOException {
        call("delete");
        disk.delete(path);
    }

    @Override
    public List<Path> list(final Path folder) throws IOException {
        call("list");
        return disk.list(folder);
    }

    @Override
    public void forceFolder(final Path folder) throws IOException {
        call("forceFolder");
        disk.forceFolder(folder);
    }

    @Override
    public long usableBytes(final Path folder) throws IOException {
        call("usableBytes");
        return disk.usableBytes(folder);
    }

    private final class FaultyFile implements DiskFile {
        private final DiskFile file;

        FaultyFile(final DiskFile file) {
            this.file = file;
        }

        @Override
        public int read(final ByteBuffer into, final long position) throws IOException {
            call("file.read");
            return file.read(into, position);
        }

        @Override
        public void write(final ByteBuffer from, final long position) throws IOException {
            if (count("file.write")) {
                file.write(from.limit(from.position() + from.remaining() / 2), position);
                throw new IOException(REASON);
            }
            file.write(from, position);
        }

        @Override
        public void force() throws IOException {
            call("file.force");
            file.force();
        }

        @Override
        public long size() throws IOException {
            call("file.size");
            return file.size();
        }

        @Override
        public void truncate(final long size) throws IOException {
            call("file.truncate");
            file.truncate(size);
        }

        /** Fails after it has closed, as the operating system's does. */
        @Override
        public void close() throws IOException {
            file.close();
            call("file.close");
        }
    }
}
