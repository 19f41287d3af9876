package io.gmq.broker.torture;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short version of {@link DeadThreads}. */
class DeadThreadIT {
    @TempDir
    Path temp;

    @Test
    void shouldEndWithoutStackOrMemoryAndKeepWhatWasConfirmed() throws IOException {
        System.out.println(new DeadThreads(temp, Long.getLong("gmq.seed", System.nanoTime())).run(Budget.of(3, 120), System.out));
    }
}
