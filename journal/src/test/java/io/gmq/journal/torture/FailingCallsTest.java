package io.gmq.journal.torture;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short version of {@link FailingCalls}. */
class FailingCallsTest {
    @TempDir(factory = FastFolder.class)
    private Path temp;

    @Test
    void shouldSurviveTheFailureOfEveryCall() throws IOException {
        System.out.println(new FailingCalls(temp, Long.getLong("gmq.seed", System.nanoTime()), 2, 25, false).run(1, Long.MAX_VALUE, System.out));
    }
}
