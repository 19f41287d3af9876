package io.gmq.journal.chronicle;

import java.nio.file.Path;
import java.util.List;

/**
 * What one folder of a journal holds.
 *
 * @param folder        that was read.
 * @param state         in what state it was found.
 * @param firstSequence that it is named for; 0 where it is named for none.
 * @param records       whole ones.
 * @param lastSequence  of the last whole one; the one before the first where there is none.
 * @param firstMs       when its first record was made, milliseconds since 1970; -1 where there is none.
 * @param lastMs        likewise its last.
 * @param bytes         of its files, with what is reserved.
 * @param faults        that make it damaged, by their offsets.
 * @param tornOffset    where its torn end begins, in bytes; -1 where there is none.
 */
public record SegmentInfo(
    Path folder, State state, long firstSequence, long records, long lastSequence, long firstMs, long lastMs, long bytes,
    List<JournalFault> faults, long tornOffset) {
    /** How it was found. */
    public enum State {
        /** All of it is good. */
        WHOLE("whole"),
        /** Its end is not, and nobody was told of what it held. */
        TORN("torn end"),
        /** Records are missing. */
        DAMAGED("damaged"),
        /** A broker is writing to it. */
        OPEN("being written"),
        /** Ready to become the next segment. */
        PREPARED("prepared"),
        /** Put away by a broker that could make nothing of it. */
        SET_ASIDE("set aside"),
        /** There is no record in it, and no bad one either. */
        EMPTY("empty");

        private final String words;

        State(final String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }
    }
}
