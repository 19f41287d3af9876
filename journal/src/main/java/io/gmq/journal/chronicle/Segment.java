package io.gmq.journal.chronicle;

import io.gmq.journal.JournalException;
import io.gmq.journal.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One segment's place on disk: a folder named for the sequence that its first record has (or will have), and in it one queue
 * file. Folders with other names are not the journal's and are left alone.
 */
record Segment(Disk disk, Path folder, long firstSequence) {
    /** Part of the name of one that was set aside. */
    static final String TORN = ".torn-";

    private static final Pattern NAME = Pattern.compile("[0-9]{20}");
    private static final String QUEUE_FILE = ".cq4";
    private static final String QUEUE_TABLE = ".cq4t";

    static Segment in(final Disk disk, final Path journalFolder, final long firstSequence) {
        return new Segment(disk, journalFolder.resolve(String.format(Locale.ROOT, "%020d", firstSequence)), firstSequence);
    }

    /** All segments of a journal, the oldest first. */
    static List<Segment> all(final Disk disk, final Path journalFolder) {
        try {
            return disk.list(journalFolder).stream()
                .filter(folder -> NAME.matcher(folder.getFileName().toString()).matches())
                .map(folder -> new Segment(disk, folder, sequence(folder)))
                .sorted(Comparator.comparingLong(Segment::firstSequence))
                .toList();
        } catch (final IOException e) {
            throw JournalException.of("cannot list the segments in " + journalFolder, e);
        }
    }

    /** Whether it is still in the journal. */
    boolean isThere() {
        return all(disk, folder.getParent()).contains(this);
    }

    /** The file with the records; none where the process ended before it was made. */
    Optional<Path> file() {
        final List<Path> files = files().stream().filter(file -> file.toString().endsWith(QUEUE_FILE)).toList();
        if (files.size() > 1) {
            throw new JournalException("segment " + folder + " holds " + files.size() + " queue files, expected one: "
                + "restore the folder as the broker left it");
        }
        return files.stream().findFirst();
    }

    /** Removes a segment that holds nothing but what Chronicle makes by itself. */
    void remove() {
        checkFiles();
        try {
            delete(disk, folder);
            disk.forceFolder(folder.getParent());
        } catch (final IOException e) {
            throw JournalException.of("cannot remove the empty segment " + folder, e);
        }
    }

    /** Deletes a folder of the journal with its files, if it is there. */
    static void delete(final Disk disk, final Path folder) throws IOException {
        if (disk.list(folder.getParent()).contains(folder)) {
            for (final Path file : disk.list(folder)) {
                disk.delete(file);
            }
            disk.delete(folder);
        }
    }

    /** @throws JournalException if somebody has put a file of their own beside the segment's. */
    void checkFiles() {
        for (final Path file : files()) {
            if (!isOfChronicle(file)) {
                throw new JournalException("segment " + folder + " holds " + file.getFileName()
                    + ", which is not the journal's: move it elsewhere");
            }
        }
    }

    /**
     * Renames a segment that holds no record but bytes nobody can explain, so that the next may have its name.
     *
     * @return where it is now.
     */
    Path setAside() {
        try {
            final List<Path> taken = disk.list(folder.getParent());
            int number = 1;
            while (taken.contains(torn(number))) {
                number++;
            }
            disk.rename(folder, torn(number));
            disk.forceFolder(folder.getParent());
            return torn(number);
        } catch (final IOException e) {
            throw JournalException.of("cannot set segment " + folder + " aside", e);
        }
    }

    private Path torn(final int number) {
        return folder.resolveSibling(folder.getFileName() + TORN + number);
    }

    private List<Path> files() {
        try {
            return disk.list(folder);
        } catch (final IOException e) {
            throw JournalException.of("cannot list segment " + folder, e);
        }
    }

    private static boolean isOfChronicle(final Path file) {
        final String name = file.toString();
        return name.endsWith(QUEUE_FILE) || name.endsWith(QUEUE_TABLE);
    }

    private static long sequence(final Path folder) {
        try {
            return Long.parseLong(folder.getFileName().toString());
        } catch (final NumberFormatException e) {
            throw new JournalException("segment " + folder + " is named for no sequence: restore the folder's name", e);
        }
    }
}
