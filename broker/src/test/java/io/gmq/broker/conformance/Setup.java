package io.gmq.broker.conformance;

import java.util.Arrays;
import java.util.stream.Stream;

/** How the broker under test is set up: every profile, and both kinds of storage. */
enum Setup {
    COMPACT_FILESYSTEM("compact", "filesystem", 1),
    SHARED_FILESYSTEM("shared", "filesystem", 1),
    DEDICATED_FILESYSTEM("dedicated", "filesystem", 2),
    COMPACT_MEMORY("compact", "memory", 1),
    DEDICATED_MEMORY("dedicated", "memory", 1);

    private final String profile;
    private final String storage;
    private final int selectors;

    Setup(final String profile, final String storage, final int selectors) {
        this.profile = profile;
        this.storage = storage;
        this.selectors = selectors;
    }

    boolean isDurable() {
        return storage.equals("filesystem");
    }

    String storage() {
        return storage;
    }

    /** The level that a reply waits for where the request names none. */
    String defaultLevel() {
        return isDurable() ? "synced" : "memory";
    }

    /** The settings for this, and those beside it. */
    String[] settings(final String... more) {
        return Stream.concat(Stream.of("ring.profile=" + profile, "queue.queue_type=" + storage, "network.selectors=" + selectors),
            Arrays.stream(more)).toArray(String[]::new);
    }
}
