package io.gmq.broker.config;

import io.gmq.journal.mysql.DatabaseAddress;
import java.util.Locale;
import java.util.Set;

/** What must hold of the databases of storage and archive. Nobody is asked whether they are there. */
final class DataSources {
    private static final Set<String> VENDORS = Set.of("mysql", "mariadb");

    private DataSources() {
    }

    /** Looks at those that are used: a file may name a database that its storage does not need. */
    static void check(final Config config) {
        if (config.get(Keys.QUEUE_TYPE) == Storage.DATABASE) {
            checkStorage(config);
        }
        if (!config.get(Keys.ARCHIVE_DSN).isEmpty()) {
            checkArchive(config);
        }
    }

    private static void checkStorage(final Config config) {
        if (!VENDORS.contains(config.get(Keys.DATABASE_VENDOR).toLowerCase(Locale.ROOT))) {
            throw new ConfigException(config.sentence(Keys.DATABASE_VENDOR) + "; it must be mysql or mariadb where queue.queue_type is 'database' ("
                + config.source(Keys.QUEUE_TYPE) + ")");
        }
        if (config.get(Keys.DATABASE_DSN).isEmpty()) {
            throw new ConfigException(config.sentence(Keys.QUEUE_TYPE)
                + " and database.dsn is empty; it must say where the database is, user:password@(host:3306)/name");
        }
        checkForm(config, Keys.DATABASE_DSN);
    }

    private static void checkArchive(final Config config) {
        checkForm(config, Keys.ARCHIVE_DSN);
        if (config.get(Keys.QUEUE_TYPE) == Storage.MEMORY) {
            throw new ConfigException(config.sentence(Keys.ARCHIVE_DSN) + "; an archive follows the journal, and storage 'memory' ("
                + config.source(Keys.QUEUE_TYPE) + ") has none; use filesystem or database, or no archive");
        }
    }

    private static void checkForm(final Config config, final Key<String> key) {
        try {
            DatabaseAddress.parse(config.get(key));
        } catch (final IllegalArgumentException e) {
            throw new ConfigException(config.sentence(key) + "; " + e.getMessage());
        }
    }
}
