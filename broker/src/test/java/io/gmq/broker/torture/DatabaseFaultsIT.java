package io.gmq.broker.torture;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short version of {@link DatabaseFaults}. */
class DatabaseFaultsIT {
    @TempDir
    Path temp;

    @Test
    void shouldKeepItsPromisesHoweverOftenTheDatabaseFails() throws IOException {
        System.out.println(DatabaseFaults.run(temp, Long.getLong("gmq.seed", System.nanoTime()), Budget.of(4, 60), System.out));
    }
}
