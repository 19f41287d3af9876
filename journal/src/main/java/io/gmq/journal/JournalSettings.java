package io.gmq.journal;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where a journal lives and how it is cut.
 *
 * @param folder         the data folder; created where it does not exist.
 * @param segmentBytes   a segment is closed before it grows beyond this, unless a single batch is larger;
 *                       {@link #SEGMENT_BYTES_MIN} to {@link #SEGMENT_BYTES_MAX}.
 * @param recordBytesMax the longest record that will be appended, 1 to {@link #RECORD_BYTES_MAX}. The journal keeps a batch
 *                       buffer of about this size and maps four times as much.
 */
public record JournalSettings(Path folder, long segmentBytes, int recordBytesMax) {
    public static final long SEGMENT_BYTES_MIN = 64L << 10;
    public static final long SEGMENT_BYTES_MAX = 1L << 30;
    public static final long SEGMENT_BYTES_DEFAULT = 64L << 20;
    public static final int RECORD_BYTES_MAX = 256 << 20;
    public static final int RECORD_BYTES_DEFAULT = (1 << 20) + (8 << 10);

    public JournalSettings {
        Objects.requireNonNull(folder, "folder");
        check("segmentBytes", segmentBytes, SEGMENT_BYTES_MIN, SEGMENT_BYTES_MAX);
        check("recordBytesMax", recordBytesMax, 1, RECORD_BYTES_MAX);
    }

    /** The default sizes. */
    public static JournalSettings of(final Path folder) {
        return new JournalSettings(folder, SEGMENT_BYTES_DEFAULT, RECORD_BYTES_DEFAULT);
    }

    private static void check(final String name, final long value, final long min, final long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " is " + value + ", must be " + min + " to " + max);
        }
    }
}
