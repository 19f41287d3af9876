package io.gmq.broker.torture;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short version of {@link Kills}. */
class KillsIT {
    @TempDir
    Path temp;

    @Test
    void shouldKeepItsPromisesHoweverOftenItIsKilled() throws IOException {
        System.out.println(new Kills(temp, Long.getLong("gmq.seed", System.nanoTime())).run(Budget.of(6, 60), System.out));
    }
}
