package io.gmq.journal.chronicle;

import io.gmq.journal.JournalException;
import io.gmq.journal.disk.Disk;
import io.gmq.journal.disk.DiskFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A segment that nobody needs any more, on its way out. It loses its name first, so that what is left of it is never taken for a
 * part of the history; then its file becomes shorter, step by step, until it can go. What a process that ends meanwhile leaves, the next
 * one deletes.
 *
 * <p>Owned by the thread that calls {@link #step}.
 */
final class OldSegment {
    /** Its folder's name. */
    static final String FOLDER = "old";

    private final Disk disk;
    private final Path folder;
    private final Optional<Path> records;

    private OldSegment(final Disk disk, final Path folder, final Optional<Path> records) {
        this.disk = disk;
        this.folder = folder;
        this.records = records;
    }

    /**
     * Takes its name from a segment.
     *
     * @throws JournalException if that cannot be done; then the segment is as it was.
     */
    static OldSegment of(final Segment segment) {
        segment.checkFiles();
        final Disk disk = segment.disk();
        final Path folder = segment.folder().resolveSibling(FOLDER);
        try {
            Segment.delete(disk, folder);
            final Optional<Path> records = segment.file().map(file -> folder.resolve(file.getFileName()));
            disk.rename(segment.folder(), folder);
            disk.forceFolder(folder.getParent());
            return new OldSegment(disk, folder, records);
        } catch (final IOException e) {
            throw JournalException.of("cannot remove the segment " + segment.folder(), e);
        }
    }

    /**
     * Takes the next step.
     *
     * @return whether it is gone.
     * @throws JournalException if it cannot be removed.
     */
    boolean step() {
        try {
            if (records.isPresent() && !shorten(records.get())) {
                return false;
            }
            Segment.delete(disk, folder);
            return true;
        } catch (final IOException e) {
            throw JournalException.of("cannot remove the old segment in " + folder, e);
        }
    }

    private boolean shorten(final Path file) throws IOException {
        try (DiskFile open = disk.open(file)) {
            return Shortening.step(open, 0);
        }
    }
}
