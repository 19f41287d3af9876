package io.gmq.journal.torture;

import io.gmq.journal.disk.Disk;
import io.gmq.journal.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A copy of a folder in memory, for reading it in many broken forms. Nothing can be appended. For one thread. */
public final class MemoryDisk implements Disk {
    /** What is there, by its path: bytes for a file, null for a folder. */
    private final TreeMap<Path, byte[]> entries;

    private MemoryDisk(final TreeMap<Path, byte[]> entries) {
        this.entries = entries;
    }

    public static MemoryDisk of(final Path folder) throws IOException {
        final TreeMap<Path, byte[]> entries = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (final Path path : walk.toList()) {
                entries.put(path, Files.isDirectory(path) ? null : Files.readAllBytes(path));
            }
        }
        return new MemoryDisk(entries);
    }

    /** The same once more; what is done to one of them is not done to the other. */
    public MemoryDisk copy() {
        return new MemoryDisk(new TreeMap<>(entries));
    }

    /** The bytes of a file, not to be changed. */
    public byte[] bytes(final Path file) {
        return entries.get(file);
    }

    /** Puts other bytes in a file's place, or a new file, or a folder (null). */
    public void put(final Path path, final byte[] bytes) {
        entries.put(path, bytes);
    }

    /** Removes a file, or a folder with all in it. */
    public void remove(final Path path) {
        entries.keySet().removeIf(entry -> entry.startsWith(path));
    }

    private byte[] require(final Path file) throws IOException {
        if (entries.get(file) == null) {
            throw new NoSuchFileException(file.toString());
        }
        return entries.get(file);
    }

    @Override
    public DiskFile create(final Path file) throws IOException {
        if (entries.containsKey(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        entries.put(file, new byte[0]);
        return new MemoryFile(file);
    }

    @Override
    public DiskFile open(final Path file) throws IOException {
        require(file);
        return new MemoryFile(file);
    }

    @Override
    public DiskFile read(final Path file) throws IOException {
        return open(file);
    }

    @Override
    public void createFolder(final Path folder) {
        entries.putIfAbsent(folder, null);
    }

    @Override
    public void rename(final Path from, final Path to) {
        final List<Path> moved = entries.keySet().stream().filter(path -> path.startsWith(from)).toList();
        moved.forEach(path -> entries.put(path.equals(from) ? to : to.resolve(from.relativize(path)), entries.remove(path)));
    }

    @Override
    public void delete(final Path path) {
        entries.remove(path);
    }

    @Override
    public List<Path> list(final Path folder) {
        return entries.tailMap(folder, false).keySet().stream().takeWhile(path -> path.startsWith(folder))
            .filter(path -> path.getParent().equals(folder)).toList();
    }

    @Override
    public void forceFolder(final Path folder) {
        // it is as durable as it gets
    }

    @Override
    public long usableBytes(final Path folder) {
        return Long.MAX_VALUE;
    }

    private final class MemoryFile implements DiskFile {
        private final Path path;

        MemoryFile(final Path path) {
            this.path = path;
        }

        @Override
        public int read(final ByteBuffer into, final long position) throws IOException {
            final byte[] bytes = require(path);
            final int length = (int) Math.min(into.remaining(), bytes.length - position);
            if (length <= 0) {
                return -1;
            }
            into.put(bytes, (int) position, length);
            return length;
        }

        @Override
        public void write(final ByteBuffer from, final long position) throws IOException {
            final byte[] before = require(path);
            final byte[] bytes = Arrays.copyOf(before, (int) Math.max(before.length, position + from.remaining()));
            from.get(bytes, (int) position, from.remaining());
            entries.put(path, bytes);
        }

        @Override
        public void force() {
            // it is as durable as it gets
        }

        @Override
        public long size() throws IOException {
            return require(path).length;
        }

        @Override
        public void truncate(final long size) throws IOException {
            entries.put(path, Arrays.copyOf(require(path), (int) size));
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
