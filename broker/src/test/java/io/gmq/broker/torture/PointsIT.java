package io.gmq.broker.torture;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short version of {@link Points}. */
class PointsIT {
    @TempDir
    Path temp;

    @Test
    void shouldKeepItsPromisesBeforeAndAfterEachCallToItsDisk() throws IOException {
        System.out.println(new Points(temp, Long.getLong("gmq.seed", System.nanoTime())).run(Budget.of(4, 60), System.out));
    }
}
