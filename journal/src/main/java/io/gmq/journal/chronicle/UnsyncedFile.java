package io.gmq.journal.chronicle;

import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * The segment file that may hold records which are not on disk yet, as the thread that syncs sees it.
 *
 * <p>{@link #begin} and {@link #finish} are called by the thread that commits, {@link #force} by the one that syncs. There is
 * never more than one such file: a roll finishes the old file before the next is made. That costs the roll a sync of what is left,
 * and buys two things. A sync needs to look at one file only, whatever rolls meanwhile. And a segment's existence proves that
 * all before it is on disk, so power loss can only harm the last one and never leaves a gap between two.
 *
 * <p>A file's channel is opened when the file is made and stays open until the end. That is not for speed: Linux reports an
 * error of writing back to those descriptors that were open when it happened. A descriptor opened anew for each sync could miss
 * the error of pages that the kernel had tried to write by itself in between.
 *
 * <p>{@code FileChannel.force} writes back what was changed through a mapping of the file too (fsync acts on the file's pages,
 * however they became dirty). A failed one is never repeated: the kernel marks such pages clean, and the second would succeed.
 */
final class UnsyncedFile implements AutoCloseable {
    private FileChannel file;
    private IOException failure;

    /** This file is written from now on; it is closed here. */
    synchronized void begin(final FileChannel next) {
        file = next;
    }

    /** Nothing more will be written to the file: brings it to disk and lets it go. */
    synchronized void finish() throws IOException {
        force();
        close();
    }

    /**
     * Brings to disk all that was written before this call.
     *
     * @throws IOException if that is not sure; then for ever.
     */
    synchronized void force() throws IOException {
        if (failure != null) {
            throw new IOException("a sync failed before, the journal must be opened anew: " + failure.getMessage(), failure);
        }
        if (file != null) {
            try {
                file.force(false);
            } catch (final IOException e) {
                failure = e;
                throw e;
            }
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (file != null) {
            file.close();
            file = null;
        }
    }
}
