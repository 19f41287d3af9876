package io.gmq.broker.archive;

/**
 * How far an archive has come.
 *
 * @param sequence of the last record that has gone into it; 0 before the first.
 * @param timeMs   of that record; 0 before the first.
 * @param checksum CRC32C of that record, which tells one journal from another; 0 where it is not known.
 */
public record ArchivePosition(long sequence, long timeMs, int checksum) {
    /** Before the first record. */
    public static final ArchivePosition BEGINNING = new ArchivePosition(0, 0, 0);
}
