package io.gmq.broker.conformance;

import io.gmq.journal.mysql.testing.TestServer;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * How the broker under test is set up: every profile, and every kind of storage. Those that need a database are tested when system
 * property {@code gmq.setups} is {@code database}, and only those then.
 */
enum Setup {
    COMPACT_FILESYSTEM("compact", "filesystem", 1),
    SHARED_FILESYSTEM("shared", "filesystem", 1),
    DEDICATED_FILESYSTEM("dedicated", "filesystem", 2),
    COMPACT_MEMORY("compact", "memory", 1),
    DEDICATED_MEMORY("dedicated", "memory", 1),
    COMPACT_DATABASE("compact", "database", 1),
    DEDICATED_DATABASE("dedicated", "database", 2);

    private final String profile;
    private final String storage;
    private final int selectors;

    Setup(final String profile, final String storage, final int selectors) {
        this.profile = profile;
        this.storage = storage;
        this.selectors = selectors;
    }

    /** Those to be tested now. */
    static Stream<Setup> tested() {
        final boolean isForDatabase = System.getProperty("gmq.setups", "").equals("database");
        return Arrays.stream(values()).filter(setup -> setup.storage.equals("database") == isForDatabase);
    }

    /** Those of them that have everything again after a restart. */
    static Stream<Setup> durable() {
        return tested().filter(Setup::isDurable);
    }

    boolean isDurable() {
        return !storage.equals("memory");
    }

    String storage() {
        return storage;
    }

    /** The level that a reply waits for where the request names none. */
    String defaultLevel() {
        return isDurable() ? "synced" : "memory";
    }

    /** The settings for this, and those beside it; with a database, a new one for each call. */
    String[] settings(final String... more) {
        final Stream<String> its = Stream.of("ring.profile=" + profile, "queue.queue_type=" + storage, "network.selectors=" + selectors);
        final Stream<String> database =
            storage.equals("database") ? Stream.of("database.dsn=" + TestServer.shared().newDatabase()) : Stream.empty();
        return Stream.of(its, database, Arrays.stream(more)).flatMap(settings -> settings).toArray(String[]::new);
    }
}
