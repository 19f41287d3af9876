package io.gmq.journal.mysql.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Whole folders: copied, deleted. */
final class Folders {
    private Folders() {
    }

    static void copy(final Path from, final Path to) throws IOException {
        for (final Path path : all(from)) {
            Files.copy(path, to.resolve(from.relativize(path)));
        }
    }

    static void delete(final Path folder) {
        try {
            for (final Path path : all(folder).stream().sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> all(final Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.toList();
        }
    }
}
