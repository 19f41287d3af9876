package io.gmq.journal.chronicle;

import io.gmq.journal.JournalException;
import io.gmq.journal.disk.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The data folder, held for this process alone from opening to closing.
 *
 * <p>The lock is the operating system's, on the file {@code lock}: it ends with the process, however that ends. The process id
 * inside is for people only.
 */
final class DataFolder implements AutoCloseable {
    private static final int PID_LENGTH_MAX = 20;
    /**
     * Folders this JVM holds. On POSIX systems closing <em>any</em> descriptor of a file gives up the process's locks on it, so
     * a second attempt in this JVM must be stopped before it opens the lock file.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Disk disk;
    private final Path folder;
    private final FileChannel lock;

    private DataFolder(final Disk disk, final Path folder, final FileChannel lock) {
        this.disk = disk;
        this.folder = folder;
        this.lock = lock;
    }

    /** @throws JournalException if the folder cannot be created or written, or another broker holds it. */
    static DataFolder open(final Disk disk, final Path path) {
        final Path folder = create(disk, path);
        if (!HELD.add(folder)) {
            throw inUse(folder, Long.toString(ProcessHandle.current().pid()));
        }
        boolean held = false;
        try {
            final FileChannel lock = lock(folder);
            held = true;
            return new DataFolder(disk, folder, lock);
        } finally {
            if (!held) {
                HELD.remove(folder);
            }
        }
    }

    /** Whether this JVM holds the folder of this real path. */
    static boolean isHeldHere(final Path folder) {
        return HELD.contains(folder);
    }

    /** Where the segments are; created where it does not exist. */
    Path journalFolder() {
        final Path journal = folder.resolve("journal");
        try {
            disk.createFolder(journal);
            return journal;
        } catch (final IOException e) {
            throw JournalException.of("cannot create folder " + journal + ", give the broker the right to write there", e);
        }
    }

    /** Where the snapshots are. */
    Path snapshotFolder() {
        return folder.resolve("snapshots");
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (final IOException e) {
            throw JournalException.of("cannot release " + folder.resolve("lock"), e);
        } finally {
            HELD.remove(folder);
        }
    }

    private static Path create(final Disk disk, final Path path) {
        try {
            disk.createFolder(path);
            return path.toRealPath();
        } catch (final IOException e) {
            throw JournalException.of("cannot create data folder " + path + ", choose another one", e);
        }
    }

    private static FileChannel lock(final Path folder) {
        final Path file = folder.resolve("lock");
        FileChannel channel = null;
        boolean locked = false;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            locked = channel.tryLock() != null;
            if (!locked) {
                throw inUse(folder, holder(channel));
            }
            channel.truncate(0);
            channel.write(StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"), 0);
            return channel;
        } catch (final IOException e) {
            locked = false;
            throw JournalException.of("cannot write in data folder " + folder + " (file lock), choose another one", e);
        } finally {
            if (!locked) {
                closeQuietly(channel);
            }
        }
    }

    private static String holder(final FileChannel channel) throws IOException {
        final ByteBuffer text = ByteBuffer.allocate(PID_LENGTH_MAX);
        channel.read(text, 0);
        return StandardCharsets.US_ASCII.decode(text.flip()).toString().trim();
    }

    private static JournalException inUse(final Path folder, final String pid) {
        return new JournalException("data folder " + folder + " is in use by process " + pid
            + ": stop that broker or choose another folder");
    }

    private static void closeQuietly(final FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (final IOException ignored) {
                // the reason why it is closed is the one to report
            }
        }
    }
}
