package io.gmq.broker.cli;

import io.gmq.broker.history.Base;
import io.gmq.broker.history.History;
import io.gmq.engine.api.CommandHeader;
import io.gmq.journal.JournalTail;
import io.gmq.journal.RecoveryHandler;
import io.gmq.journal.chronicle.JournalFiles;
import io.gmq.journal.chronicle.RecordCursor;
import io.gmq.journal.mysql.MySqlRecords;
import org.agrona.DirectBuffer;

/** The journal that an archive is of. Its text is its name for people. */
interface ArchivedJournal {
    /** Of the oldest record that it has. */
    long firstSequence();

    /** All of it, up to the last record that there is now; before it is handed out, all of that is seen to be whole. */
    JournalTail tail(Progress progress);

    /** What an archive that has come to a sequence has not. */
    Lag behind(long archived, Progress progress);

    /**
     * What an archive has not.
     *
     * @param records fewer than 0 where the journal ends before the archive.
     * @param firstMs time of the oldest of them; 0 where there is none.
     */
    record Lag(long records, long firstMs) {
    }

    /** A data folder. */
    record InFolder(JournalFiles files) implements ArchivedJournal {
        @Override
        public long firstSequence() {
            return files.firstSequence();
        }

        @Override
        public JournalTail tail(final Progress progress) {
            final History history = new History(files, JournalOperation.shown(progress, "checking the journal"));
            final Base base = history.oldest();
            final long[] last = {base.sequence()};
            JournalOperation.failOn(history.walk(base.sequence(), 0, (sequence, timeMs, buffer, offset, length) -> {
                last[0] = sequence;
                return true;
            }), "the journal");
            return files.tail(last[0]);
        }

        @Override
        public Lag behind(final long archived, final Progress progress) {
            final FirstTime first = new FirstTime();
            try (RecordCursor cursor = files.records(archived + 1, first)) {
                cursor.readAll(JournalOperation.shown(progress, "reading the journal"));
                return new Lag(Math.max(JournalFiles.FIRST_SEQUENCE, cursor.nextSequence()) - 1 - archived, first.ms);
            }
        }

        @Override
        public String toString() {
            return files.data().toString();
        }
    }

    /** Notes the time of the first record that it hears. */
    final class FirstTime implements RecoveryHandler {
        private long ms;

        @Override
        public void onRecord(final long sequence, final DirectBuffer buffer, final int offset, final int length) {
            ms = ms == 0 ? CommandHeader.timestampMs(buffer, offset) : ms;
        }
    }

    /** Tables of a database. What is read is checked as it is read. */
    record InDatabase(MySqlRecords records) implements ArchivedJournal {
        @Override
        public long firstSequence() {
            return records.firstSequence();
        }

        @Override
        public JournalTail tail(final Progress progress) {
            return records.tail();
        }

        @Override
        public Lag behind(final long archived, final Progress progress) {
            final long behind = records.lastSequence() - archived;
            return new Lag(behind, behind > 0 ? records.timeMs(archived + 1) : 0);
        }

        @Override
        public String toString() {
            return "the database " + records;
        }
    }
}
