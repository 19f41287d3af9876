package io.gmq.broker.torture;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short version of {@link Pauses}. */
class PausesIT {
    private static final int PAUSE_MS_MAX = 400;

    @TempDir
    Path temp;

    @Test
    void shouldLoseNothingWhenItIsPausedOrTheClockJumps() throws IOException {
        System.out.println(new Pauses(temp, Long.getLong("gmq.seed", System.nanoTime()), PAUSE_MS_MAX).run(Budget.of(2, 120), System.out));
    }
}
