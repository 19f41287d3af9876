package io.gmq.journal.chronicle;

import io.gmq.journal.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What the keeper knows of the room on disk. Written by its thread; {@link #isFull} is any thread's.
 *
 * <p>It counts as full when no segment can be prepared, or when less is free than a floor and what a snapshot would take: without
 * room for a snapshot no segment can be deleted any more, and settling what is here would come to an end where the prepared segments
 * do. It stops being full when one has been prepared and a second floor is free, so that it does not change with every few bytes.
 */
final class Room {
    /** What is left for snapshots and others when the storage begins to count as full, as a part of a segment. */
    private static final int FLOOR_PART = 4;

    private final Disk disk;
    private final Path folder;
    private final long segmentBytes;
    private final long floorBytes;
    private boolean isLacking;
    private volatile boolean isFull;

    Room(final Disk disk, final Path folder, final SegmentSize size) {
        this.disk = disk;
        this.folder = folder;
        this.segmentBytes = size.fileBytes() + QueueFile.TABLE_BYTES;
        this.floorBytes = size.fileBytes() / FLOOR_PART;
    }

    /** Where the segments are. */
    Path folder() {
        return folder;
    }

    boolean isFull() {
        return isFull;
    }

    /**
     * Whether a segment can be prepared. After an attempt that failed a little more is asked for, or it would be tried all the time.
     *
     * @param snapshotBytes of a snapshot that is to make room; not touched, unless they are not there anyway.
     */
    boolean isEnough(final long snapshotBytes) throws IOException {
        final long usable = disk.usableBytes(folder);
        final long reserved = usable < snapshotBytes ? 0 : snapshotBytes;
        final boolean isEnough = usable - reserved >= segmentBytes + (isLacking ? floorBytes : 0);
        if (!isEnough) {
            onLack();
        }
        return isEnough;
    }

    /** A segment could not be prepared. */
    void onLack() {
        isLacking = true;
        isFull = true;
    }

    /** A segment has been prepared. */
    void onPrepared() {
        isLacking = false;
    }

    /**
     * Looks how much is free now.
     *
     * @param snapshotBytes that a snapshot would take.
     */
    void look(final boolean hasNext, final long snapshotBytes) throws IOException {
        final long beside = disk.usableBytes(folder) - snapshotBytes;
        if (isLacking || beside < floorBytes) {
            isFull = true;
        } else if (hasNext && beside >= 2 * floorBytes) {
            isFull = false;
        }
    }

    /** Whether this is what a full disk, or a used up quota, answers; the words depend on the operating system and its language. */
    boolean isLackOf(final IOException e) throws IOException {
        final String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("no space") || message.contains("quota") || message.contains("not enough space")
            || disk.usableBytes(folder) < segmentBytes;
    }
}
