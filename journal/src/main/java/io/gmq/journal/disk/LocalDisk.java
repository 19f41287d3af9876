package io.gmq.journal.disk;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The operating system's. It has no state. */
public final class LocalDisk implements Disk {
    public static final LocalDisk INSTANCE = new LocalDisk();

    /** Of folders that it creates: what is in them are other people's messages. */
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final boolean HAS_PERMISSIONS = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private LocalDisk() {
    }

    @Override
    public DiskFile create(final Path file) throws IOException {
        return open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public DiskFile open(final Path file) throws IOException {
        return open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public DiskFile read(final Path file) throws IOException {
        return open(file, StandardOpenOption.READ);
    }

    private static DiskFile open(final Path file, final OpenOption... options) throws IOException {
        return new LocalFile(FileChannel.open(file, options));
    }

    @Override
    public void createFolder(final Path folder) throws IOException {
        final Deque<Path> missing = new ArrayDeque<>();
        for (Path path = folder.toAbsolutePath(); path != null && !Files.isDirectory(path); path = path.getParent()) {
            missing.push(path);
        }
        for (final Path path : missing) {
            Files.createDirectory(path, HAS_PERMISSIONS ? new FileAttribute<?>[] {OWNER_ONLY} : new FileAttribute<?>[0]);
            forceFolder(path.getParent());
        }
    }

    @Override
    public void rename(final Path from, final Path to) throws IOException {
        Files.move(from, to);
    }

    @Override
    public void delete(final Path path) throws IOException {
        Files.deleteIfExists(path);
    }

    @Override
    public List<Path> list(final Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }

    @Override
    public void forceFolder(final Path folder) throws IOException {
        if (File.separatorChar == '\\') {
            return; // Windows does not open folders
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public long usableBytes(final Path folder) throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    private record LocalFile(FileChannel channel) implements DiskFile {
        @Override
        public int read(final ByteBuffer into, final long position) throws IOException {
            return channel.read(into, position);
        }

        @Override
        public void write(final ByteBuffer from, final long position) throws IOException {
            long at = position;
            while (from.hasRemaining()) {
                at += channel.write(from, at);
            }
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void truncate(final long size) throws IOException {
            channel.truncate(size);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
