package io.gmq.broker.conformance;

import io.gmq.journal.disk.Disk;
import io.gmq.journal.disk.DiskFile;
import io.gmq.journal.disk.LocalDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The real disk, with as much room as a test says. Running files are not looked at: only what is asked counts. */
final class ScarceDisk implements Disk {
    private final Disk disk = LocalDisk.INSTANCE;
    volatile long usableBytes = Long.MAX_VALUE;

    @Override
    public DiskFile create(final Path file) throws IOException {
        return disk.create(file);
    }

    @Override
    public DiskFile open(final Path file) throws IOException {
        return disk.open(file);
    }

    @Override
    public DiskFile read(final Path file) throws IOException {
        return disk.read(file);
    }

    @Override
    public void createFolder(final Path folder) throws IOException {
        disk.createFolder(folder);
    }

    @Override
    public void rename(final Path from, final Path to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void delete(final Path path) throws IOException {
        disk.delete(path);
    }

    @Override
    public List<Path> list(final Path folder) throws IOException {
        return disk.list(folder);
    }

    @Override
    public void forceFolder(final Path folder) throws IOException {
        disk.forceFolder(folder);
    }

    @Override
    public long usableBytes(final Path folder) {
        return usableBytes;
    }
}
