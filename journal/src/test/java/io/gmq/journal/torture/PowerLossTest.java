package io.gmq.journal.torture;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short version of {@link PowerLoss}. */
class PowerLossTest {
    @TempDir(factory = FastFolder.class)
    private Path temp;

    @Test
    void shouldHaveAllThatWasSyncedWheneverThePowerIsLost() throws IOException {
        System.out.println(new PowerLoss(temp, Long.getLong("gmq.seed", System.nanoTime())).run(500, Long.MAX_VALUE, System.out));
    }
}
