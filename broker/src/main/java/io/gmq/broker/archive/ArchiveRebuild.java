package io.gmq.broker.archive;

import io.gmq.journal.JournalException;
import io.gmq.journal.JournalTail;
import io.gmq.journal.mysql.Database;
import java.sql.SQLException;
import java.util.function.LongConsumer;

/** Drops an archive's tables, and builds them again from all that a journal has. Used once, by one thread. */
public final class ArchiveRebuild {
    private final Database database;
    private final JournalTail tail;
    private final LongConsumer progress;

    /**
     * @param tail     of a journal, from its oldest state; the caller's to close.
     * @param progress hears which record is archived.
     */
    public ArchiveRebuild(final Database database, final JournalTail tail, final LongConsumer progress) {
        this.database = database;
        this.tail = tail;
        this.progress = progress;
    }

    /**
     * What was built.
     *
     * @param first sequence of the first record that is in it; those before were not in the journal any more.
     * @param last  of the last one.
     */
    public record Result(long first, long last) {
    }

    /**
     * Builds it.
     *
     * @throws SQLException if the database fails, or a broker is following; the archive is then dropped, or incomplete, and can be
     *                      built again.
     */
    public Result run() throws SQLException {
        try (ArchiveWriter writer = new ArchiveWriter(database)) {
            final ArchiveFeed feed = new ArchiveFeed(writer, tail);
            feed.recreate();
            feed.begin();
            final long first = feed.archived().sequence() + 1;
            int read = 1;
            while (read > 0) {
                read = feed.read();
                if (feed.hasUnwritten() && (feed.isFull() || read == 0)) {
                    feed.write();
                    read = 1;
                }
                progress.accept(feed.archived().sequence());
            }
            if (feed.isGone()) {
                throw new JournalException("record " + (feed.archived().sequence() + 1)
                    + " was deleted by a running broker before it was archived; run it again, or while no broker runs");
            }
            return new Result(first, feed.archived().sequence());
        }
    }
}
