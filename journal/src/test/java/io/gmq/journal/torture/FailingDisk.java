package io.gmq.journal.torture;

import io.gmq.journal.disk.Disk;
import io.gmq.journal.disk.DiskFile;
import io.gmq.journal.disk.LocalDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The real disk, of which one call fails: the n-th, of all that can. A write that fails has written half of it by then. Sees to it
 * that a force that failed is never tried again, and that no file stays open. For one thread.
 */
final class FailingDisk implements Disk {
    private final LocalDisk disk = LocalDisk.INSTANCE;
    private final int failing;
    private final String reason;
    private final Set<Path> failedForces = new HashSet<>();
    private final List<Path> open = new ArrayList<>();
    private int calls;
    private String failed;

    /** @param failing which call, from 1. */
    FailingDisk(final int failing, final String reason) {
        this.failing = failing;
        this.reason = reason;
    }

    /** What has failed, null where nothing has yet. */
    String failed() {
        return failed;
    }

    /** What is open now. */
    List<Path> open() {
        return open;
    }

    private boolean isFailing(final String call, final Path path) {
        calls++;
        if (calls == failing) {
            failed = "call " + calls + ", " + call + " of " + path;
        }
        return calls == failing;
    }

    private void call(final String name, final Path path) throws IOException {
        if (isFailing(name, path)) {
            throw new IOException(reason);
        }
    }

    @Override
    public DiskFile create(final Path file) throws IOException {
        call("create", file);
        return opened(file, disk.create(file));
    }

    @Override
    public DiskFile open(final Path file) throws IOException {
        call("open", file);
        return opened(file, disk.open(file));
    }

    @Override
    public DiskFile read(final Path file) throws IOException {
        call("read", file);
        return opened(file, disk.read(file));
    }

    private DiskFile opened(final Path path, final DiskFile file) {
        open.add(path);
        return new FailingFile(path, file);
    }

    @Override
    public void createFolder(final Path folder) throws IOException {
        call("createFolder", folder);
        disk.createFolder(folder);
    }

    @Override
    public void rename(final Path from, final Path to) throws IOException {
        call("rename", from);
        disk.rename(from, to);
    }

    @Override
    public void delete(final Path path) throws IOException {
        call("delete", path);
        disk.delete(path);
        failedForces.remove(path); // whatever gets this name is another file
    }

    @Override
    public List<Path> list(final Path folder) throws IOException {
        call("list", folder);
        return disk.list(folder);
    }

    @Override
    public void forceFolder(final Path folder) throws IOException {
        forcing("forceFolder", folder);
    }

    private void forcing(final String name, final Path path) throws IOException {
        // A snapshot whose entry could not be forced is given up, and nothing hangs on whether its deletion is on disk.
        if (failedForces.contains(path) && !path.endsWith("snapshots")) {
            throw new AssertionError("forced again, after it has failed: " + path);
        }
        if (isFailing(name, path)) {
            failedForces.add(path);
            throw new IOException(reason);
        }
    }

    @Override
    public long usableBytes(final Path folder) throws IOException {
        call("usableBytes", folder);
        return disk.usableBytes(folder);
    }

    private final class FailingFile implements DiskFile {
        private final Path path;
        private final DiskFile file;
        private boolean isClosed;

        FailingFile(final Path path, final DiskFile file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public int read(final ByteBuffer into, final long position) throws IOException {
            call("read", path);
            return file.read(into, position);
        }

        @Override
        public void write(final ByteBuffer from, final long position) throws IOException {
            if (isFailing("write", path)) {
                file.write(from.limit(from.position() + from.remaining() / 2), position);
                throw new IOException(reason);
            }
            file.write(from, position);
        }

        @Override
        public void force() throws IOException {
            forcing("force", path);
        }

        @Override
        public long size() throws IOException {
            call("size", path);
            return file.size();
        }

        @Override
        public void truncate(final long size) throws IOException {
            call("truncate", path);
            file.truncate(size);
        }

        /** Fails after it has closed, as the operating system's does. */
        @Override
        public void close() throws IOException {
            if (!isClosed) {
                isClosed = true;
                open.remove(path);
            }
            file.close();
            call("close", path);
        }
    }
}
