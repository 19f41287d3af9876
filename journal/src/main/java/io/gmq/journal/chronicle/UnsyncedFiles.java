package io.gmq.journal.chronicle;

import io.gmq.journal.JournalException;
import io.gmq.journal.disk.Disk;
import io.gmq.journal.disk.DiskFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The segment files that may hold records which are not on disk yet: the one that is being written, and those before it that were
 * not synced since they ended.
 *
 * <p>{@link #begin} and {@link #onCommitted} are called by the thread that commits, and never wait for a disk; {@link #force} and
 * {@link #end} by any thread, one after the other. A sync takes the files in the order in which they were written, and the folder's entry for each before
 * the file. So when it returns, no record that it covers hangs on a file or a name that power loss could take away.
 *
 * <p>A file is opened when it is made and stays open until the end. That is not for speed: Linux reports an error of writing back to
 * those descriptors that were open when it happened. A descriptor opened anew for each sync could miss the error of pages that the
 * kernel had tried to write by itself in between.
 *
 * <p>A failed {@link DiskFile#force} is never repeated: the kernel marks the pages clean that it could not write, and the second would
 * succeed.
 */
final class UnsyncedFiles {
    private final Disk disk;
    private final Path folder;
    private final Deque<Unsynced> files = new ArrayDeque<>();
    private IOException failure;
    /** Written by the thread that commits, after the records are in the file. */
    private volatile long committed;
    /** Written by the thread that syncs. */
    private volatile long synced;

    /**
     * @param folder   where the files' folders are entered.
     * @param sequence up to which all is on disk.
     */
    UnsyncedFiles(final Disk disk, final Path folder, final long sequence) {
        this.disk = disk;
        this.folder = folder;
        committed = sequence;
        synced = sequence;
    }

    /** This file is written from now on, and none before it any more. */
    void begin(final DiskFile next) {
        synchronized (files) {
            files.addLast(new Unsynced(next));
        }
    }

    /** All records up to this one have been written. */
    void onCommitted(final long sequence) {
        committed = sequence;
    }

    /** All records up to this one are on disk. */
    long synced() {
        return synced;
    }

    /**
     * Brings to disk all that was committed before this call.
     *
     * @throws IOException if that is not sure; then for ever.
     */
    synchronized void force() throws IOException {
        if (failure != null) {
            throw new IOException("a sync failed before, the journal must be opened anew: " + failure.getMessage(), failure);
        }
        final long covered = committed;
        if (covered == synced) {
            return;
        }
        try {
            forceFiles();
        } catch (final IOException e) {
            failure = new IOException(JournalException.of("cannot sync the journal in " + folder, e).getMessage(), e);
            throw failure;
        }
        synced = covered;
    }

    /** Nothing more is written to the file, the oldest that is left: when this returns, all of it is on disk, and it may be closed. */
    synchronized void end(final DiskFile file) throws IOException {
        force();
        synchronized (files) {
            if (files.getFirst().file == file) {
                files.removeFirst();
            }
        }
    }

    /** The files that were begun by now; what is committed to later ones is not covered. */
    private void forceFiles() throws IOException {
        Unsynced file;
        int ended;
        synchronized (files) {
            file = files.getFirst();
            ended = files.size() - 1;
        }
        while (ended > 0) {
            force(file);
            ended--;
            synchronized (files) {
                files.removeFirst();
                file = files.getFirst();
            }
        }
        force(file);
    }

    private void force(final Unsynced file) throws IOException {
        if (!file.isEntered) {
            disk.forceFolder(folder);
            file.isEntered = true;
        }
        file.file.force();
    }

    private static final class Unsynced {
        private final DiskFile file;
        private boolean isEntered;

        private Unsynced(final DiskFile file) {
            this.file = file;
        }
    }
}
