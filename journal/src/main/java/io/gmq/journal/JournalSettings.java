package io.gmq.journal;

import io.gmq.journal.disk.Disk;
import io.gmq.journal.disk.LocalDisk;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Where a journal lives and how it is cut.
 *
 * @param folder         the data folder; created where it does not exist.
 * @param segmentBytes   a segment is ended when only its reserve is left of this, unless a single batch is larger;
 *                       {@link #SEGMENT_BYTES_MIN} to {@link #SEGMENT_BYTES_MAX}. So much is allocated on disk for it, and
 *                       as much for the one after it, but not less than for two of the longest records each.
 * @param recordBytesMax the longest record that will be appended, 1 to {@link #RECORD_BYTES_MAX}. The journal keeps a batch
 *                       buffer of about this size and maps four times as much.
 * @param inFlightBytes  commands that may come yet when the disk is found full, until their senders know; 0 or more. So much of a
 *                       segment is kept in reserve for them, up to half of it.
 * @param keep           how much history stays beside what recovery needs.
 * @param digestEvery    records between two checkpoints, from 1 on.
 * @param disk           through which all files are reached.
 */
public record JournalSettings(
    Path folder, long segmentBytes, int recordBytesMax, long inFlightBytes, Keep keep, long digestEvery, Disk disk) {
    public static final long SEGMENT_BYTES_MIN = 64L << 10;
    public static final long SEGMENT_BYTES_MAX = 1L << 30;
    public static final long SEGMENT_BYTES_DEFAULT = 64L << 20;
    public static final long DIGEST_EVERY_DEFAULT = 1_000_000;
    public static final int RECORD_BYTES_MAX = 256 << 20;
    public static final int RECORD_BYTES_DEFAULT = (1 << 20) + (8 << 10);

    public JournalSettings {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(disk, "disk");
        check("segmentBytes", segmentBytes, SEGMENT_BYTES_MIN, SEGMENT_BYTES_MAX);
        Objects.requireNonNull(keep, "keep");
        check("inFlightBytes", inFlightBytes, 0, Integer.MAX_VALUE);
        check("digestEvery", digestEvery, 1, Long.MAX_VALUE);
        check("recordBytesMax", recordBytesMax, 1, RECORD_BYTES_MAX);
    }

    /** On the operating system's disk. */
    public JournalSettings(final Path folder, final long segmentBytes, final int recordBytesMax) {
        this(folder, segmentBytes, recordBytesMax, 0, Keep.NONE, DIGEST_EVERY_DEFAULT, LocalDisk.INSTANCE);
    }

    /** The default sizes. */
    public static JournalSettings of(final Path folder) {
        return new JournalSettings(folder, SEGMENT_BYTES_DEFAULT, RECORD_BYTES_DEFAULT);
    }

    /** The same with other history, and other distances between checkpoints. */
    public JournalSettings with(final Keep otherKeep, final long otherDigestEvery) {
        return new JournalSettings(folder, segmentBytes, recordBytesMax, inFlightBytes, otherKeep, otherDigestEvery, disk);
    }

    /** The same on another disk. */
    public JournalSettings withDisk(final Disk other) {
        return new JournalSettings(folder, segmentBytes, recordBytesMax, inFlightBytes, keep, digestEvery, other);
    }

    private static void check(final String name, final long value, final long min, final long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " is " + value + ", must be " + min + " to " + max);
        }
    }
}
