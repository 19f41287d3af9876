package io.gmq.bench.jmh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** A new folder on the disk that is to be measured, gone with all that is in it when it is closed. */
final class ScratchFolder implements AutoCloseable {
    private final Path path;

    /** @param parent a folder that exists. */
    ScratchFolder(final String parent) {
        try {
            path = Files.createTempDirectory(Path.of(parent).toAbsolutePath().normalize(), "gmq-bench-");
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot make a folder in " + parent, e);
        }
    }

    Path path() {
        return path;
    }

    /** Copies a folder, with all that is in it, into this one. */
    Path copyOf(final Path original, final String name) {
        final Path copy = path.resolve(name);
        try {
            Files.walkFileTree(original, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(final Path folder, final BasicFileAttributes attributes) throws IOException {
                    Files.createDirectories(copy.resolve(original.relativize(folder)));
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) throws IOException {
                    Files.copy(file, copy.resolve(original.relativize(file)));
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot copy " + original, e);
        }
        return copy;
    }

    /** Deletes a folder with all that is in it. */
    static void delete(final Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(final Path its, final IOException failed) throws IOException {
                    if (failed != null) {
                        throw failed;
                    }
                    Files.delete(its);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot delete " + folder, e);
        }
    }

    @Override
    public void close() {
        delete(path);
    }
}
