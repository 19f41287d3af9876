package io.gmq.broker.cli;

import io.gmq.broker.config.Config;
import io.gmq.broker.config.Keys;
import io.gmq.journal.mysql.Database;
import io.gmq.journal.mysql.DatabaseAddress;
import io.gmq.journal.mysql.MySqlRecords;
import io.gmq.journal.mysql.Reason;
import java.sql.SQLException;

/** What the commands that look after an archive have in common. */
abstract class ArchiveOperation extends JournalOperation {
    ArchiveOperation(final Shell shell) {
        super(shell);
    }

    /** The archive's database. */
    final Database database() {
        final Config config = config();
        final String dsn = config.get(Keys.ARCHIVE_DSN);
        if (dsn.isEmpty()) {
            throw new CommandException("no archive is configured: name the configuration that has archive.dsn with -f FILE, or set "
                + Keys.ARCHIVE_DSN.environmentName(), null);
        }
        return database(config, dsn);
    }

    /** The journal of the folder that is named, or of the broker that is configured. */
    final ArchivedJournal journal() {
        if (hasFolder()) {
            return new ArchivedJournal.InFolder(files());
        }
        final Config config = config();
        return new ArchivedJournal.InDatabase(new MySqlRecords(database(config, config.get(Keys.DATABASE_DSN))));
    }

    private static Database database(final Config config, final String dsn) {
        return new Database(DatabaseAddress.parse(dsn), Math.toIntExact(config.get(Keys.DATABASE_TIMEOUT_MS)));
    }

    /** What a database has answered, in one line. */
    static CommandException failed(final Database database, final SQLException e) {
        return new CommandException("the archive " + database + ": " + Reason.of(e), e);
    }
}
