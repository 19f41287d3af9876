package io.gmq.journal;

/**
 * Hears from time to time how far a recovery has come. It is called by amounts of records, never by a clock: what to print and
 * how often is the hearer's to decide.
 */
@FunctionalInterface
public interface RecoveryProgress {
    /** For those who do not want to know. */
    RecoveryProgress NONE = (records, bytes, bytesTotal) -> { };

    /**
     * @param records    handed over so far.
     * @param bytes      of the journal's files that were read so far.
     * @param bytesTotal of all the journal's files. The space a segment has reserved beyond its records counts too, so
     *                   {@code bytes} moves in steps.
     */
    void onProgress(long records, long bytes, long bytesTotal);
}
